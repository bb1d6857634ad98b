//! Reads the configuration: a TOML file, then the environment over it (`ROOMKEY_VENDORS__ZOOM__CLIENT_SECRET`), then the
//! files that hold secrets. Must not decide whether what it read is safe.

use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Toml};
use secrecy::SecretString;

use super::{Config, rules};

/// Names of values that stay text, even when they look like numbers.
const TEXT_KEYS: [&str; 10] = [
    "access_token",
    "account_id",
    "api_key",
    "client_id",
    "client_secret",
    "login",
    "password",
    "refresh_token",
    "site",
    "token",
];

/// Prefix of environment variables.
const PREFIX: &str = "ROOMKEY_";

/// Variables with that prefix that are no settings: ROOMKEY_DIST is read when the program is built, ROOMKEY_CHAOS by
/// `jobs::points`, where it has any effect.
const NO_SETTINGS: &[&str] = if cfg!(feature = "chaos") { &["dist", "chaos"] } else { &["dist"] };

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    /// The file is not there.
    #[error("the configuration file {0} cannot be read; name an existing file with --config")]
    NoFile(PathBuf),
    /// A key or value is wrong.
    #[error("the configuration is not usable: {0}")]
    Content(Box<figment::Error>),
    /// A file that should hold a secret does not.
    #[error("the file {path} that {key} names cannot be read ({reason})")]
    SecretFile {
        /// Setting that names the file.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },
    /// Neither a value nor a file.
    #[error("{0} is missing; set it in the environment, or name a file that holds it with {0}_file")]
    NoSecret(&'static str),
    /// A combination that would put people or secrets at risk.
    #[error("{0}")]
    Refused(String),
}

/// The configuration of a file and the environment, with secrets read and unsafe combinations refused.
pub fn from_file(path: &Path) -> Result<Config, ConfigFault> {
    if !path.is_file() {
        return Err(ConfigFault::NoFile(path.to_owned()));
    }
    let mut config = from_figment(Figment::from(Toml::file_exact(path)))?;
    let base = path.parent().unwrap_or(Path::new("."));
    resolve(&mut config, base)?;
    rules::refuse_unsafe(&config)?;
    Ok(config)
}

/// A secret from its value or from its file; a trailing line end does not belong to it.
pub fn read_secret(
    key: &'static str,
    value: Option<&SecretString>,
    file: Option<&Path>,
) -> Result<SecretString, ConfigFault> {
    match (value, file) {
        (Some(value), _) => Ok(value.clone()),
        (None, Some(path)) => std::fs::read_to_string(path)
            .map(|text| SecretString::from(text.trim_end_matches(['\r', '\n'])))
            .map_err(|error| ConfigFault::SecretFile { key, path: path.to_owned(), reason: error.to_string() }),
        (None, None) => Err(ConfigFault::NoSecret(key)),
    }
}

fn from_figment(figment: Figment) -> Result<Config, ConfigFault> {
    let is_text = |key: &figment::value::UncasedStr| {
        TEXT_KEYS.iter().any(|text| key.as_str().to_ascii_lowercase().rsplit("__").next() == Some(text))
    };
    let is_none = |key: &figment::value::UncasedStr| NO_SETTINGS.iter().any(|name| *key == **name);
    let mut figment =
        figment.merge(Env::prefixed(PREFIX).filter(move |key| !is_text(key) && !is_none(key)).split("__"));
    for (name, value) in std::env::vars() {
        let Some(key) = name.strip_prefix(PREFIX) else { continue };
        let key = key.to_ascii_lowercase().replace("__", ".");
        if key.rsplit('.').next().is_some_and(|leaf| TEXT_KEYS.contains(&leaf)) {
            figment = figment.merge((key, value));
        }
    }
    figment.extract().map_err(|error| ConfigFault::Content(Box::new(error)))
}

/// Relative paths are relative to the configuration file; files of secrets are read now, so that a missing one is told
/// at start.
fn resolve(config: &mut Config, base: &Path) -> Result<(), ConfigFault> {
    let absolute = |path: &mut PathBuf| *path = base.join(&*path);
    absolute(&mut config.data);
    config.schemas.iter_mut().for_each(absolute);
    if let Some(tls) = &mut config.tls {
        absolute(&mut tls.certificate_file);
        absolute(&mut tls.key_file);
    }
    config.record.checkpoint_file.iter_mut().for_each(absolute);
    config.metrics.token_file.iter_mut().for_each(absolute);
    if let Some(path) = &config.metrics.token_file {
        let token = read_secret("metrics.token", config.metrics.token.as_ref(), Some(path))?;
        config.metrics.token = Some(token);
    }
    if let Some(zoom) = &mut config.vendors.zoom {
        zoom.client_secret_file.iter_mut().for_each(absolute);
        zoom.client_secret = Some(read_secret(
            "vendors.zoom.client_secret",
            zoom.client_secret.as_ref(),
            zoom.client_secret_file.as_deref(),
        )?);
    }
    if let Some(webex) = &mut config.vendors.webex {
        webex.resolve(base)?;
    }
    if let Some(connect) = &mut config.vendors.connect {
        connect.resolve(base)?;
    }
    if let Some(veeting) = &mut config.vendors.veeting {
        veeting.resolve(base)?;
    }
    Ok(())
}
