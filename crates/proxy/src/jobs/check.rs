//! The dry run: every row goes through the same code as when it is sent, up to the call. Chooses and seals the value that a
//! row will set; nothing is sent.

use std::collections::{HashMap, HashSet};

use roomkey_schema::form::value_text;
use roomkey_schema::job::{JobState, NewJob, RowState};
use roomkey_schema::job_build::Recipe;
use roomkey_schema::pin;
use roomkey_schema::{Language, Operation, Violation};
use roomkey_sheet::{HeaderRow, Row};
use serde_json::{Value, json};

use super::people::{Everybody, Meant};
use super::row::{self, Sent};
use super::{JobFault, plan, points};
use crate::app::App;
use crate::pages::Edition;
use crate::random::bytes;
use crate::store::jobs::{Lease, StoredJob, StoredRow, Turn};
use crate::words::{fill, label};

/// Rows that are kept in one transaction.
const BATCH: usize = 1_000;
/// Tries for a value that nobody in the job has yet.
const TRIES: usize = 200;

/// Checks all rows of a job and leaves it ready, or unchecked with a reason.
pub(super) async fn check(app: &App, lease: &Lease, job: &StoredJob) -> Result<(), JobFault> {
    let (to, reason) = match rows(app, lease, job).await {
        Ok(()) => (JobState::Ready, String::new()),
        Err(JobFault::People(reason)) => (JobState::Unchecked, reason),
        Err(fault) => return Err(fault),
    };
    let turn = Turn { from: &[JobState::Checking], to, reason: &reason, resumes_ms: None, now_ms: app.clock.now_ms() };
    app.store.jobs().turn_job(&job.id, turn).await?;
    Ok(())
}

async fn rows(app: &App, lease: &Lease, job: &StoredJob) -> Result<(), JobFault> {
    let (recipe, operation) = super::recipe(app, job)?;
    let plan = open_plan(app, job)?;
    app.store.jobs().clear_rows(lease).await?;
    let Some(table) = app.store.jobs().table(&plan.table).await? else {
        return Err(JobFault::People(app.words.jobs.no_table.clone()));
    };
    let file = app.seal.open(&table.id, &table.sealed)?;
    let header = if plan.header { HeaderRow::Present } else { HeaderRow::Absent };
    let sheet_name = plan.sheet.clone();
    let read = move || plan::read(&file, Some(sheet_name.as_str()).filter(|name| !name.is_empty()), header);
    let sheet = match tokio::task::spawn_blocking(read).await {
        Ok(Ok(sheet)) => sheet,
        Ok(Err(fault)) => return Err(JobFault::People(plan::sentence(&app.words.jobs, &fault))),
        Err(_) => return Err(JobFault::People(app.words.jobs.no_table.clone())),
    };
    let everybody = match &recipe.people {
        Some(people) => Some(Everybody::read(app, people).await?),
        None => None,
    };
    let mut editions = Vec::new();
    for language in Language::ALL {
        editions.push(app.pages.edition(app, language).await);
    }
    let mut checker = Checker {
        app,
        job: &job.id,
        recipe,
        operation,
        plan: &plan,
        everybody,
        editions,
        seen: HashMap::new(),
        taken: HashSet::new(),
    };
    let mut batch = Vec::with_capacity(BATCH);
    for row in sheet.rows() {
        batch.push(checker.row(row)?);
        if batch.len() == BATCH {
            app.store.jobs().insert_rows(lease, &batch).await?;
            batch.clear();
            points::reach("while_checking");
            if app.jobs.stop.is_cancelled() {
                return Err(JobFault::Store(crate::store::StoreFault::Damaged("the server stops".to_owned())));
            }
        }
    }
    Ok(app.store.jobs().insert_rows(lease, &batch).await?)
}

/// What somebody asked for.
pub(super) fn open_plan(app: &App, job: &StoredJob) -> Result<NewJob, JobFault> {
    Ok(serde_json::from_slice(&app.seal.open(&job.id, &job.plan)?)?)
}

struct Checker<'a> {
    app: &'a App,
    job: &'a str,
    recipe: &'a Recipe,
    operation: &'a Operation,
    plan: &'a NewJob,
    everybody: Option<Everybody>,
    editions: Vec<&'a Edition>,
    /// Rows of subjects that were there already.
    seen: HashMap<String, u32>,
    /// Values that were generated already.
    taken: HashSet<String>,
}

