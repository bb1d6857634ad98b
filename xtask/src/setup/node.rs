//! Node.js and npm: wasm-opt and the browser tests come from npm.
//! Must accept what Debian 12 has, which is Node 18.

use crate::failure::{Result, sentence};
use crate::process::{Process, find};

const OLDEST: u32 = 18;

/// Finds both, or installs Debian's.
pub(crate) fn ensure() -> Result<()> {
    super::find_or_install("Node.js", usable, || {
        if let Some(node) = find("node") {
            return Err(sentence(format!(
                "{} is older than Node {OLDEST} or comes without npm. Install Node.js {OLDEST} or newer with npm and put it first on PATH.",
                node.display()
            )));
        }
        if super::apt::is_there() {
            super::apt::install(&["nodejs", "npm"], "Node.js and npm")
        } else {
            Err(sentence(format!(
                "There is no Node.js on PATH. Install Node.js {OLDEST} or newer with npm: https://nodejs.org/"
            )))
        }
    })
}

fn usable() -> Option<()> {
    let version = Process::new("node").arg("--version").answer()?;
    let new_enough = super::version::major(&version).is_some_and(|major| major >= OLDEST);
    (new_enough && find("npm").is_some()).then_some(())
}
