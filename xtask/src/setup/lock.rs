//! One set-up at a time on a machine: a lock on a file in the tools' cache, given back by the system when xtask ends,
//! however it ends. Must not be held while anything is built in the checkout.

use std::fs::{File, TryLockError};

use crate::failure::{Result, sentence};
use crate::{say, workspace};

/// Held as long as it lives.
pub(super) struct Lock(#[expect(dead_code, reason = "the open file is the lock")] File);

/// Waits for its turn.
pub(super) fn take() -> Result<Lock> {
    let dir = workspace::tools_dir();
    let fault = |cause: std::io::Error| {
        sentence(format!(
            "The folder for tools, {}, cannot be used: {cause}. Set XDG_CACHE_HOME to one that can.",
            dir.display()
        ))
    };
    std::fs::create_dir_all(&dir).map_err(fault)?;
    let file = File::create(dir.join(".lock")).map_err(fault)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            say::line("   waiting for another xtask that is installing tools");
            file.lock().map_err(fault)?;
        }
        Err(TryLockError::Error(cause)) => return Err(fault(cause)),
    }
    Ok(Lock(file))
}
