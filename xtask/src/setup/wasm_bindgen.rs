//! wasm-bindgen's command, which must be exactly the version of the crate in Cargo.lock.

use std::path::PathBuf;

use super::cargo_tool::CargoTool;
use crate::failure::{Result, sentence};
use crate::workspace;

/// Finds it or installs it.
pub(super) fn ensure(version: &str) -> Result<PathBuf> {
    CargoTool { package: "wasm-bindgen-cli", program: "wasm-bindgen", features: &[], says_version: true }
        .ensure(version)
}

/// The version of the crate `wasm-bindgen` that the console is compiled with.
pub(super) fn locked_version() -> Result<String> {
    let file = workspace::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&file)
        .map_err(|cause| sentence(format!("{} cannot be read: {cause}.", file.display())))?;
    version_in(&lock)
        .ok_or_else(|| sentence("Cargo.lock names no wasm-bindgen, without which the console cannot be built."))
}

fn version_in(lock: &str) -> Option<String> {
    let (_, after) = lock.split_once("name = \"wasm-bindgen\"\nversion = \"")?;
    Some(after.split_once('"')?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_the_crates_own_and_not_a_relatives() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.50\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock).as_deref(), Some("0.2.130"));
        assert_eq!(version_in("[[package]]\nname = \"leptos\"\n"), None);
    }
}
