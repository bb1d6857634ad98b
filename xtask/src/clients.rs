//! Public clients of the vendors, tried against a sandbox of their own: what they read and write there has to hold.
//! Must not leave the sandbox running, however a client ends.

use std::time::Instant;

use crate::failure::{Result, sentence};
use crate::process::Process;
use crate::{binary, say, setup, workspace};

const SCRIPTS: &[&str] = &["wxc_sdk_room.py"];

/// Runs each client against a fresh sandbox on a free port.
pub(crate) fn check() -> Result<()> {
    let python = setup::python()?;
    let sandbox = binary::build_sandbox()?;
    say::step("public clients");
    let started = Instant::now();
    for script in SCRIPTS {
        let (running, line) = Process::new(&sandbox).args(["--port", "0", "--people", "200"]).start()?;
        let address = line.split_whitespace().last().unwrap_or_default();
        let ended = Process::new(&python).arg(script).arg(address).current_dir(workspace::python_dir()).run();
        drop(running);
        ended.map_err(|_| {
            sentence(format!(
                "tests/python/{script} found what stands above. Repeat with: cargo xtask test --only clients"
            ))
        })?;
    }
    say::done("public clients", started.elapsed());
    Ok(())
}
