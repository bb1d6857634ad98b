//! Checks the record from its first row to its head and its checkpoint. Says the first thing that is wrong; must not
//! repair anything.

use crate::audit::chain::{Chain, GENESIS, Hash};
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
        /// `the head` or `the checkpoint`.
        source_name: &'static str,
    },
    /// The head or the checkpoint was not made with our key, or does not fit the row.
    #[error("{0} was forged: its hash or its seal is not ours")]
    Forged(&'static str),
}

/// How a check ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Whole, with that many rows.
    Whole(u64),
    /// Not whole.
    Broken(Finding),
}

/// Checks everything that the store holds, while others may be appending to it.
pub async fn verify(store: &dyn Store, chain: &Chain, checkpoint: Option<AuditHead>) -> Result<Verdict, StoreFault> {
    let mut check = Check::new(chain, checkpoint);
    let mut looked_at = None;
    loop {
        // The head first: rows that are appended while we read lie behind it, and the next round sees a newer head.
        let head = store.head().await?;
        loop {
            let rows = store.rows_after(check.last, PAGE).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                if let Err(finding) = check.row(row) {
                    return Ok(Verdict::Broken(finding));
                }
            }
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

struct Check<'a> {
    chain: &'a Chain,
    checkpoint: Option<AuditHead>,
    last: u64,
    hash: Hash,
}

impl<'a> Check<'a> {
    const fn new(chain: &'a Chain, checkpoint: Option<AuditHead>) -> Self {
        Self { chain, checkpoint, last: 0, hash: GENESIS }
    }

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
        if let Some(checkpoint) = self.checkpoint
            && checkpoint.seq == row.seq
            && checkpoint.hash != row.hash
        {
            return Err(Finding::Unlinked(row.seq));
        }
        (self.last, self.hash) = (row.seq, row.hash);
        Ok(())
    }

    fn finish(self, head: Option<AuditHead>) -> Result<u64, Finding> {
        if let Some(checkpoint) = self.checkpoint {
            if !self.chain.is_seal(&checkpoint.seal, checkpoint.seq, &checkpoint.hash) {
                return Err(Finding::Forged("the checkpoint"));
            }
            if checkpoint.seq > self.last {
                return Err(wrong_end("the checkpoint", self.last, checkpoint.seq));
            }
        }
        match head {
            None if self.last == 0 => Ok(0),
            None => Err(wrong_end("the head", self.last, 0)),
            Some(head) if head.seq != self.last => Err(wrong_end("the head", self.last, head.seq)),
            Some(head) if head.hash != self.hash || !self.chain.is_seal(&head.seal, head.seq, &head.hash) => {
                Err(Finding::Forged("the head"))
            }
            Some(_) => Ok(self.last),
        }
    }
}

const fn wrong_end(source_name: &'static str, last: u64, expected: u64) -> Finding {
    Finding::WrongEnd { last, expected, source_name }
}
