//! The checkpoint file: where the record ended when it was last looked at, with the seal. Copied elsewhere, it shows
//! later that rows were cut off even when somebody rewrote the database and its head.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::chain::{from_hex, hex};
use crate::store::AuditHead;

#[derive(Deserialize, Serialize)]
struct File {
    at: String,
    seq: u64,
    hash: String,
    seal: String,
}

/// Replaces the file in one step.
pub async fn write(path: &Path, head: AuditHead, at: &str) -> io::Result<()> {
    let file = File { at: at.to_owned(), seq: head.seq, hash: hex(&head.hash), seal: hex(&head.seal) };
    let text = serde_json::to_string(&file).map_err(io::Error::other)?;
    let draft = path.with_extension("draft");
    tokio::fs::write(&draft, text + "\n").await?;
    tokio::fs::rename(&draft, path).await
}

/// The file's content; `None` when there is no file.
pub fn read(path: &Path) -> io::Result<Option<AuditHead>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let file: File = serde_json::from_str(&text).map_err(io::Error::other)?;
    match (from_hex(&file.hash), from_hex(&file.seal)) {
        (Some(hash), Some(seal)) => Ok(Some(AuditHead { seq: file.seq, hash, seal })),
        _ => Err(io::Error::other("hash or seal is not 64 hexadecimal digits")),
    }
}
