//! A compiler for WebAssembly: the toolchain's own with its `wasm32-unknown-unknown` library, else Debian's.
//! Decision 003 says why there are two ways. Must not decide by asking for an answer that takes long.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::failure::Result;
use crate::process::{Process, find};
use crate::workspace;

pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// rustup's component with the source of the standard library, and a file of it below the toolchain's folder.
const SOURCE_COMPONENT: &str = "rust-src";
const SOURCE: &str = "lib/rustlib/src/rust/library/std/Cargo.toml";

/// Set to `debian` to take Debian's compiler where rustup's would do: so that this way can be tried.
const CHOICE: &str = "ROOMKEY_WASM";

/// A way to compile the console.
pub(super) struct Compiler {
    /// Names it and its version.
    pub(super) name: String,
    /// To be put first on PATH.
    pub(super) first_on_path: Vec<PathBuf>,
    /// Variables that choose it.
    pub(super) env: Vec<(&'static str, String)>,
}

/// Finds a way, or makes one: rustup first, Debian's packages second.
pub(super) fn ensure() -> Result<Compiler> {
    if std::env::var(CHOICE).is_ok_and(|choice| choice == "debian") {
        return super::debian_rust::ensure();
    }
    if let Some(compiler) = toolchains_own() {
        return Ok(compiler);
    }
    // Found before rustup is asked, so that a machine that cannot reach its server does not ask each time.
    if let Some(compiler) = super::debian_rust::on_this_machine() {
        return Ok(compiler);
    }
    let added = super::find_or_install("the WebAssembly target", toolchains_own, || {
        super::installing(&format!("{TARGET} with rustup"));
        let asked = Process::new("rustup").args(["target", "add", TARGET]);
        if find("rustup").is_some() && asked.succeeds_within(Duration::from_mins(3)) {
            Ok(())
        } else {
            Err(crate::failure::sentence(format!("rustup could not add {TARGET}.")))
        }
    });
    added.or_else(|_| super::debian_rust::ensure())
}

fn toolchains_own() -> Option<Compiler> {
    let library = Process::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).answer()?;
    has_core(Path::new(&library)).then_some(())?;
    let version = Process::new("rustc").arg("--version").answer()?;
    let env = if has_source() { library_for_size() } else { Vec::new() };
    let library = if env.is_empty() { "with its own library" } else { "with a library built for size" };
    Some(Compiler { name: format!("{version} {library}"), first_on_path: Vec::new(), env })
}

/// The standard library, built along with the console for size: without it the console weighs five percent more.
pub(super) fn library_for_size() -> Vec<(&'static str, String)> {
    vec![
        // Building the library is not stable yet; compiler and source belong together, so nothing else changes.
        ("RUSTC_BOOTSTRAP", "1".to_owned()),
        ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".to_owned()),
        ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size".to_owned()),
    ]
}

/// Whether the toolchain has the source of its library, or rustup can add it. Where it cannot, the library that is there
/// does, and rustup is not asked again.
fn has_source() -> bool {
    let refused = workspace::tools_dir().join("rust-src.refused");
    let is_there = || {
        let sysroot = Process::new("rustc").args(["--print", "sysroot"]).answer()?;
        Path::new(&sysroot).join(SOURCE).exists().then_some(())
    };
    if refused.exists() {
        return is_there().is_some();
    }
    let added = super::find_or_install("the library's source", is_there, || {
        super::installing(&format!("{SOURCE_COMPONENT} with rustup"));
        let asked = Process::new("rustup").args(["component", "add", SOURCE_COMPONENT]);
        if find("rustup").is_some() && asked.succeeds_within(Duration::from_mins(3)) {
            Ok(())
        } else {
            Err(crate::failure::sentence(format!("rustup could not add {SOURCE_COMPONENT}.")))
        }
    });
    if added.is_err() {
        crate::say::line("   rustup cannot add rust-src: the console will weigh some kilobytes more");
        let _ = std::fs::write(refused, SOURCE_COMPONENT);
    }
    added.is_ok()
}

fn has_core(library: &Path) -> bool {
    let Ok(entries) = library.read_dir() else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
}
