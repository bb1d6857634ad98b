//! Bulk jobs: what can be done to many rows, the tables that rows come from, jobs and what becomes of them. Shapes come
//! from `roomkey_schema`; must not hold any of them.

use roomkey_schema::job::{Job, JobKind, JobRows, Table};
use roomkey_schema::read::Read;
use serde_json::{Value, json};
use web_sys::{Blob, FormData};

use super::{Abort, Failure, Sending, call};
use crate::paths;

/// Whether a person waits for the answer, or the page asks by itself: that must not keep a session alive.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum By {
    /// A person.
    Person,
    /// The page.
    Page,
}

/// What the signed-in person can do to many rows.
pub(crate) async fn kinds(abort: &Abort) -> Result<Vec<JobKind>, Failure> {
    Vec::read(get(paths::JOB_KINDS_CALL.to_owned(), By::Person, abort).await?.body).ok_or_else(nonsense)
}

/// Every job, newest first.
pub(crate) async fn list(by: By, abort: &Abort) -> Result<Vec<Job>, Failure> {
    Vec::read(get(paths::JOBS_CALL.to_owned(), by, abort).await?.body).ok_or_else(nonsense)
}

/// One job.
pub(crate) async fn one(job_id: &str, by: By, abort: &Abort) -> Result<Job, Failure> {
    Job::read(get(paths::job_call(job_id, ""), by, abort).await?.body).ok_or_else(nonsense)
}

/// Rows of a job in the order of the file: those of one state, or all; from the first or behind another, so many at most.
pub(crate) async fn rows(
    job_id: &str,
    state: &str,
    (after, size): (Option<u64>, usize),
    by: By,
    abort: &Abort,
) -> Result<JobRows, Failure> {
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    let pairs = [("state", state), ("after", &*after), ("size", &*size.to_string())];
    let path = paths::with_query(&paths::job_call(job_id, "rows"), &pairs);
    JobRows::read(get(path, by, abort).await?.body).ok_or_else(nonsense)
}

/// Makes a job. Its dry run begins at once.
pub(crate) async fn create(job: Value) -> Result<Job, Failure> {
    Job::read(send("POST", paths::JOBS_CALL.to_owned(), Some(job)).await?.body).ok_or_else(nonsense)
}

/// Starts, pauses, cancels or repeats a job.
pub(crate) async fn act(job_id: &str, deed: &str) -> Result<Job, Failure> {
    Job::read(send("POST", paths::job_call(job_id, deed), Some(json!({}))).await?.body).ok_or_else(nonsense)
}

/// Deletes a job that was never started.
pub(crate) async fn delete(job_id: &str) -> Result<(), Failure> {
    send("DELETE", paths::job_call(job_id, ""), None).await.map(drop)
}

/// Sends a file to be read as a table.
pub(crate) async fn upload(file: &Blob, name: &str, abort: &Abort) -> Result<Table, Failure> {
    let form = FormData::new().map_err(|_| Failure::network())?;
    form.append_with_blob_and_filename("file", file, name).map_err(|_| Failure::network())?;
    let answer = call("POST", paths::JOB_TABLES_CALL, Some(form.into()), None, abort).await?;
    Table::read(answer.body).ok_or_else(nonsense)
}

/// Another sheet of a file that was sent before.
pub(crate) async fn sheet(table_id: &str, sheet: &str, abort: &Abort) -> Result<Table, Failure> {
    Table::read(get(paths::job_table_call(table_id, sheet), By::Person, abort).await?.body).ok_or_else(nonsense)
}

/// The new values, once: they are destroyed where they were.
pub(crate) async fn hand_over(job_id: &str, reason: &str, format: &str) -> Result<Blob, Failure> {
    let body = json!({ "reason": reason, "format": format });
    super::file(&paths::job_call(job_id, "handover"), super::json(&body)).await
}

fn get(path: String, by: By, abort: &Abort) -> Sending<'static> {
    let abort = abort.clone();
    Box::pin(async move {
        let header = (by == By::Page).then_some(("x-roomkey-background", "1"));
        call("GET", &path, None, header, &abort).await
    })
}

fn send(method: &'static str, path: String, body: Option<Value>) -> Sending<'static> {
    let body = body.as_ref().map(super::json);
    Box::pin(async move { call(method, &path, body, None, &Abort::never()).await })
}

fn nonsense() -> Failure {
    Failure::nonsense(200, None)
}
