//! `GET /api/audit/export`: what was found in the record as a file, written while it is read. That it was taken is on
//! record first. Must not hold more than a page of it in memory.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use roomkey_schema::Catalog;
use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::super::permission::permit;
use super::{READERS, asked};
use crate::app::App;
use crate::audit::chain::hex;
use crate::audit::entry::Kind as EntryKind;
use crate::audit::{Entry, shown, text};
use crate::auth::session::SignedIn;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::http::{language, query};
use crate::store::AuditRow;
use crate::store::entries::{Search, StoredEntry};
use crate::words::named;

/// What the record calls it.
const PART: &str = "record.export";
/// Entries that are read at once.
const BATCH: u32 = 500;
/// Pieces of the file that wait for the caller at most, and how large they are.
const WAITING: usize = 4;
const PIECE_BYTES: usize = 64 * 1024;

/// What the file is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Format {
    Csv,
    Xlsx,
    /// The record's rows themselves, with their hashes.
    Jsonl,
}

impl Format {
    fn named(name: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx, Self::Jsonl].into_iter().find(|format| format.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Jsonl => "jsonl",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Jsonl => "application/jsonl; charset=utf-8",
        }
    }
}

/// The same parameters as for looking, and `format`.
pub(super) async fn take(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let raw = query.unwrap_or_default();
    permit(&app, &id, &caller, &READERS, PART).await?;
    let asked = asked::read(&app, &raw, &["format"])?;
    let format = match asked.more.first() {
        None => Some(Format::Csv),
        Some((_, name)) => Format::named(name),
    };
    let format = format.ok_or_else(|| asked::wrong(&app, "format", &app.words.details.record_choice))?;

    // On record first: a file that nobody knows of must not leave.
    let mut entry = Entry::new(EntryKind::Exported, app.recorder.now(), &caller.name, Some(caller.role), id.as_str());
    entry.operation = Some(PART.to_owned());
    entry.query = said(&query::pairs(&app.words, &raw)?);
    let seq = app.recorder.append(&entry).await;
    let seq = seq.map_err(|error| Fault::new(Kind::RecordUnavailable).cause(&error))?;

    // Up to here: what is appended meanwhile is not the file's.
    let mut search = Search { in_reasons: true, ..asked.search };
    let is_whole = search == Search { in_reasons: true, ..Search::default() };
    search.before = Some(search.before.unwrap_or(u64::MAX).min(seq + 1));
    let (pieces, mut body) = mpsc::channel::<io::Result<Bytes>>(WAITING);
    let catalog = app.edition().await.catalog().clone();
    let source = Source { app: app.clone(), catalog, caller, search, until: seq, handle: Handle::current() };
    let tongue = language::spoken();
    app.tasks.spawn_blocking(move || {
        let mut out = Out { pieces, piece: Vec::with_capacity(PIECE_BYTES) };
        if let Err(error) =
            language::within(tongue, || source.write(format, is_whole, &mut out)).and_then(|()| out.flush())
        {
            // The caller sees that the file broke off, unless the caller has gone.
            tracing::warn!(%error, "an export of the record ended early");
            let _ = out.pieces.blocking_send(Err(error));
        }
    });
    let stream = futures_util::stream::poll_fn(move |context| body.poll_recv(context));
    let name = format!("attachment; filename=\"roomkey-record-{seq}.{}\"", format.name());
    let name = HeaderValue::from_str(&name).map_err(|error| Fault::internal(&error))?;
    let kind = HeaderValue::from_static(format.media_type());
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], Body::from_stream(stream)).into_response())
}

/// What was asked for, by name; objects one after the other.
fn said(pairs: &[(String, String)]) -> BTreeMap<String, String> {
    let mut said = BTreeMap::<String, String>::new();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        let known = said.entry(name.clone()).or_default();
        if !known.is_empty() {
            known.push(' ');
        }
        known.push_str(value);
    }
    said
}

/// Where the file's lines come from. Reads from a thread that may wait.
struct Source {
    app: App,
    catalog: Arc<Catalog>,
    caller: SignedIn,
    search: Search,
    until: u64,
    handle: Handle,
}

impl Source {
    fn write(&self, format: Format, is_whole: bool, out: &mut Out) -> io::Result<()> {
        let words = &self.app.words.record;
        let header: Vec<&str> = text::COLUMNS.iter().map(|name| named(&words.columns, name)).collect();
        let mut failed = None;
        let entries =
            Pages { source: self, search: self.search.clone(), page: Vec::new().into_iter(), failed: &mut failed };
        let lines =
            entries.map(|stored| text::cells(words, &shown::entry(&self.app, &self.catalog, &self.caller, &stored)));
        match format {
            Format::Csv => roomkey_sheet::write_csv(&header, lines, out)?,
            Format::Xlsx => roomkey_sheet::write_xlsx("record", &header, lines, out)?,
            Format::Jsonl if is_whole => self.write_rows(out)?,
            Format::Jsonl => {
                let entries = Pages {
                    source: self,
                    search: self.search.clone(),
                    page: Vec::new().into_iter(),
                    failed: &mut failed,
                };
                for stored in entries {
                    for row in [Some(&stored.began), stored.ended.as_ref()].into_iter().flatten() {
                        write_row(out, row)?;
                    }
                }
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Every row, oldest first, so that each follows the one before.
    fn write_rows(&self, out: &mut Out) -> io::Result<()> {
        let mut after = 0;
        while after < self.until {
            let rows = self.handle.block_on(self.app.store.rows_after(after, BATCH)).map_err(io::Error::other)?;
            for row in rows.iter().filter(|row| row.seq <= self.until) {
                write_row(out, row)?;
            }
            let Some(last) = rows.last() else { break };
            after = last.seq;
        }
        Ok(())
    }
}

/// A row as a third party checks it: its hash covers number, hash before and content, byte for byte.
fn write_row(out: &mut Out, row: &AuditRow) -> io::Result<()> {
    let line: Value =
        json!({"seq": row.seq, "previous": hex(&row.previous), "hash": hex(&row.hash), "content": row.content});
    writeln!(out, "{line}")
}

/// Entries, newest first, read a page at a time.
struct Pages<'a> {
    source: &'a Source,
    search: Search,
    page: std::vec::IntoIter<StoredEntry>,
    failed: &'a mut Option<io::Error>,
}

impl Iterator for Pages<'_> {
    type Item = StoredEntry;

    fn next(&mut self) -> Option<StoredEntry> {
        if let Some(stored) = self.page.next() {
            return Some(stored);
        }
        let entries = self.source.app.store.entries().entries(&self.search, BATCH);
        match self.source.handle.block_on(entries) {
            Ok(page) => {
                self.search.before = page.last().map(|stored| stored.began.seq);
                self.page = page.into_iter();
                self.page.next()
            }
            Err(error) => {
                *self.failed = Some(io::Error::other(error));
                None
            }
        }
    }
}

/// Hands the file over in pieces.
struct Out {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE_BYTES));
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "whoever asked for the file has gone");
        self.pieces.blocking_send(Ok(piece.into())).map_err(gone)
    }
}
