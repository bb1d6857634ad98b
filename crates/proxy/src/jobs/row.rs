//! One row, from its sealed value to its end: the same steps as a request's, with the row's intent, the account's change and
//! the record's entry in one transaction. Must not repeat a write whose end is not known: that is read back first.

use std::collections::BTreeMap;

use roomkey_schema::job::{NewJob, RowState};
use roomkey_schema::job_build::Recipe;
use roomkey_schema::path::PathParams;
use roomkey_schema::{Operation, Role};
use serde_json::Value;

use super::{JobFault, points};
use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::{Kind as EntryKind, Result as Ended};
use crate::clock::UnixMs;
use crate::exchange::lane::{self, Choice};
use crate::exchange::send::At;
use crate::exchange::settle::{self, Outcome};
use crate::exchange::{Asked, Record, send};
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::rate::budget::Spent;
use crate::store::jobs::{Begun, Lease, RowEnd, StoredJob, StoredRow};
use crate::vendors::{Trouble, VendorFault};
use crate::words::fill;

/// How often a row is sent whose end was not known.
const TRIES: u32 = 3;

/// What rows of a job send.
#[derive(Clone, Copy)]
pub(super) struct Sent<'a> {
    pub(super) recipe: &'a Recipe,
    pub(super) operation: &'a Operation,
    pub(super) plan: &'a NewJob,
}

/// A job that is being carried out.
#[derive(Clone, Copy)]
pub(super) struct Running<'a> {
    pub(super) job: &'a StoredJob,
    pub(super) lease: &'a Lease,
    pub(super) sent: Sent<'a>,
    /// What the person may do now who made it; none when that is no longer enough, and rows are only read back.
    pub(super) role: Option<Role>,
}

/// What the job does after a row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Next {
    /// Goes on.
    On,
    /// The vendor takes nothing before that time, or has not answered as it should; with a reason and whether it is the
    /// vendor's trouble.
    Wait(UnixMs, String),
    /// The vendor is in trouble; with a reason.
    Trouble(String),
    /// There is no account left to make changes with: it pauses.
    Pause(String),
    /// The job is not ours, or no longer runs.
    Stop,
}

/// Where a row's value is sealed.
pub(super) fn place(job: &str, number: u64) -> String {
    format!("{job}/{number}")
}

impl<'a> Sent<'a> {
    /// Parameters of path and query for a subject.
    pub(super) fn params(&self, subject: &str) -> (PathParams, BTreeMap<String, String>) {
        let mut path = PathParams::new();
        let mut query = BTreeMap::new();
        let given = [(self.recipe.kind.subject.key.as_str(), subject)];
        let options = self.plan.options.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in given.into_iter().chain(options).filter(|(_, value)| !value.is_empty()) {
            if self.operation.path.params().any(|param| param == name) {
                path.insert(name.to_owned(), value.to_owned());
            } else {
                query.insert(name.to_owned(), value.to_owned());
            }
        }
        let set = super::plan::set(self.recipe, self.plan);
        if let Ok(Some(option)) = self.recipe.option(&set) {
            query.insert("option".to_owned(), option.to_owned());
        }
        (path, query)
    }

    /// The request that a row is, checked.
    pub(super) fn asked(&self, app: &'a App, subject: &str, body: Value) -> Result<Asked<'a>, Fault> {
        let (path, query) = self.params(subject);
        if self.operation.path.fill(&path).is_none() {
            return Err(Fault::new(Kind::NotFound));
        }
        Asked::of(app, self.operation, path, query, Some(body))
    }
}

impl<'a> Running<'a> {
    fn record(&self, app: &'a App, row: &StoredRow, asked: &Asked<'_>) -> Record<'a> {
        let mut base = Entry::new(EntryKind::Intent, app.recorder.now(), &self.job.actor, self.role, &self.job.id);
        base.job = Some(self.job.id.clone());
        base.row = Some(row.number);
        Record::of(app, base, self.sent.operation, &asked.params)
    }

