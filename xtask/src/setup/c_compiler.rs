//! A C compiler and linker: SQLite and every Rust program need them.
//! Must not care which one it is.

use crate::failure::{Result, sentence};
use crate::process::find;

/// Finds one, or installs Debian's gcc.
pub(crate) fn ensure() -> Result<()> {
    super::find_or_install(
        "a C compiler",
        || (cfg!(windows) || find("cc").is_some() || find("gcc").is_some()).then_some(()),
        || {
            if super::apt::is_there() {
                super::apt::install(&["gcc", "libc6-dev"], "the C compiler")
            } else {
                Err(sentence(
                    "There is no C compiler on PATH. Install gcc or clang so that `cc` works, then run this again.",
                ))
            }
        },
    )
}
