//! Where things are: the checkout, the build directories, the tools' cache. Must not create anything.

use std::path::{Path, PathBuf};

/// The top of the checkout.
pub(crate) fn root() -> PathBuf {
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where Cargo builds for this machine.
pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Where the console is built: its compiler may be another one, and two must not share a directory.
pub(crate) fn wasm_target_dir() -> PathBuf {
    target_dir().join("wasm")
}

/// The finished console.
pub(crate) fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// The browser tests.
pub(crate) fn e2e_dir() -> PathBuf {
    root().join("tests/e2e")
}

/// The scripts that try public clients.
pub(crate) fn python_dir() -> PathBuf {
    root().join("tests/python")
}

/// Where tools are kept by name and version, outside the checkout, so that a second clone finds them.
pub(crate) fn tools_dir() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()).map_or_else(
        || {
            let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
            home.map_or_else(std::env::temp_dir, PathBuf::from).join(".cache")
        },
        PathBuf::from,
    );
    cache.join("roomkey/tools")
}

/// Where Cargo keeps what it has fetched.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    let home = || std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(PathBuf::from(home()?).join(".cargo")))
}
