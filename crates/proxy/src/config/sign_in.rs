//! `[oidc]`, `[trusted_header]` and `[[roles]]`: who signs people in besides us, and what they may do then. Shape, files and
//! what is refused; must not look at a request.

use std::path::{Path, PathBuf};

use axum::http::HeaderName;
use ipnet::IpNet;
use roomkey_schema::{Role, Scope};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{Config, ConfigFault, read_secret, rules};

/// Shortest secret that a proxy proves itself with.
const SHORTEST_PROOF: usize = 32;
/// Headers that mean something else already.
const TAKEN: [&str; 10] = [
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "origin",
    "sec-fetch-site",
    "x-requested-with",
    "x-roomkey-background",
];

/// `[oidc]`: an `OpenID` provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// The provider, exactly as it calls itself.
    pub issuer: String,
    /// Who we are there.
    pub client_id: String,
    /// Our secret there.
    #[serde(default)]
    pub client_secret: Option<SecretString>,
    /// File that holds it.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// What people call the provider: the button says "Sign in with NAME".
    #[serde(default = "Oidc::default_name")]
    pub name: String,
    /// What is asked for besides `openid`.
    #[serde(default = "Oidc::default_scopes")]
    pub scopes: Vec<String>,
    /// Claim that lists a person's groups.
    #[serde(default = "Oidc::default_groups_claim")]
    pub groups_claim: String,
    /// Time for one call to the provider.
    #[serde(default = "Oidc::default_timeout_ms")]
    pub timeout_ms: u64,
}

impl Oidc {
    fn default_name() -> String {
        "single sign-on".to_owned()
    }

    fn default_scopes() -> Vec<String> {
        ["profile", "email"].map(str::to_owned).into()
    }

    fn default_groups_claim() -> String {
        "groups".to_owned()
    }

    const fn default_timeout_ms() -> u64 {
        10_000
    }

    /// Reads the secret.
    pub(super) fn resolve(&mut self, base: &Path) -> Result<(), ConfigFault> {
        self.client_secret_file.iter_mut().for_each(|path| *path = base.join(&*path));
        let secret =
            read_secret("oidc.client_secret", self.client_secret.as_ref(), self.client_secret_file.as_deref())?;
        self.client_secret = Some(secret);
        Ok(())
    }
}

/// `[trusted_header]`: a reverse proxy that signs people in and says who they are.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedHeader {
    /// Header with the person's name.
    pub header: String,
    /// Header with the groups, separated by commas.
    pub groups_header: String,
    /// Header with the person's e-mail address, for show.
    #[serde(default)]
    pub email_header: Option<String>,
    /// Addresses from which that proxy connects.
    pub from: Vec<IpNet>,
    /// Header in which the proxy proves that it is the one.
    #[serde(default = "TrustedHeader::default_proof_header")]
    pub proof_header: String,
    /// What stands in it.
    #[serde(default)]
    pub proof: Option<SecretString>,
    /// File that holds it.
    #[serde(default)]
    pub proof_file: Option<PathBuf>,
}

impl TrustedHeader {
    fn default_proof_header() -> String {
        "x-roomkey-proof".to_owned()
    }

    /// Reads the proof.
    pub(super) fn resolve(&mut self, base: &Path) -> Result<(), ConfigFault> {
        self.proof_file.iter_mut().for_each(|path| *path = base.join(&*path));
        self.proof = Some(read_secret("trusted_header.proof", self.proof.as_ref(), self.proof_file.as_deref())?);
        Ok(())
    }

    /// Names of all its headers.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        [&self.header, &self.groups_header, &self.proof_header]
            .into_iter()
            .chain(self.email_header.as_ref())
            .map(String::as_str)
    }
}

/// One of `[[roles]]`: what members of these groups may do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleRule {
    /// Being in any of them is enough.
    pub groups: Vec<String>,
    /// What they may do.
    pub role: Role,
    /// With whom.
    #[serde(default)]
    pub scope: Scope,
}

/// A sentence for the first thing that is wrong, if anything is.
pub(super) fn refuse_unsafe(config: &Config) -> Result<(), ConfigFault> {
    let refuse = |sentence: &str| Err(ConfigFault::Refused(sentence.to_owned()));
    let others = config.oidc.is_some() || config.trusted_header.is_some();
    if others && config.roles.is_empty() {
        return refuse(
            "[oidc] or [trusted_header] is set but no [[roles]]: nobody could sign in that way; say which groups get \
             which role, such as [[roles]] groups = [\"roomkey-helpdesk\"], role = \"helpdesk\"",
        );
    }
    if !others && !config.roles.is_empty() {
        return refuse(
            "[[roles]] is set but neither [oidc] nor [trusted_header]: nobody has groups; remove it, or set one of them",
        );
    }
    if !others && !config.sign_in.local {
        return refuse("sign_in.local is false but neither [oidc] nor [trusted_header] is set: nobody could sign in");
    }
    config.roles.iter().try_for_each(refuse_rule)?;
    if let Some(oidc) = &config.oidc {
        rules::refuse_unsafe_address("oidc.issuer", &oidc.issuer)?;
        if config.public_origin.is_none() {
            return refuse(
                "[oidc] is set but public_origin is missing: the provider must be told where to send people back to; set \
                 it to the address that people type, such as \"https://roomkey.example.com\"",
            );
        }
        if oidc.client_id.is_empty() || oidc.groups_claim.is_empty() || oidc.name.trim().is_empty() {
            return refuse("oidc.client_id, oidc.groups_claim and oidc.name must not be empty");
        }
    }
    config.trusted_header.as_ref().map_or(Ok(()), refuse_header)
}

