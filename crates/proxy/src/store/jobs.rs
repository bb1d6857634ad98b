//! What the store keeps of jobs: files, jobs, their rows, and how often each of a vendor's accounts was used. Values are
//! sealed before they come here. Shapes and the trait; the SQL is in the implementations.

use async_trait::async_trait;
use roomkey_schema::job::{Counts, JobState, RowState};

use super::StoreFault;
use crate::audit::chain::Chain;
use crate::clock::UnixMs;

/// An hour, the unit in which changes of a lane are counted.
pub const HOUR_MS: i64 = 3_600_000;
/// How many hours count together: a day, and the one that has begun.
pub const WINDOW_HOURS: i64 = 25;

/// A file that jobs can be made from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StoredTable {
    /// Names it.
    pub id: String,
    /// What it was called.
    pub name: String,
    /// Who sent it.
    pub actor: String,
    /// When.
    pub created_ms: UnixMs,
    /// Its bytes, sealed.
    pub sealed: Vec<u8>,
}

/// A job.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "named after the columns, which the migration explains")]
pub struct StoredJob {
    pub id: String,
    pub once: String,
    pub kind: String,
    pub file: String,
    pub actor: String,
    pub created_ms: UnixMs,
    pub started_ms: Option<UnixMs>,
    pub ended_ms: Option<UnixMs>,
    pub state: JobState,
    pub reason: String,
    pub resumes_ms: Option<UnixMs>,
    pub plan: Vec<u8>,
}

/// A row of a job.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "named after the columns, which the migration explains")]
pub struct StoredRow {
    pub number: u64,
    pub subject: String,
    pub state: RowState,
    pub sealed: Option<Vec<u8>>,
    pub tries: u32,
    pub intent: Option<u64>,
    pub detail: String,
    pub code: String,
    pub tracking_id: String,
    pub at_ms: Option<UnixMs>,
}

/// The right to work on a job.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lease {
    /// The job.
    pub job: String,
    /// Grows with every change of hands.
    pub fence: u64,
}

/// A change that is counted against one of a vendor's accounts.
#[derive(Clone, Copy, Debug)]
pub struct Reserve<'a> {
    /// Vendor.
    pub vendor: &'a str,
    /// Account.
    pub lane: &'a str,
    /// How many changes it may make in the window; none when nobody set it.
    pub per_day: Option<u32>,
    /// Now.
    pub now_ms: UnixMs,
}

/// What came of an attempt to begin.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Begun {
    /// Everything is on disk; the intent's number in the record.
    Intent(u64),
    /// The account has made as many changes as it may.
    NoneLeft,
    /// The job is no longer ours, no longer runs, or the row no longer waits.
    Lost,
}

/// How a row ended.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "named after the columns, which the migration explains")]
pub struct RowEnd {
    pub number: u64,
    pub state: RowState,
    pub detail: String,
    pub code: String,
    pub tracking_id: String,
    pub at_ms: UnixMs,
}

/// A change of a job's state.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    /// States that it may be in.
    pub from: &'a [JobState],
    /// State that it is in then.
    pub to: JobState,
    /// Why, when it was not a person.
    pub reason: &'a str,
    /// When it goes on by itself.
    pub resumes_ms: Option<UnixMs>,
    /// Now.
    pub now_ms: UnixMs,
}

/// Jobs.
#[async_trait]
pub trait Jobs {
    /// Keeps a file and forgets those from before `forget_before_ms`.
    async fn put_table(&self, table: &StoredTable, forget_before_ms: UnixMs) -> Result<(), StoreFault>;
    /// The file of that id.
    async fn table(&self, id: &str) -> Result<Option<StoredTable>, StoreFault>;

