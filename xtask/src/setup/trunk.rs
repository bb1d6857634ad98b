//! Trunk, which builds the console. Must be the version that Trunk.toml was written for.

use std::path::PathBuf;

use super::cargo_tool::CargoTool;
use crate::failure::Result;

pub(super) const VERSION: &str = "0.21.14";

/// Finds it or installs it.
pub(super) fn ensure() -> Result<PathBuf> {
    CargoTool { package: "trunk", program: "trunk", features: &[], says_version: true }.ensure(VERSION)
}
