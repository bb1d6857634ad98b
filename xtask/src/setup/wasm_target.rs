//! A compiler for WebAssembly: the toolchain's own with its `wasm32-unknown-unknown` library, else Debian's.
//! Decision 003 says why there are two ways. Must not decide by asking for an answer that takes long.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::failure::Result;
use crate::process::{Process, find};

pub(super) const TARGET: &str = "wasm32-unknown-unknown";

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
    Some(Compiler { name: version, first_on_path: Vec::new(), env: Vec::new() })
}

fn has_core(library: &Path) -> bool {
    let Ok(entries) = library.read_dir() else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
}
