//! wasm-opt, which makes the console's code small: from the npm package `binaryen`, which brings it without a download
//! of its own. Must be the version that Trunk.toml names, or Trunk would fetch one.

use std::path::PathBuf;

use crate::failure::{Result, sentence};
use crate::process::find;
use crate::workspace;

/// Trunk.toml says `version_132`.
pub(super) const VERSION: &str = "132";

/// Finds it on PATH or in the cache, or installs it.
pub(super) fn ensure() -> Result<PathBuf> {
    // The one from npm is a script for Node.
    super::node::ensure()?;
    super::find_or_install("wasm-opt", on_this_machine, || {
        super::installing(&format!("wasm-opt {VERSION} (binaryen) with npm"));
        let home = home();
        std::fs::create_dir_all(&home)
            .map_err(|cause| sentence(format!("{} cannot be made: {cause}.", home.display())))?;
        super::npm::run(&home, &["install", "--prefix", ".", "--no-save", &format!("binaryen@{VERSION}.0.0")])
    })
}

fn on_this_machine() -> Option<PathBuf> {
    let cached = home().join("node_modules/.bin/wasm-opt");
    [find("wasm-opt"), Some(cached)].into_iter().flatten().find(|program| super::version::is(program, VERSION))
}

fn home() -> PathBuf {
    workspace::tools_dir().join(format!("binaryen-{VERSION}"))
}
