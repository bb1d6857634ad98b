//! After a crash: intents near the end of the record that have no outcome get one that says that nobody knows. Must run
//! before the first request, while nobody else writes.

use std::collections::BTreeMap;

use super::entry::{Kind, Result as Ended};
use super::{Entry, RecordFault, Recorder};
use crate::store::Store;

/// How far back it looks: more than can be under way at once.
const NEAR: u32 = 2_000;
/// The `problem` of such an outcome.
pub(super) const INTERRUPTED: &str = "interrupted";

/// Closes open intents and answers how many there were.
pub async fn close(store: &dyn Store, recorder: &Recorder) -> Result<usize, RecordFault> {
    let Some(head) = store.head().await? else { return Ok(0) };
    let rows = store.rows_after(head.seq.saturating_sub(u64::from(NEAR)), NEAR).await?;
    let mut open = BTreeMap::new();
    for row in &rows {
        // Rows that a later release wrote differently are not ours to judge.
        let Ok(entry) = serde_json::from_str::<Entry>(&row.content) else { continue };
        match entry.kind {
            Kind::Intent | Kind::Reveal => {
                open.insert(row.seq, entry);
            }
            Kind::Outcome => {
                entry.intent.map(|intent| open.remove(&intent));
            }
            _ => {}
        }
    }
    let count = open.len();
    for (intent, entry) in open {
        let outcome = Entry {
            at: recorder.now(),
            kind: Kind::Outcome,
            intent: Some(intent),
            changes: Vec::new(),
            result: Some(Ended::Unknown),
            problem: Some(INTERRUPTED.to_owned()),
            ..entry
        };
        recorder.append(&outcome).await?;
    }
    Ok(count)
}
