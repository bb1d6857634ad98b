//! The splitter, which takes the console's WebAssembly apart. Must understand the marks that Leptos' `wasm_split` leaves
//! in it; it says so itself when it does not.

use std::path::PathBuf;

use super::cargo_tool::CargoTool;
use crate::failure::Result;

pub(super) const VERSION: &str = "0.2.4";

/// Finds it or installs it.
pub(super) fn ensure() -> Result<PathBuf> {
    CargoTool {
        package: "wasm_split_cli_support",
        program: "wasm-split-cli",
        features: &["build-binary"],
        says_version: false,
    }
    .ensure(VERSION)
}