impl Checker<'_> {
    fn row(&mut self, row: Row<'_>) -> Result<StoredRow, JobFault> {
        let number = u64::from(row.number());
        let column = self.plan.columns.get(&self.recipe.kind.subject.key).copied().unwrap_or(usize::MAX);
        let subject = row.shown(column).trim().to_owned();
        let mut stored = StoredRow {
            number,
            subject,
            state: RowState::Pending,
            sealed: None,
            tries: 0,
            intent: None,
            detail: String::new(),
            code: String::new(),
            tracking_id: String::new(),
            at_ms: None,
        };
        let body = match self.meant(&row, &mut stored.subject) {
            Ok(()) => self.body(&row, &stored.subject)?,
            Err(detail) => Err(detail),
        };
        match body {
            Ok(body) => {
                let place = row::place(self.job, number);
                stored.sealed = Some(self.app.seal.close(&place, &serde_json::to_vec(&body)?, &*self.app.random)?);
            }
            Err(detail) => (stored.state, stored.detail) = (RowState::Invalid, detail),
        }
        Ok(stored)
    }

    /// Puts the id that the vendor takes in the place of a name, or says why the row is about nobody.
    fn meant(&mut self, row: &Row<'_>, subject: &mut String) -> Result<(), String> {
        let words = &self.app.words.jobs;
        if subject.is_empty() {
            return Err(words.row_without_subject.clone());
        }
        let meant = self.everybody.as_ref().map(|everybody| everybody.find(subject));
        if let Some(Some(Meant::Id(id))) = &meant {
            *subject = id.to_string();
        }
        if let Some(first) = self.seen.get(&subject.to_lowercase()) {
            return Err(fill(&words.row_twice, &[("row", &first.to_string())]));
        }
        self.seen.insert(subject.to_lowercase(), row.number());
        match meant {
            Some(None) => Err(words.row_unknown_person.clone()),
            Some(Some(Meant::Several)) => Err(words.row_several.clone()),
            _ => Ok(()),
        }
    }

    /// What the row sends, or why it cannot be sent.
    fn body(&mut self, row: &Row<'_>, subject: &str) -> Result<Result<Value, String>, JobFault> {
        let words = &self.app.words.jobs;
        let mut body = json!({});
        for key in plan::set(self.recipe, self.plan) {
            let value = if self.generates(key) {
                match self.generated(subject)? {
                    Some(value) => Ok(value),
                    None => Err(words.too_few_pins.clone()),
                }
            } else {
                self.given(row, key)
            };
            match value {
                Ok(value) => self.recipe.put(&mut body, key, value),
                Err(detail) => return Ok(Err(detail)),
            }
        }
        let sent = Sent { recipe: self.recipe, operation: self.operation, plan: self.plan };
        let checked = sent.asked(self.app, subject, body.clone()).map(drop);
        Ok(match checked {
            Ok(()) => Ok(body),
            Err(fault) => Err(self.sentence(&fault)),
        })
    }

    fn generates(&self, key: &str) -> bool {
        self.plan.generate && self.recipe.kind.generate.as_deref() == Some(key)
    }

    /// The value in the row's cell, or the one that is the same for every row.
    fn given(&self, row: &Row<'_>, key: &str) -> Result<Value, String> {
        let words = &self.app.words.jobs;
        let named = |sentence: String| fill(&words.row_fault, &[("field", &self.label(key)), ("fault", &sentence)]);
        let Some(column) = self.plan.columns.get(key) else {
            // Whoever typed it did not know of types: the schema does.
            let text = self.plan.values.get(key).map(value_text).unwrap_or_default();
            return self.value(key, &text).map_err(|violation| named(self.app.words.violation(&violation)));
        };
        let text = row.cell(*column).map_err(|mark| words.cells.get(mark.kind()).cloned().unwrap_or_default())?;
        if text.trim().is_empty() {
            return Err(fill(&words.row_without_value, &[("field", &self.label(key))]));
        }
        self.value(key, text).map_err(|violation| named(self.app.words.violation(&violation)))
    }

    /// Names of choices are understood in every language.
    fn value(&self, key: &str, text: &str) -> Result<Value, Violation> {
        let mut editions =
            self.editions.iter().filter_map(|edition| edition.recipe(&self.recipe.kind.id)?.choice(key, text));
        editions.next().map_or_else(|| self.recipe.value(key, text), Ok)
    }

    fn generated(&mut self, subject: &str) -> Result<Option<Value>, JobFault> {
        let Some(generate) = &self.recipe.generate else { return Ok(None) };
        let sent = Sent { recipe: self.recipe, operation: self.operation, plan: self.plan };
        let (_, query) = sent.params(subject);
        let (letters, length) = self.recipe.generated(generate, &|name| query.get(name).cloned());
        let mut pool: Vec<u8> = Vec::new();
        let mut failed = false;
        let mut byte = || {
            if pool.is_empty() {
                match bytes::<32>(&*self.app.random) {
                    Ok(more) => pool.extend(more),
                    Err(_) => failed = true,
                }
            }
            pool.pop()
        };
        for _ in 0..TRIES {
            let Some(value) = pin::generate(letters, length, &mut byte) else { break };
            if !self.plan.unique || self.taken.insert(value.clone()) {
                return Ok(Some(Value::from(value)));
            }
        }
        if failed { Err(crate::random::RandomFault.into()) } else { Ok(None) }
    }

    fn sentence(&self, fault: &crate::http::fault::Fault) -> String {
        let parts = fault.parts();
        let words = &self.app.words;
        match parts.fields.first() {
            Some(field) => {
                fill(&words.jobs.row_fault, &[("field", &self.label(&field.pointer)), ("fault", &field.detail)])
            }
            None => parts.detail.clone().unwrap_or_else(|| words.detail(parts.kind).to_owned()),
        }
    }

    fn label(&self, key: &str) -> String {
        label(&self.recipe.kind.id, key)
    }
}
