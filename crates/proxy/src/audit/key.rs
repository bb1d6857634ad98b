//! The key of the record's seals: a file beside the database, made on first use, readable by its owner only. Must never
//! be replaced: old seals could not be checked any more.

use std::io;
use std::path::Path;

use super::chain::{Chain, from_hex, hex};
use crate::random::{Random, bytes};

/// Name of the database in the data directory.
pub const DATABASE_FILE: &str = "roomkey.db";
/// Name of the key in the data directory.
pub const KEY_FILE: &str = "audit.key";
/// Name of the key that signs checkpoints, in the data directory.
pub const SIGNING_KEY_FILE: &str = "audit.signing.key";
/// Name of the checkpoint in the data directory.
pub const CHECKPOINT_FILE: &str = "audit.checkpoint";

/// The chain of the data directory's key; makes the key when there is none.
pub fn open_or_create(directory: &Path, random: &dyn Random) -> io::Result<Chain> {
    open_or_create_secret(directory, KEY_FILE, random).map(Chain::new)
}

/// The 32 bytes in a file of the data directory; makes them when there are none.
pub fn open_or_create_secret(directory: &Path, file: &str, random: &dyn Random) -> io::Result<[u8; 32]> {
    let path = directory.join(file);
    if !path.exists() {
        let key: [u8; 32] = bytes(random).map_err(io::Error::other)?;
        create_private(&path, hex(&key).as_bytes())?;
    }
    read(&path)
}

/// The chain of the data directory's key.
pub fn open(directory: &Path) -> io::Result<Chain> {
    read(&directory.join(KEY_FILE)).map(Chain::new)
}

/// The 32 bytes in a file.
pub(super) fn read(path: &Path) -> io::Result<[u8; 32]> {
    let text = std::fs::read_to_string(path)?;
    from_hex(text.trim())
        .ok_or_else(|| io::Error::other(format!("{} does not hold 64 hexadecimal digits", path.display())))
}

fn create_private(path: &Path, content: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}