    /// Keeps a new job; false when there is one of the same `once` already.
    async fn insert_job(&self, job: &StoredJob) -> Result<bool, StoreFault>;
    /// The job of that id.
    async fn job(&self, id: &str) -> Result<Option<StoredJob>, StoreFault>;
    /// The job that was made under that `once`.
    async fn job_once(&self, once: &str) -> Result<Option<StoredJob>, StoreFault>;
    /// The latest jobs, newest first.
    async fn latest_jobs(&self, limit: u32) -> Result<Vec<StoredJob>, StoreFault>;
    /// Forgets a job and its rows.
    async fn delete_job(&self, id: &str) -> Result<(), StoreFault>;
    /// Changes the state; false when it is in none of `from`. Cancelling cancels the rows that wait.
    async fn turn_job(&self, id: &str, turn: Turn<'_>) -> Result<bool, StoreFault>;
    /// Says why a running job waits, and until when.
    async fn note_job(&self, lease: &Lease, reason: &str, resumes_ms: Option<UnixMs>) -> Result<(), StoreFault>;

    /// Ids of jobs in these states on which nobody works, and of cancelled ones with rows whose end is not known.
    async fn idle_jobs(&self, states: &[JobState], now_ms: UnixMs) -> Result<Vec<String>, StoreFault>;
    /// Takes a job on which nobody works.
    async fn lease(&self, id: &str, owner: &str, now_ms: UnixMs, until_ms: UnixMs)
    -> Result<Option<Lease>, StoreFault>;
    /// Keeps a job; false when somebody else has it.
    async fn keep_lease(&self, lease: &Lease, until_ms: UnixMs) -> Result<bool, StoreFault>;
    /// Lets a job go.
    async fn release(&self, lease: &Lease) -> Result<(), StoreFault>;
}

/// Rows of jobs.
#[async_trait]
pub trait JobRows {
    /// Takes all rows away, to check the file once more.
    async fn clear_rows(&self, lease: &Lease) -> Result<(), StoreFault>;
    /// Keeps checked rows.
    async fn insert_rows(&self, lease: &Lease, rows: &[StoredRow]) -> Result<(), StoreFault>;
    /// How many rows are where.
    async fn counts(&self, job: &str) -> Result<Counts, StoreFault>;
    /// How many rows ended since then.
    async fn ended_since(&self, job: &str, since_ms: UnixMs) -> Result<u64, StoreFault>;
    /// Rows after that number, of one state or of all, in order.
    async fn rows_of(
        &self,
        job: &str,
        state: Option<RowState>,
        after: u64,
        limit: u32,
    ) -> Result<Vec<StoredRow>, StoreFault>;
    /// Whether values are kept of rows that were done.
    async fn holds_values(&self, job: &str) -> Result<bool, StoreFault>;
    /// Destroys the values of all rows.
    async fn destroy_values(&self, job: &str) -> Result<(), StoreFault>;
    /// Destroys the values of jobs that ended before that time, and forgets files from before it.
    async fn destroy_old(&self, jobs_before_ms: UnixMs, tables_before_ms: UnixMs) -> Result<(), StoreFault>;
    /// Failed rows wait again; answers how many.
    async fn repeat_failed(&self, job: &str) -> Result<u64, StoreFault>;
    /// A row waits again: nothing was done, or what was sent is not there.
    async fn put_back(&self, lease: &Lease, number: u64) -> Result<(), StoreFault>;

    /// In one transaction: the row's intent, the account's change and the record's entry.
    async fn begin_row(
        &self,
        lease: &Lease,
        number: u64,
        reserve: Option<Reserve<'_>>,
        entry: &str,
        chain: &Chain,
    ) -> Result<Begun, StoreFault>;
    /// In one transaction: how the row ended and the record's entry, if there is one.
    async fn end_row(&self, lease: &Lease, end: &RowEnd, entry: Option<&str>, chain: &Chain) -> Result<(), StoreFault>;
}

/// How often each of a vendor's accounts was used.
#[async_trait]
pub trait Lanes {
    /// In one transaction: the account's change and the record's entry.
    async fn append_reserving(&self, reserve: Reserve<'_>, entry: &str, chain: &Chain) -> Result<Begun, StoreFault>;
    /// Changes of an account in the window.
    async fn lane_used(&self, vendor: &str, lane: &str, now_ms: UnixMs) -> Result<u64, StoreFault>;
    /// Begin of the oldest hour that counts in which the account made a change.
    async fn lane_oldest(&self, vendor: &str, lane: &str, now_ms: UnixMs) -> Result<Option<UnixMs>, StoreFault>;
    /// Takes no more changes from an account until then.
    async fn close_lane(&self, vendor: &str, lane: &str, until_ms: UnixMs) -> Result<(), StoreFault>;
    /// Until when the vendor takes no changes from an account.
    async fn lane_closed(&self, vendor: &str, lane: &str, now_ms: UnixMs) -> Result<Option<UnixMs>, StoreFault>;
}

/// All of it.
pub trait JobStore: Jobs + JobRows + Lanes + Send + Sync {}

impl<T: Jobs + JobRows + Lanes + Send + Sync> JobStore for T {}
