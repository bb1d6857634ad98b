//! Bulk jobs as they travel between the proxy and the console: what can be done to many rows, the table that rows come
//! from, a job, and what came of each row. Shapes only; must never hold a value that is being set.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What can be done to many rows (`GET /api/jobs/kinds`).
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct JobKind {
    /// Such as `webex.host_pin`.
    pub id: String,
    /// Vendor's id, such as `webex`.
    pub vendor: String,
    /// What a person calls it.
    pub title: String,
    /// What it does, in one line.
    pub help: String,
    /// Who or what a row is about.
    pub subject: JobField,
    /// What can be set, each from a column or the same for every row.
    pub fields: Vec<JobField>,
    /// Key of the field that can be generated instead of being given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generate: Option<String>,
    /// What is chosen once for the whole job.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<JobField>,
}

/// Something that a column can be.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct JobField {
    /// Pointer into the body (`option:` before it, where the operation has variants) or name of a parameter.
    pub key: String,
    /// What a person calls it.
    pub label: String,
    /// One line of help.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Whether its values are secret.
    #[serde(default)]
    pub secret: bool,
    /// Names of columns that are taken for it without asking, in lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// A table that was read (`POST /api/jobs/tables`, multipart, part `file`; `GET /api/jobs/tables/{id}?sheet=`).
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Table {
    /// Names it in [`NewJob`]; good for a day.
    pub id: String,
    /// What the file was called.
    pub name: String,
    /// `CSV` or `XLSX`.
    pub format: String,
    /// Such as `UTF-8`; empty for XLSX.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub encoding: String,
    /// Such as `;`; empty for XLSX.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub separator: String,
    /// The sheet that was read; empty for CSV.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// Every sheet that can be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
    /// Whether the first row looks like names of columns.
    pub header: bool,
    /// How many rows there are, the first one included.
    pub rows: u64,
    /// How many columns.
    pub columns: usize,
    /// The first rows, as they stand in the file.
    pub preview: Vec<Vec<String>>,
}

/// A job to be made (`POST /api/jobs`). Its dry run begins at once; nothing is sent before it is started.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewJob {
    /// Chosen by the caller: the same name twice makes one job.
    pub once: String,
    /// Id of the kind.
    pub kind: String,
    /// Id of the table.
    pub table: String,
    /// Which sheet of it; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// Whether the first row holds names of columns.
    pub header: bool,
    /// Column of each field by its key, the subject's too; 0 is the first.
    pub columns: LiteMap<String, usize>,
    /// Values that are the same for every row, by key.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub values: LiteMap<String, Value>,
    /// What is chosen once for the whole job, by key.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub options: LiteMap<String, String>,
    /// Whether the field that can be generated is.
    #[serde(default)]
    pub generate: bool,
    /// Whether no generated value may occur twice in the job.
    #[serde(default)]
    pub unique: bool,
}

/// Where a job is.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// The dry run goes on.
    #[default]
    Checking,
    /// The dry run could not be made; `reason` says why.
    Unchecked,
    /// The dry run is done; waits for somebody to start it.
    Ready,
    /// Rows are being sent.
    Running,
    /// Somebody paused it, or `reason` says why it paused itself.
    Paused,
    /// Somebody ended it; rows that were not sent stay so.
    Cancelled,
    /// Every row has ended.
    Finished,
}

/// Where a row is.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// Fails the dry run; is never sent.
    Invalid,
    /// Waits for its turn.
    #[default]
    Pending,
    /// Is being sent.
    Intent,
    /// Done, and read back.
    Done,
    /// Refused, or not there after reading back.
    Failed,
    /// Sent without an answer; is being read back.
    Unknown,
    /// Was never sent because the job was cancelled.
    Cancelled,
}

/// How many rows are where.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[expect(missing_docs, reason = "named after the states of a row")]
pub struct Counts {
    pub invalid: u64,
    pub pending: u64,
    pub intent: u64,
    pub done: u64,
    pub failed: u64,
    pub unknown: u64,
    pub cancelled: u64,
}

/// What a job is about to take.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Estimate {
    /// Seconds until the last row, as far as can be told.
    pub seconds: u64,
    /// How many administrators take turns, when the vendor counts by administrator.
    #[serde(default)]
    pub accounts: u64,
    /// How many changes each of them may make in 24 hours; 0 when nothing is counted.
    #[serde(default)]
    pub per_account: u64,
    /// How many of these are left now, over all of them.
    #[serde(default)]
    pub left: u64,
}

/// A job (`GET /api/jobs`, `GET /api/jobs/{id}`).
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// Id of the kind.
    pub kind: String,
    /// What a person calls the kind.
    pub title: String,
    /// Vendor's id.
    pub vendor: String,
    /// What the file was called.
    pub file: String,
    /// Who made it.
    pub by: String,
    /// When it was made: RFC 3339, UTC.
    pub created_at: String,
    /// When it was first started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<String>,
    /// When its last row ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<String>,
    /// Where it is.
    pub state: JobState,
    /// Why it paused itself or could not be checked, as a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// When it goes on by itself, when it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumes_at: Option<String>,
    /// How many rows are where.
    pub counts: Counts,
    /// What is left to do, from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
    /// Whether new values were generated or given that nobody has taken yet.
    #[serde(default)]
    pub handover: bool,
}

/// One row of a job, without its value.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct JobRow {
    /// Its number in the file, as a person counts.
    pub number: u64,
    /// Who or what it is about.
    pub subject: String,
    /// Where it is.
    pub state: RowState,
    /// What went wrong, as a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The vendor's code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The vendor's tracking id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tracking_id: String,
    /// When it last changed: RFC 3339, UTC; empty before it was sent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
}

/// Rows of a job (`GET /api/jobs/{id}/rows?state=&after=&size=`).
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct JobRows {
    /// In the order of the file.
    pub rows: Vec<JobRow>,
    /// Goes into `after` for more; none at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

impl Counts {
    /// All rows.
    pub const fn all(&self) -> u64 {
        self.invalid + self.sendable()
    }

    /// Rows that passed the dry run.
    pub const fn sendable(&self) -> u64 {
        self.pending + self.intent + self.done + self.failed + self.unknown + self.cancelled
    }

    /// Rows that have ended.
    pub const fn ended(&self) -> u64 {
        self.done + self.failed + self.cancelled
    }
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 7] =
        [Self::Checking, Self::Unchecked, Self::Ready, Self::Running, Self::Paused, Self::Cancelled, Self::Finished];

    /// The name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Unchecked => "unchecked",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Cancelled => "cancelled",
            Self::Finished => "finished",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

impl RowState {
    /// Every state.
    pub const ALL: [Self; 7] =
        [Self::Invalid, Self::Pending, Self::Intent, Self::Done, Self::Failed, Self::Unknown, Self::Cancelled];

    /// The name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Pending => "pending",
            Self::Intent => "intent",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}
