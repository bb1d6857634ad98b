//! The steps of showing somebody a secret, each with its rule; `routes::reveal` puts them in order. Whatever stands in the
//! way is on record too. Must not write down, log or keep what is shown.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use axum::body::Body;
use roomkey_schema::wire::FieldProblem;
use roomkey_schema::{Operation, PathParams};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::{Asked, faults};
use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::{Kind as EntryKind, Result as Ended};
use crate::auth::session::SignedIn;
use crate::http::body;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::store::StoreFault;
use crate::store::reveals::{Allowance, Counted};
use crate::vendors::{Answer, VendorFault};
use crate::words::fill;

/// How often one person may be shown a secret in an hour.
const PER_HOUR: u32 = 10;
const HOUR_MS: i64 = 3_600_000;
/// How long a reason is, in characters.
const REASON: RangeInclusive<usize> = 3..=200;
/// How long a name or a value may be, and how many there may be.
const LONGEST: usize = 1_024;
const MOST: usize = 16;

/// What somebody wants to be shown, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Id of an operation that reads.
    operation: String,
    /// Its parameters of path and query.
    #[serde(default)]
    params: BTreeMap<String, String>,
    /// Of the secret, in what is read.
    pointer: String,
    reason: String,
}

impl Wanted {
    /// From a request's body.
    pub(crate) async fn read(app: &App, body: Body) -> Result<Self, Fault> {
        let refused = |reason: &str| {
            let detail = fill(&app.words.details.body_not_json, &[("reason", reason)]);
            Fault::new(Kind::BadRequest).detail(detail)
        };
        let value = body::json(app, body).await?.unwrap_or_default();
        let wanted: Self = serde_json::from_value(value).map_err(|error| refused(&error.to_string()))?;
        let is_long = |text: &String| text.len() > LONGEST;
        let in_params = wanted.params.iter().any(|(name, value)| is_long(name) || is_long(value));
        let in_others = [&wanted.operation, &wanted.pointer, &wanted.reason].into_iter().any(is_long);
        if wanted.params.len() > MOST || in_params || in_others {
            return Err(Fault::new(Kind::TooLarge));
        }
        Ok(wanted)
    }
}

/// One time that somebody wants to be shown a secret.
pub(crate) struct Reveal<'a> {
    app: &'a App,
    caller: &'a SignedIn,
    wanted: &'a Wanted,
    operation: Option<&'a Operation>,
    /// What all entries about it have in common.
    base: Entry,
}

impl<'a> Reveal<'a> {
    pub(crate) fn new(app: &'a App, id: &RequestId, caller: &'a SignedIn, wanted: &'a Wanted) -> Self {
        let operation = app.catalog.operation(&wanted.operation).filter(|operation| operation.method.is_read());
        let mut base = Entry::new(EntryKind::Denied, app.recorder.now(), &caller.name, Some(caller.role), id.as_str());
        if let Some(operation) = operation {
            let (params, query) = sorted(operation, &wanted.params);
            base.vendor = Some(operation.vendor.clone());
            base.operation = Some(operation.id.clone());
            base.objects = params.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
            base.query = query;
            base.secret = operation.has_secret(&wanted.pointer).then(|| wanted.pointer.clone());
        }
        base.reason = has_reason(wanted).then(|| wanted.reason.trim().to_owned());
        Self { app, caller, wanted, operation, base }
    }

