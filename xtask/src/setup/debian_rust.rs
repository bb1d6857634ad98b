//! Debian's Rust compiler, which comes with the source of the standard library and so can build it for WebAssembly:
//! the way where rustup's server cannot be reached. Decision 003 tells more.
//! Must not be used for anything but the console: the rest is built by the toolchain that the person chose.

use std::path::{Path, PathBuf};

use super::wasm_target::{Compiler, library_for_size};
use crate::failure::{Result, sentence};
use crate::process::{Process, find};
use crate::workspace;

const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const LINKER: &str = "/usr/bin/rust-lld";
const SOURCE: &str = "/usr/lib/rustlib/src/rust/library/std/Cargo.toml";

/// Finds it, or installs it with apt.
pub(super) fn ensure() -> Result<Compiler> {
    super::find_or_install("Debian's Rust compiler", on_this_machine, || {
        if !super::apt::is_there() {
            return Err(sentence(
                "The console needs Rust's WebAssembly target, and rustup could not add it. Once its server can be reached, run: \
                 rustup target add wasm32-unknown-unknown",
            ));
        }
        super::apt::install(PACKAGES, "the console, as rustup could not add its WebAssembly target")?;
        match missing_linker() {
            Some(package) => super::apt::install(&[&package], "the console's linker"),
            None => Ok(()),
        }
    })
}

/// Finds all its parts, with no installing.
pub(super) fn on_this_machine() -> Option<Compiler> {
    let whole = Path::new(CARGO).exists() && Path::new(SOURCE).exists();
    let version = whole.then(|| Process::new(RUSTC).arg("--version").answer())??;
    new_enough(&version).then_some(())?;
    let mut env = library_for_size();
    env.extend([("RUSTC", RUSTC.to_owned()), ("CARGO", CARGO.to_owned())]);
    if !Path::new(LINKER).exists() {
        find("wasm-ld")?;
        env.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld".to_owned()));
    }
    Some(Compiler { name: format!("Debian's {version}"), first_on_path: vec![links().ok()?], env })
}

/// Debian's plain `rustc` may stand in the same place and be years older than what this workspace needs.
fn new_enough(version: &str) -> bool {
    let minor = |text: &str| text.split('.').nth(1)?.parse::<u32>().ok();
    minor(version).is_some_and(|minor_here| Some(minor_here) >= minor(env!("CARGO_PKG_RUST_VERSION")))
}

/// The package that brings the linker, when it is not there: rust-lld is a link to a file of that package.
fn missing_linker() -> Option<String> {
    if Path::new(LINKER).exists() {
        return None;
    }
    let file = std::fs::read_link(LINKER).ok();
    let name = file.as_deref().and_then(Path::file_name).map_or("lld".into(), |name| name.to_string_lossy());
    Some(name.into_owned())
}

/// Trunk runs whatever `cargo` is first on PATH: a folder with nothing but links to Debian's.
fn links() -> std::io::Result<PathBuf> {
    let dir = workspace::tools_dir().join("debian-rust");
    std::fs::create_dir_all(&dir)?;
    for program in [CARGO, RUSTC] {
        let link = dir.join(Path::new(program).file_name().unwrap_or_default());
        if std::fs::read_link(&link).ok().as_deref() != Some(Path::new(program)) {
            let _ = std::fs::remove_file(&link);
            link_to(program, &link)?;
        }
    }
    Ok(dir)
}

#[cfg(unix)]
fn link_to(program: &str, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(program, link)
}

#[cfg(not(unix))]
fn link_to(_: &str, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_compiler_in_the_same_place_is_not_taken() {
        assert!(new_enough("rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)"));
        assert!(!new_enough("rustc 1.63.0"));
        assert!(!new_enough("nonsense"));
    }
}
