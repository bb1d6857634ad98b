//! wasm-opt, which makes the console's code small: from the npm package `binaryen`, which brings it without a download
//! of its own. Must be the version that Trunk.toml names, or Trunk would fetch one.

use super::npm::Program;

/// Trunk.toml says `version_132`.
pub(super) const WASM_OPT: Program =
    Program { name: "wasm-opt", package: "binaryen", version: "132", package_version: "132.0.0" };
