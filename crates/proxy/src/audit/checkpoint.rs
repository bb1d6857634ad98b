//! Checkpoints: where the record ended at some time, sealed for us and signed for everybody. Copied elsewhere, one shows
//! later that rows were cut off or rewritten even when somebody rewrote the database, its head and its keys. Must not replace
//! a checkpoint by an earlier one.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt as _;

use super::chain::{Hash, from_hex, hex};
use super::signer::Signer;
use super::syslog::Syslog;
use crate::config;
use crate::store::AuditHead;

/// Where the record ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Checkpoint {
    /// When it was signed.
    pub at: String,
    /// Number of the last row.
    pub seq: u64,
    /// Hash of the last row.
    pub hash: Hash,
    /// Seal over both.
    pub seal: Hash,
    /// Signature over all but the seal; empty in those of a release that did not sign.
    pub signature: Vec<u8>,
    /// What it was read from: part of a sentence.
    pub source: String,
}

#[derive(Deserialize, Serialize)]
struct Line {
    at: String,
    seq: u64,
    hash: String,
    seal: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    signature: String,
}

/// Signs and keeps checkpoints.
pub struct Checkpoints {
    signer: Signer,
    path: PathBuf,
    file: Option<PathBuf>,
    syslog: Option<Syslog>,
}

impl Checkpoints {
    /// Kept at `path`, which holds the latest, and wherever the configuration says.
    pub fn new(signer: Signer, path: PathBuf, config: &config::Record) -> Self {
        let syslog = config.checkpoint_syslog.clone().map(Syslog::new);
        Self { signer, path, file: config.checkpoint_file.clone(), syslog }
    }

    /// What signs them.
    pub const fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Signs an end of the record and keeps it everywhere. What goes wrong is told in the log; each place is tried.
    pub async fn keep(&self, head: AuditHead, at: &str) {
        match read(&self.path) {
            Ok(kept) if kept.as_ref().is_some_and(|kept| kept.seq > head.seq) => {
                tracing::error!(
                    seq = head.seq,
                    "the record ends before its last checkpoint, which is kept; verify the record"
                );
                return;
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the record's last checkpoint cannot be read and is replaced"),
        }
        let line = self.line(head, at);
        if let Err(error) = replace(&self.path, &line).await {
            tracing::warn!(%error, "the record's checkpoint could not be written");
        }
        if let Some(file) = &self.file
            && let Err(error) = append(file, &line).await
        {
            tracing::warn!(%error, file = %file.display(), "the record's checkpoint could not be appended");
        }
        if let Some(syslog) = &self.syslog
            && let Err(error) = syslog.send(at, &line).await
        {
            tracing::warn!(%error, "the record's checkpoint could not be sent to the syslog");
        }
    }

    fn line(&self, head: AuditHead, at: &str) -> String {
        let line = Line {
            at: at.to_owned(),
            seq: head.seq,
            hash: hex(&head.hash),
            seal: hex(&head.seal),
            key: self.signer.public_key(),
            signature: hex(&self.signer.sign(at, head.seq, &head.hash)),
        };
        serde_json::to_string(&line).unwrap_or_default()
    }

    /// Every checkpoint that can be found: the latest and those of the configured file.
    pub fn found(&self) -> io::Result<Vec<Checkpoint>> {
        let mut found: Vec<Checkpoint> = read(&self.path)?.into_iter().collect();
        if let Some(file) = self.file.as_ref().filter(|file| file.exists()) {
            found.extend(read_all(file)?);
        }
        Ok(found)
    }
}

/// The latest checkpoint; `None` when there is no file.
pub fn read(path: &Path) -> io::Result<Option<Checkpoint>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    parse(text.trim(), "the checkpoint".to_owned()).map(Some)
}

/// Every checkpoint of a file that was kept elsewhere: a line each, which a syslog may have put its own words before.
pub fn read_all(path: &Path) -> io::Result<Vec<Checkpoint>> {
    let text = std::fs::read_to_string(path)?;
    let lines =
        text.lines().enumerate().filter_map(|(at, line)| Some((at + 1, line.get(line.find("{\"at\"")?..)?.trim())));
    let source = |at: usize| format!("the checkpoint in line {at} of {}", path.display());
    let found: Vec<Checkpoint> = lines.map(|(at, line)| parse(line, source(at))).collect::<io::Result<_>>()?;
    if found.is_empty() {
        return Err(io::Error::other(format!("{} holds no checkpoint", path.display())));
    }
    Ok(found)
}

fn parse(text: &str, source: String) -> io::Result<Checkpoint> {
    let damaged = |why: &str| io::Error::other(format!("{source} cannot be read: {why}"));
    let line: Line = serde_json::from_str(text).map_err(|error| damaged(&error.to_string()))?;
    let (Some(hash), Some(seal)) = (from_hex(&line.hash), from_hex(&line.seal)) else {
        return Err(damaged("hash or seal is not 64 hexadecimal digits"));
    };
    let signature = bytes_of(&line.signature).ok_or_else(|| damaged("the signature is not hexadecimal"))?;
    Ok(Checkpoint { at: line.at, seq: line.seq, hash, seal, signature, source })
}

fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2).map(|digits| std::str::from_utf8(digits).ok());
    digits.map(|digits| u8::from_str_radix(digits?, 16).ok()).collect()
}

/// Replaces the file in one step.
async fn replace(path: &Path, line: &str) -> io::Result<()> {
    let draft = path.with_extension("draft");
    tokio::fs::write(&draft, format!("{line}\n")).await?;
    tokio::fs::rename(&draft, path).await
}

async fn append(path: &Path, line: &str) -> io::Result<()> {
    let mut file = tokio::fs::OpenOptions::new().create(true).append(true).open(path).await?;
    file.write_all(format!("{line}\n").as_bytes()).await?;
    file.sync_data().await
}
