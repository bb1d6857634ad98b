//! Checks the record from its first row to its head and its checkpoint. Says the first thing that is wrong; must not
//! repair anything.

use std::collections::BTreeMap;

use crate::audit::chain::{Chain, GENESIS, Hash};
use crate::audit::checkpoint::Checkpoint;
use crate::audit::signer::Signer;
use crate::store::{AuditHead, AuditRow, Store, StoreFault};

/// Rows read at once.
const PAGE: u32 = 1_000;

/// What is wrong with a record.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Finding {
    /// A row's content is not what was written.
    #[error("row {0} was edited: its content does not match its hash")]
    Edited(u64),
    /// A row does not follow the one before it.
    #[error("row {0} does not follow the row before it: rows were exchanged or rewritten")]
    Unlinked(u64),
    /// Rows between are gone.
    #[error("row {missing} is missing: the next row there is {found}")]
    Missing {
        /// Number of the first row that is gone.
        missing: u64,
        /// Number of the row found instead.
        found: u64,
    },
    /// The end was cut off, or rows were added beside the program.
    #[error("the record ends at row {last}, but {source_name} says row {expected}: rows were cut off or added")]
    WrongEnd {
        /// Number of the last row.
        last: u64,
        /// Number that the head or the checkpoint names.
        expected: u64,
        /// Such as `the head` or `the checkpoint`.
        source_name: String,
    },
    /// A row is not the one that a checkpoint saw.
    #[error("row {row} is not the one that {source_name} saw: the record was rewritten")]
    Rewritten {
        /// Number of the row.
        row: u64,
        /// Such as `the checkpoint`.
        source_name: String,
    },
    /// A row is whole and is not found as what it is.
    #[error("row {0} is whole, but what the record is searched by tells something else of it")]
    Hidden(u64),
    /// The head or the checkpoint was not made with our key, or does not fit the row.
    #[error("{0} was forged: its hash or its seal is not ours")]
    Forged(String),
}

/// How a check ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Whole, with that many rows.
    Whole(u64),
    /// Not whole.
    Broken(Finding),
}

/// What is known of the record besides its rows.
#[derive(Default)]
pub struct Known<'a> {
    /// Where it ended at some times.
    pub checkpoints: Vec<Checkpoint>,
    /// What signed these; without it only their seals are looked at.
    pub signer: Option<&'a Signer>,
}

/// Checks everything that the store holds, while others may be appending to it. `said` hears how many rows were looked at.
pub async fn verify(
    store: &dyn Store,
    chain: &Chain,
    known: &Known<'_>,
    said: &(dyn Fn(u64) + Sync),
) -> Result<Verdict, StoreFault> {
    let mut check = Check { chain, known: by_row(&known.checkpoints), last: 0, hash: GENESIS };
    for checkpoint in &known.checkpoints {
        if !is_ours(checkpoint, chain, known.signer) {
            return Ok(Verdict::Broken(Finding::Forged(checkpoint.source.clone())));
        }
    }
    let mut looked_at = None;
    loop {
        // The head first: rows that are appended while we read lie behind it, and the next round sees a newer head.
        let head = store.head().await?;
        loop {
            let rows = store.rows_after(check.last, PAGE).await?;
            let (Some(first), Some(last)) = (rows.first(), rows.last()) else { break };
            for row in &rows {
                if let Err(finding) = check.row(row) {
                    return Ok(Verdict::Broken(finding));
                }
            }
            if let Some(seq) = store.entries().misled(first.seq, last.seq).await? {
                return Ok(Verdict::Broken(Finding::Hidden(seq)));
            }
            said(check.last);
        }
        let known = head.map_or(0, |head| head.seq);
        if known < check.last && looked_at != Some(known) {
            looked_at = Some(known);
            continue;
        }
        return Ok(match check.finish(head) {
            Ok(rows) => Verdict::Whole(rows),
            Err(finding) => Verdict::Broken(finding),
        });
    }
}

fn by_row(checkpoints: &[Checkpoint]) -> BTreeMap<u64, Vec<&Checkpoint>> {
    let mut known = BTreeMap::<u64, Vec<&Checkpoint>>::new();
    for checkpoint in checkpoints {
        known.entry(checkpoint.seq).or_default().push(checkpoint);
    }
    known
}

/// Whether we made a checkpoint: both keys say so, as far as they are there.
fn is_ours(checkpoint: &Checkpoint, chain: &Chain, signer: Option<&Signer>) -> bool {
    let Checkpoint { at, seq, hash, seal, signature, .. } = checkpoint;
    let is_signed = || signer.is_none_or(|signer| signature.is_empty() || signer.is_ours(signature, at, *seq, hash));
    chain.is_seal(seal, *seq, hash) && is_signed()
}

struct Check<'a> {
    chain: &'a Chain,
    known: BTreeMap<u64, Vec<&'a Checkpoint>>,
    last: u64,
    hash: Hash,
}

impl Check<'_> {
    fn row(&mut self, row: &AuditRow) -> Result<(), Finding> {
        let expected = self.last + 1;
        if row.seq != expected {
            return Err(Finding::Missing { missing: expected, found: row.seq });
        }
        if self.chain.link(row.seq, &row.previous, &row.content) != row.hash {
            return Err(Finding::Edited(row.seq));
        }
        if row.previous != self.hash {
            return Err(Finding::Unlinked(row.seq));
        }
        let seen = self.known.get(&row.seq).into_iter().flatten();
        if let Some(other) = seen.into_iter().find(|checkpoint| checkpoint.hash != row.hash) {
            return Err(Finding::Rewritten { row: row.seq, source_name: other.source.clone() });
        }
        (self.last, self.hash) = (row.seq, row.hash);
        Ok(())
    }

    fn finish(self, head: Option<AuditHead>) -> Result<u64, Finding> {
        if let Some((seq, checkpoints)) = self.known.last_key_value()
            && *seq > self.last
        {
            let source = checkpoints.first().map(|checkpoint| checkpoint.source.clone()).unwrap_or_default();
            return Err(wrong_end(&source, self.last, *seq));
        }
        match head {
            None if self.last == 0 => Ok(0),
            None => Err(wrong_end(HEAD, self.last, 0)),
            Some(head) if head.seq != self.last => Err(wrong_end(HEAD, self.last, head.seq)),
            Some(head) if head.hash != self.hash || !self.chain.is_seal(&head.seal, head.seq, &head.hash) => {
                Err(Finding::Forged(HEAD.to_owned()))
            }
            Some(_) => Ok(self.last),
        }
    }
}

const HEAD: &str = "the head";

fn wrong_end(source_name: &str, last: u64, expected: u64) -> Finding {
    Finding::WrongEnd { last, expected, source_name: source_name.to_owned() }
}
