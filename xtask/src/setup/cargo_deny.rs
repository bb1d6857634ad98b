//! cargo-deny, which reads deny.toml. Must be one version, so that everybody is refused the same.

use std::path::PathBuf;

use super::cargo_tool::CargoTool;
use crate::failure::Result;

const VERSION: &str = "0.20.2";

/// Finds it or installs it.
pub(crate) fn ensure() -> Result<PathBuf> {
    CargoTool { package: "cargo-deny", program: "cargo-deny", features: &[], says_version: true }.ensure(VERSION)
}
