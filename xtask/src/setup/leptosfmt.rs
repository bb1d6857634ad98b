//! leptosfmt, which formats what stands inside `view!`. Must be one version: another one formats in another way.

use std::path::PathBuf;

use super::cargo_tool::CargoTool;
use crate::failure::Result;

const VERSION: &str = "0.1.33";

/// Finds it or installs it.
pub(crate) fn ensure() -> Result<PathBuf> {
    CargoTool { package: "leptosfmt", program: "leptosfmt", features: &[], says_version: true }.ensure(VERSION)
}
