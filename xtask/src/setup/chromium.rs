//! The browser of the browser tests: any Chrome or Chromium that is there, else Debian's.
//! Must not let the tests be skipped: without a browser it fails and says what to install.

use std::path::PathBuf;

use crate::failure::{Result, sentence};
use crate::process::find;

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const ON_MACOS: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// Finds it (`CHROME` names one that stands elsewhere), or installs Debian's.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROME").map(PathBuf::from) {
        return if named.is_file() {
            Ok(named)
        } else {
            Err(sentence(format!("CHROME says {}, and there is no such file.", named.display())))
        };
    }
    super::find_or_install("Chromium", on_this_machine, || {
        if super::apt::is_there() {
            super::apt::install(&["chromium"], "the browser tests")
        } else {
            Err(sentence(
                "There is no Chrome or Chromium on PATH. Install one, or name it: CHROME=/path/to/chrome cargo xtask test",
            ))
        }
    })
}

fn on_this_machine() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| find(name)).or_else(|| ON_MACOS.iter().map(PathBuf::from).find(|file| file.is_file()))
}
