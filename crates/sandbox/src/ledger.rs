//! The ledger: one JSON line for each request to a vendor, in the order in which they were answered.
//! Must not hold requests to `/_sandbox`, nor credentials in headers: of Authorization it keeps the scheme, of cookies
//! nothing. What of a body it must not know, the vendor says.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;

/// Older lines leave the memory first; the file keeps all.
const KEPT_LINES: usize = 200_000;

/// One request and what became of it.
#[derive(Debug, Serialize)]
pub(crate) struct Entry<'a> {
    pub(crate) time: String,
    pub(crate) vendor: &'a str,
    pub(crate) method: &'a str,
    /// The path as it came, such as `/zoom/v2/groups`, percent-encoding and all.
    pub(crate) path: &'a str,
    /// The query as it came, without the question mark.
    pub(crate) query: &'a str,
    /// What the request is for, of a vendor whose path does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) service: Option<&'a str>,
    pub(crate) headers: Value,
    /// JSON when the body is JSON, the parts of a form without their bytes, else text; null when there was none.
    pub(crate) body: Value,
    /// What was answered; null when a fault kept the answer back.
    pub(crate) status: Option<u16>,
    /// The kind of the fault that struck, if one did.
    pub(crate) fault: Option<&'static str>,
}

#[derive(Serialize)]
struct Numbered<'a> {
    seq: u64,
    #[serde(flatten)]
    entry: &'a Entry<'a>,
}

#[derive(Default)]
struct Lines {
    last_seq: u64,
    lines: VecDeque<(u64, String)>,
}

pub(crate) struct Ledger {
    lines: Mutex<Lines>,
    file: Option<Mutex<File>>,
}

impl Ledger {
    /// Opens the ledger; lines are appended to `file` and synced, one by one, before the answer leaves.
    pub(crate) fn open(file: Option<&Path>) -> io::Result<Self> {
        let file = file.map(|path| OpenOptions::new().create(true).append(true).open(path)).transpose()?;
        Ok(Self { lines: Mutex::default(), file: file.map(Mutex::new) })
    }

    pub(crate) fn record(&self, entry: &Entry<'_>) -> io::Result<()> {
        let mut held = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        held.last_seq += 1;
        let seq = held.last_seq;
        let mut line = serde_json::to_string(&Numbered { seq, entry })?;
        line.push('\n');
        if let Some(file) = &self.file {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.write_all(line.as_bytes())?;
            file.sync_data()?;
        }
        if held.lines.len() == KEPT_LINES {
            held.lines.pop_front();
        }
        held.lines.push_back((seq, line));
        Ok(())
    }

    /// The lines after number `since`, as NDJSON.
    pub(crate) fn after(&self, since: u64) -> String {
        let held = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = held.lines.iter().filter(|(seq, _)| *seq > since);
        lines.map(|(_, line)| line.as_str()).collect()
    }

    /// Forgets the lines and starts again at number 1; the file stays as it is.
    pub(crate) fn reset(&self) {
        *self.lines.lock().unwrap_or_else(PoisonError::into_inner) = Lines::default();
    }
}