    /// The operation that reads it: one of the table.
    pub(crate) fn find(&self) -> Result<&'a Operation, Fault> {
        self.operation.ok_or_else(|| Fault::new(Kind::NotFound))
    }

    /// Who may both call it and be shown what is secret in it.
    pub(crate) fn permit(&self, operation: &Operation) -> Result<(), Fault> {
        let role = self.caller.role;
        // What is no secret is told apart later: it is nobody's to be shown.
        let covers = operation.covers(role, &self.wanted.pointer) || !operation.has_secret(&self.wanted.pointer);
        if operation.roles.contains(&role) && operation.reveal.contains(&role) && covers {
            return Ok(());
        }
        Err(Fault::new(Kind::Forbidden).detail(fill(&self.app.words.details.forbidden, &[("role", role.as_str())])))
    }

    /// Not more often than anybody may.
    pub(crate) async fn some_left(&self) -> Result<(), Fault> {
        match self.app.store.reveals().none_left(self.allowance()).await {
            Ok(None) => Ok(()),
            Ok(Some(oldest_ms)) => Err(none_left(oldest_ms)),
            Err(error) => Err(unrecorded(self.app, &error)),
        }
    }

    /// One secret of one object, and a reason.
    pub(crate) fn asked(&self, operation: &'a Operation) -> Result<Asked<'a>, Fault> {
        let details = &self.app.words.details;
        let wrong = |name: &str, sentence: &str| {
            let problem = FieldProblem { pointer: name.to_owned(), detail: sentence.to_owned() };
            Err(Fault::new(Kind::Validation).fields(vec![problem]))
        };
        if !operation.has_secret(&self.wanted.pointer) {
            return wrong("pointer", &details.reveal_one);
        }
        if !has_reason(self.wanted) {
            return wrong("reason", &details.reveal_reason);
        }
        let (params, query) = sorted(operation, &self.wanted.params);
        Asked::of(self.app, operation, params, query, None)
    }

    /// Counts it and writes it down, before anybody is asked; answers the entry's number.
    pub(crate) async fn intent(&self) -> Result<u64, Fault> {
        let unwritten = |error: &dyn std::fmt::Display| unrecorded(self.app, error);
        let entry = Entry { kind: EntryKind::Reveal, at: self.app.recorder.now(), ..self.base.clone() };
        let content = serde_json::to_string(&entry).map_err(|error| unwritten(&error))?;
        let chain = self.app.recorder.chain();
        let counted = self.app.store.reveals().append_counting(self.allowance(), &content, chain).await;
        self.app.recorder.noticed();
        match counted.map_err(|error: StoreFault| unwritten(&error))? {
            Counted::Entry(seq) => Ok(seq),
            Counted::NoneLeft(oldest_ms) => Err(none_left(oldest_ms)),
        }
    }

    /// The secret in what the vendor answered.
    pub(crate) fn value(&self, sent: Result<Answer, VendorFault>, vendor: &str) -> (Ended, Result<Shown, Fault>) {
        let answer = match sent {
            Ok(answer) => answer,
            Err(fault) => {
                let ended = if fault.was_not_sent() { Ended::NotSent } else { Ended::Refused };
                return (ended, Err(faults::of(self.app, vendor, &fault)));
            }
        };
        let value = answer.body.as_ref().and_then(|body| body.pointer(&self.wanted.pointer)).and_then(text);
        if let Some(value) = value {
            return (Ended::Shown, Ok(Shown { value, tracking_id: answer.tracking_id }));
        }
        let name = self.app.words.vendor_name(vendor);
        let fault = Fault::new(Kind::NotFound);
        let fault = fault.detail(fill(&self.app.words.details.reveal_nothing, &[("vendor", name)]));
        (Ended::Refused, Err(fault.with(|parts| parts.tracking_id = answer.tracking_id)))
    }

    /// Writes down how it ended, and not what was shown. What cannot be written down is not shown.
    pub(crate) async fn outcome(&self, intent: u64, ended: Ended, shown: &Result<Shown, Fault>) -> Result<(), Fault> {
        let mut entry = Entry { kind: EntryKind::Outcome, at: self.app.recorder.now(), ..self.base.clone() };
        entry.intent = Some(intent);
        entry.result = Some(ended);
        match shown {
            Ok(shown) => entry.tracking_id.clone_from(&shown.tracking_id),
            Err(fault) => {
                entry.problem = Some(fault.parts().kind.as_str().to_owned());
                entry.vendor_code.clone_from(&fault.parts().vendor_code);
                entry.tracking_id.clone_from(&fault.parts().tracking_id);
            }
        }
        self.app.recorder.append(&entry).await.map(drop).map_err(|error| unrecorded(self.app, &error))
    }

    /// Writes down what stood in the way. The refusal stands even when that cannot be written.
    pub(crate) async fn refused(&self, fault: &Fault) {
        let entry = Entry { problem: Some(fault.parts().kind.as_str().to_owned()), ..self.base.clone() };
        if let Err(error) = self.app.recorder.append(&entry).await {
            tracing::error!(%error, request_id = entry.request_id, "a refusal could not be recorded");
        }
    }

    fn allowance(&self) -> Allowance<'a> {
        let now_ms = self.app.clock.now_ms();
        Allowance { name: &self.caller.name, most: PER_HOUR, since_ms: now_ms - HOUR_MS, now_ms }
    }
}

/// A secret on its way to whoever wanted to be shown it.
pub(crate) struct Shown {
    pub(crate) value: SecretString,
    pub(crate) tracking_id: Option<String>,
}

/// Parameters of the path and of the query.
fn sorted(operation: &Operation, params: &BTreeMap<String, String>) -> (PathParams, BTreeMap<String, String>) {
    let is_in_path = |name: &str| operation.path.params().any(|known| known == name);
    let pairs = params.iter().map(|(name, value)| (name.clone(), value.clone()));
    let (in_path, in_query): (Vec<_>, Vec<_>) = pairs.partition(|(name, _)| is_in_path(name));
    (in_path.into_iter().collect(), in_query.into_iter().collect())
}

fn has_reason(wanted: &Wanted) -> bool {
    REASON.contains(&wanted.reason.trim().chars().count())
}

/// Nothing, or only whether there is something, cannot be shown.
fn text(value: &Value) -> Option<SecretString> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    (!text.is_empty()).then(|| SecretString::from(text))
}

fn none_left(oldest_ms: i64) -> Fault {
    Fault::new(Kind::RevealLimit).retry_at(oldest_ms + HOUR_MS)
}

fn unrecorded(app: &App, cause: &dyn std::fmt::Display) -> Fault {
    Fault::new(Kind::RecordUnavailable).detail(&app.words.details.reveal_unrecorded).cause(cause)
}
