//! wasm-opt, which makes the console's code small: from the npm package `binaryen`, which brings it without a download
//! of its own. Must not be left to Trunk, which knows only the whole and not its parts.

use super::npm::Program;

pub(super) const WASM_OPT: Program =
    Program { name: "wasm-opt", package: "binaryen", version: "132", package_version: "132.0.0" };
