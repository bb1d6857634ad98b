//! `[vendors.veeting]`: a Veeting platform, or one account of it; its shape and where its key is. Must not know what the
//! API is called for.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::Deserialize;

use super::load::{ConfigFault, read_secret};

/// How far the key of an API reaches.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum VeetingLevel {
    /// All accounts of the platform, and on behalf of everybody in them.
    Instance,
    /// The account that it was made in.
    Account,
}

/// `[vendors.veeting]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Veeting {
    /// Base of the API: `https://`, the platform's domain and `/api/v6`.
    pub base_url: String,
    /// How far the key reaches. What the lower level may not do is not offered.
    pub level: VeetingLevel,
    /// The key.
    #[serde(default)]
    pub api_key: Option<SecretString>,
    /// File that holds the key.
    #[serde(default)]
    pub api_key_file: Option<PathBuf>,
    /// Time for one call.
    #[serde(default = "Veeting::default_timeout_ms")]
    pub timeout_ms: u64,
    /// Calls a minute that this server makes at most.
    #[serde(default = "Veeting::default_calls_per_minute")]
    pub calls_per_minute: u32,
}

impl Veeting {
    const fn default_timeout_ms() -> u64 {
        30_000
    }

    const fn default_calls_per_minute() -> u32 {
        300
    }

    /// The key.
    pub fn read_api_key(&self) -> Result<SecretString, ConfigFault> {
        read_secret("vendors.veeting.api_key", self.api_key.as_ref(), self.api_key_file.as_deref())
    }

    /// Reads the key's file; its path starts at `base`.
    pub(super) fn resolve(&mut self, base: &Path) -> Result<(), ConfigFault> {
        self.api_key_file.iter_mut().for_each(|path| *path = base.join(&*path));
        self.api_key = Some(self.read_api_key()?);
        Ok(())
    }
}