fn refuse_rule(given: &RoleRule) -> Result<(), ConfigFault> {
    let role = given.role.as_str();
    if given.groups.is_empty() || given.groups.iter().any(|group| group.trim().is_empty()) {
        return Err(ConfigFault::Refused(format!(
            "[[roles]] with role = \"{role}\" names no group, or one without a name; name the groups whose members get it"
        )));
    }
    if !given.scope.is_everywhere() && !given.role.may_be_limited() {
        return Err(ConfigFault::Refused(format!(
            "[[roles]] gives the role {role} a scope; a scope is for the role helpdesk, because what an {role} does \
             concerns the whole organisation"
        )));
    }
    Ok(())
}

fn refuse_header(trusted: &TrustedHeader) -> Result<(), ConfigFault> {
    let refuse = |sentence: String| Err(ConfigFault::Refused(sentence));
    let mut seen: Vec<String> = Vec::new();
    for name in trusted.headers() {
        let folded = name.to_ascii_lowercase().replace('_', "-");
        if HeaderName::from_bytes(name.as_bytes()).is_err() || TAKEN.contains(&folded.as_str()) {
            return refuse(format!("trusted_header names the header {name:?}, which cannot be used for that"));
        }
        if seen.contains(&folded) {
            return refuse(format!("trusted_header uses the header {name:?} for two things; each needs its own"));
        }
        seen.push(folded);
    }
    if trusted.from.is_empty() || trusted.from.iter().any(|range| range.prefix_len() == 0) {
        return refuse(
            "trusted_header.from must name the addresses from which the proxy connects, such as [\"10.0.0.5/32\"], and not \
             all there are"
                .to_owned(),
        );
    }
    let long = trusted.proof.as_ref().is_some_and(|proof| proof.expose_secret().len() >= SHORTEST_PROOF);
    if !long {
        return refuse(format!(
            "trusted_header.proof must have at least {SHORTEST_PROOF} characters, and the proxy must send it as \
             {}; an address alone proves nothing",
            trusted.proof_header
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        let mut config = Config::in_directory("data");
        config.public_origin = Some("https://roomkey.example.com".to_owned());
        config.oidc = Some(Oidc {
            issuer: "https://id.example.com".to_owned(),
            client_id: "roomkey".to_owned(),
            client_secret: Some("secret".into()),
            client_secret_file: None,
            name: "Example".to_owned(),
            scopes: Oidc::default_scopes(),
            groups_claim: "groups".to_owned(),
            timeout_ms: 1_000,
        });
        config.trusted_header = Some(header());
        let scope = Scope { units: vec!["zoom.group:g".parse().expect("a unit")] };
        let rule = RoleRule { groups: vec!["desk".to_owned()], role: Role::Helpdesk, scope };
        config.roles = vec![rule];
        config
    }

    fn header() -> TrustedHeader {
        TrustedHeader {
            header: "X-Remote-User".to_owned(),
            groups_header: "X-Remote-Groups".to_owned(),
            email_header: None,
            from: vec!["10.0.0.5/32".parse().expect("a range")],
            proof_header: TrustedHeader::default_proof_header(),
            proof: Some("a secret of at least 32 characters".into()),
            proof_file: None,
        }
    }

    #[test]
    fn what_would_let_nobody_or_anybody_in_is_refused_with_a_sentence() {
        type Change = fn(&mut Config);
        let cases: [(Change, &str); 12] = [
            (|config| config.roles.clear(), "no [[roles]]"),
            (|config| (config.oidc, config.trusted_header) = (None, None), "neither [oidc] nor [trusted_header]"),
            (
                |config| {
                    (config.oidc, config.trusted_header, config.sign_in.local, config.roles) =
                        (None, None, false, Vec::new());
                },
                "nobody could sign in",
            ),
            (|config| config.public_origin = None, "public_origin is missing"),
            (|config| config.roles[0].groups.clear(), "names no group"),
            (|config| config.roles[0].role = Role::Admin, "concerns the whole organisation"),
            (|config| config.trusted_header.iter_mut().for_each(|it| it.from.clear()), "must name the addresses"),
            (
                |config| {
                    config
                        .trusted_header
                        .iter_mut()
                        .for_each(|it| it.from = vec!["0.0.0.0/0".parse().expect("a range")]);
                },
                "not all",
            ),
            (|config| config.trusted_header.iter_mut().for_each(|it| it.proof = Some("short".into())), "at least 32"),
            (
                |config| config.trusted_header.iter_mut().for_each(|it| it.header = "Cookie".to_owned()),
                "cannot be used",
            ),
            (
                |config| config.trusted_header.iter_mut().for_each(|it| it.groups_header = "x_remote_user".to_owned()),
                "two things",
            ),
            (
                |config| config.oidc.iter_mut().for_each(|it| it.issuer = "http://id.example.com".to_owned()),
                "oidc.issuer",
            ),
        ];
        assert!(refuse_unsafe(&config()).is_ok());
        for (change, said) in cases {
            let mut config = config();
            change(&mut config);
            let sentence = refuse_unsafe(&config).expect_err(said).to_string();
            assert!(sentence.contains(said), "{sentence}");
        }
    }
}
