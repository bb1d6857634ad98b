//! esbuild, which makes one style sheet of many and takes out of scripts what only people read.
//! Must not be needed by what a browser runs: the console works without it, and weighs more.

use super::npm::Program;

/// The program.
pub(super) const ESBUILD: Program =
    Program { name: "esbuild", package: "esbuild", version: "0.28.2", package_version: "0.28.2" };
