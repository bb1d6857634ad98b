//! `[vendors.connect]`: an Adobe Connect account; its shape, its password's file and what is refused of it. Must not know
//! what the API is called for.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::Deserialize;

use super::load::{ConfigFault, read_secret};
use super::rules::refuse_unsafe_address;

const PASSWORD: &str = "vendors.connect.password";

/// `[vendors.connect]`: an administrator's login.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connect {
    /// Where the account takes actions, such as `https://meet.example.com/api/xml`.
    pub url: String,
    /// Who signs in.
    pub login: String,
    /// Password.
    #[serde(default)]
    pub password: Option<SecretString>,
    /// File that holds it.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Time for one call.
    #[serde(default = "Connect::default_timeout_ms")]
    pub timeout_ms: u64,
    /// Calls a minute that this server makes at most. The vendor publishes no limit.
    #[serde(default = "Connect::default_calls_per_minute")]
    pub calls_per_minute: u32,
}

impl Connect {
    const fn default_timeout_ms() -> u64 {
        30_000
    }

    const fn default_calls_per_minute() -> u32 {
        300
    }

    /// The password.
    pub fn read_password(&self) -> Result<SecretString, ConfigFault> {
        read_secret(PASSWORD, self.password.as_ref(), self.password_file.as_deref())
    }

    /// Reads the file of the password; its path starts at `base`.
    pub(super) fn resolve(&mut self, base: &Path) -> Result<(), ConfigFault> {
        if let Some(path) = &mut self.password_file {
            *path = base.join(&*path);
        }
        self.password = Some(self.read_password()?);
        Ok(())
    }

    /// A sentence for the first thing that is wrong, if anything is.
    pub(super) fn refuse_unsafe(&self) -> Result<(), ConfigFault> {
        refuse_unsafe_address("vendors.connect.url", &self.url)?;
        if self.login.trim().is_empty() {
            let sentence = "vendors.connect.login is empty; name the administrator that this server signs in as";
            return Err(ConfigFault::Refused(sentence.to_owned()));
        }
        Ok(())
    }
}