    /// Carries a row out that waits.
    pub(super) async fn send(&self, app: &'a App, row: &StoredRow) -> Result<Next, JobFault> {
        let words = &app.words.jobs;
        let Some(sealed) = &row.sealed else {
            return self.fail(app, row, words.row_value_gone.clone(), &Fault::new(Kind::NotFound)).await;
        };
        let body: Value = serde_json::from_slice(&app.seal.open(&place(&self.job.id, row.number), sealed)?)?;
        let mut asked = match self.sent.asked(app, &row.subject, body) {
            Ok(asked) => asked,
            Err(fault) => return self.fail(app, row, sentence(app, &fault), &fault).await,
        };
        let at = match send::vendor(app, self.sent.operation) {
            Ok(at) => at,
            Err(fault) => return Ok(Next::Trouble(sentence(app, &fault))),
        };
        // Somebody works on it by hand: the row keeps waiting.
        let Ok(_turn) = asked.lock(app).await else { return Ok(Next::On) };
        let ready = match settle::read_before(app, at, &asked).await {
            Ok(before) => asked.fill_up(before.as_ref()).map(|()| before),
            Err(fault) => Err(fault),
        };
        let before = match ready {
            Ok(before) => before,
            Err(fault) => return self.refused_before(app, row, &fault).await,
        };
        let record = self.record(app, row, &asked);
        let entry = serde_json::to_string(&record.intent_entry(&asked, before.as_ref()))?;
        let mut call = match asked.call() {
            Ok(call) => call,
            Err(fault) => return self.fail(app, row, sentence(app, &fault), &fault).await,
        };
        points::reach("before_intent");
        let intent = loop {
            let lane = match lane::choose(app, at, &call).await? {
                Choice::Uncounted => None,
                Choice::Lane(lane) => Some(lane),
                Choice::UsedUp(until_ms) => return Ok(Next::Wait(until_ms, named(app, at, &words.used_up))),
                Choice::Closed(_) => return Ok(Next::Pause(named(app, at, &words.all_closed))),
            };
            let reserve = lane.as_ref().map(|lane| lane::reserve(app, at, lane));
            match app.store.jobs().begin_row(self.lease, row.number, reserve, &entry, app.recorder.chain()).await? {
                Begun::Intent(seq) => {
                    call.lane = lane.map(|lane| lane.id);
                    break seq;
                }
                Begun::NoneLeft => {}
                Begun::Lost => return Ok(Next::Stop),
            }
        };
        app.recorder.noticed();
        points::reach("after_intent");
        let sent = send::send_raw(at, &call).await;
        points::reach("after_call");
        if let (Some(lane), Err(VendorFault { trouble: Trouble::LaneClosed, .. })) = (&call.lane, &sent) {
            lane::close(app, at, lane).await?;
        }
        let again = sent.as_ref().err().and_then(|fault| postponed(app, at, fault));
        let outcome = settle::settle(app, at, &asked, sent, &RequestId::named(&self.job.id)).await;
        let mut end = Self::end(app, row, &outcome);
        if again.is_some() {
            (end.state, end.detail) = (RowState::Pending, String::new());
        }
        let entry = serde_json::to_string(&record.outcome_entry(&asked, intent, &outcome))?;
        points::reach("before_outcome");
        app.store.jobs().end_row(self.lease, &end, Some(&entry), app.recorder.chain()).await?;
        app.recorder.noticed();
        points::reach("after_outcome");
        let trouble = || Next::Trouble(end.detail.clone());
        Ok(again.unwrap_or_else(|| if end.state == RowState::Unknown { trouble() } else { Next::On }))
    }

    /// Reads a row back whose end is not known: done, or waiting once more with the same value, or given up.
    pub(super) async fn reconcile(&self, app: &'a App, row: &StoredRow) -> Result<Next, JobFault> {
        let words = &app.words.jobs;
        let Some(sealed) = &row.sealed else {
            return self.fail(app, row, words.row_value_gone.clone(), &Fault::new(Kind::NotFound)).await;
        };
        let body: Value = serde_json::from_slice(&app.seal.open(&place(&self.job.id, row.number), sealed)?)?;
        let Ok(asked) = self.sent.asked(app, &row.subject, body.clone()) else { return Ok(Next::On) };
        let at = match send::vendor(app, self.sent.operation) {
            Ok(at) => at,
            Err(fault) => return Ok(Next::Trouble(sentence(app, &fault))),
        };
        let held = match settle::read_before(app, at, &asked).await {
            Ok(held) => held,
            Err(fault) => return self.refused_before(app, row, &fault).await,
        };
        let is_there = held.is_some_and(|held| roomkey_schema::covers(&held.value, &body));
        if !is_there && row.tries < TRIES {
            app.store.jobs().put_back(self.lease, row.number).await?;
            return Ok(Next::On);
        }
        let (state, result, detail) = if is_there {
            (RowState::Done, Ended::Applied, String::new())
        } else {
            let detail = fill(&words.row_given_up, &[("tries", &row.tries.to_string())]);
            (RowState::Failed, Ended::Unknown, detail)
        };
        let outcome = Outcome::read_back(result);
        let entry = self.record(app, row, &asked).outcome_entry(&asked, row.intent.unwrap_or_default(), &outcome);
        let entry = serde_json::to_string(&entry)?;
        let end = RowEnd { detail, ..ended(app, row, state) };
        app.store.jobs().end_row(self.lease, &end, Some(&entry), app.recorder.chain()).await?;
        app.recorder.noticed();
        Ok(Next::On)
    }

    /// Reading went wrong before anything was sent: the row's fault, or the vendor's.
    async fn refused_before(&self, app: &App, row: &StoredRow, fault: &Fault) -> Result<Next, JobFault> {
        let reason = sentence(app, fault);
        match (fault.parts().kind, fault.parts().retry_at_ms) {
            (Kind::VendorRateLimited, Some(at_ms)) => Ok(Next::Wait(at_ms, reason)),
            (Kind::VendorRefused | Kind::Validation | Kind::NotFound, _) => self.fail(app, row, reason, fault).await,
            _ => Ok(Next::Trouble(reason)),
        }
    }

    /// The row fails without having been sent.
    async fn fail(&self, app: &App, row: &StoredRow, detail: String, fault: &Fault) -> Result<Next, JobFault> {
        let parts = fault.parts();
        let end = RowEnd {
            detail,
            code: parts.vendor_code.clone().unwrap_or_default(),
            tracking_id: parts.tracking_id.clone().unwrap_or_default(),
            ..ended(app, row, RowState::Failed)
        };
        app.store.jobs().end_row(self.lease, &end, None, app.recorder.chain()).await?;
        Ok(Next::On)
    }

    fn end(app: &App, row: &StoredRow, outcome: &Outcome) -> RowEnd {
        let words = &app.words.jobs;
        let (code, mut detail) = match &outcome.answer {
            Ok(_) => (String::new(), String::new()),
            Err(fault) => (fault.parts().vendor_code.clone().unwrap_or_default(), sentence(app, fault)),
        };
        let state = match outcome.result {
            Ended::Applied => RowState::Done,
            Ended::Accepted if outcome.not_applied.is_empty() => {
                detail.clone_from(&words.row_not_verified);
                RowState::Unknown
            }
            Ended::Accepted => {
                detail.clone_from(&words.row_not_applied);
                RowState::Failed
            }
            Ended::Refused | Ended::NotSent => RowState::Failed,
            // A write shows nothing.
            Ended::Unknown | Ended::Shown => RowState::Unknown,
        };
        let tracking_id = outcome.tracking_id.clone().unwrap_or_default();
        RowEnd { detail, code, tracking_id, ..ended(app, row, state) }
    }
}

fn ended(app: &App, row: &StoredRow, state: RowState) -> RowEnd {
    RowEnd {
        number: row.number,
        state,
        detail: String::new(),
        code: String::new(),
        tracking_id: String::new(),
        at_ms: app.clock.now_ms(),
    }
}

/// What the job does when the vendor did nothing and the row can be sent later; none when the row has ended.
fn postponed(app: &App, at: At<'_>, fault: &VendorFault) -> Option<Next> {
    let reason = || sentence(app, &crate::exchange::faults::of(app, at.name, fault));
    match &fault.trouble {
        Trouble::RateLimited(at_ms) | Trouble::Budget(Spent::Until(at_ms) | Spent::Today(at_ms)) => {
            Some(Next::Wait(*at_ms, reason()))
        }
        Trouble::LaneClosed => Some(Next::On),
        Trouble::Unreachable | Trouble::Credentials(_) => Some(Next::Trouble(reason())),
        _ => None,
    }
}

fn named(app: &App, at: At<'_>, sentence: &str) -> String {
    fill(sentence, &[("vendor", app.words.vendor_name(at.name))])
}

/// What a fault says to a person, the first of its fields included.
pub(super) fn sentence(app: &App, fault: &Fault) -> String {
    let parts = fault.parts();
    match parts.fields.first() {
        Some(field) if parts.kind == Kind::Validation => field.detail.clone(),
        _ => parts.detail.clone().unwrap_or_else(|| app.words.detail(parts.kind).to_owned()),
    }
}
