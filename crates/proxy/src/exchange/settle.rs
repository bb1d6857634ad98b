//! What became of a write: read back, compared, and put into words. A vendor's 204 is not believed, and a timeout is not
//! taken for a failure. Must not repeat a write.

use axum::Json;
use axum::http::HeaderValue;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use roomkey_schema::wire::Written;
use roomkey_schema::{Role, covers};
use serde_json::Value;

use super::asked::{Asked, Held};
use super::faults;
use super::send::{self, At};
use crate::app::App;
use crate::audit::entry;
use crate::http::fault::Fault;
use crate::http::problem;
use crate::http::request_id::RequestId;
use crate::people;
use crate::vendors::{Answer, VendorFault};

/// How a write ended: for the record and for the caller.
pub(crate) struct Outcome {
    pub(crate) result: entry::Result,
    pub(crate) tracking_id: Option<String>,
    pub(crate) not_applied: Vec<String>,
    pub(crate) answer: Result<Box<Written>, Fault>,
}

impl Outcome {
    /// The answer to the caller; `seq` is the outcome's number in the record.
    pub(crate) fn answer(self, seq: u64, asked: &Asked<'_>, role: Role) -> Result<Response, Fault> {
        let mut written = self.answer.map_err(|fault| {
            fault.with(|parts| {
                let current = parts.current.take();
                parts.current = current.and_then(|(held, etag)| Some((asked.seen_by(role, held)?, etag)));
            })
        })?;
        written.record = seq;
        // The vendor's own answer has another shape than what a role's leaves are named in.
        written.answer = written.answer.take().filter(|_| asked.operation.covers(role, ""));
        written.value = written.value.take().and_then(|held| asked.seen_by(role, held));
        let tag = written.etag.as_deref().and_then(|tag| HeaderValue::from_str(tag).ok());
        let tracking_id = written.tracking_id.clone();
        let mut response = Json(written).into_response();
        if let Some(tag) = tag {
            response.headers_mut().insert(ETAG, tag);
        }
        Ok(send::with_tracking_id(response, tracking_id.as_deref()))
    }

    /// What reading back showed some time later.
    pub(crate) fn read_back(result: entry::Result) -> Self {
        Self { result, tracking_id: None, not_applied: Vec::new(), answer: Ok(Box::default()) }
    }

    fn failed(result: entry::Result, tracking_id: Option<String>, fault: Fault) -> Self {
        Self { result, tracking_id, not_applied: Vec::new(), answer: Err(fault) }
    }
}

/// What the vendor holds before the write; nothing when the operation has nothing to read back.
pub(crate) async fn read_before(app: &App, at: At<'_>, asked: &Asked<'_>) -> Result<Option<Held>, Fault> {
    read_back(app, at, asked, None).await.transpose()
}

/// Reads back and judges.
pub(crate) async fn settle(
    app: &App,
    at: At<'_>,
    asked: &Asked<'_>,
    sent: Result<Answer, VendorFault>,
    id: &RequestId,
) -> Outcome {
    let outcome = match sent {
        Ok(answer) => accepted(app, at, asked, answer, id).await,
        Err(fault) if fault.leaves_outcome_open() => open(app, at, asked, &fault).await,
        Err(fault) => {
            let result = if fault.was_not_sent() { entry::Result::NotSent } else { entry::Result::Refused };
            Outcome::failed(result, fault.tracking_id.clone(), faults::of(app, at.name, &fault))
        }
    };
    people::heard(app, asked, &outcome);
    outcome
}

/// The vendor said yes.
async fn accepted(app: &App, at: At<'_>, asked: &Asked<'_>, answer: Answer, id: &RequestId) -> Outcome {
    let read = read_back(app, at, asked, answer.body.as_ref()).await;
    let mut written = Written {
        tracking_id: answer.tracking_id.clone(),
        answer: answer.body.map(|mut body| {
            asked.operation.redact(&mut body);
            body
        }),
        ..Written::default()
    };
    let result = match read {
        None => entry::Result::Applied,
        Some(Ok(held)) => {
            written.not_applied = not_applied(asked.expected().as_ref(), &held.value);
            (written.value, written.etag) = (Some(held.redacted), Some(held.etag));
            if written.not_applied.is_empty() { entry::Result::Applied } else { entry::Result::Accepted }
        }
        Some(Err(fault)) => {
            let fault = fault.with(|parts| parts.detail = Some(app.words.details.read_back_failed.clone()));
            written.read_back_problem = Some(Box::new(problem::problem(app, &fault, id)));
            entry::Result::Accepted
        }
    };
    Outcome {
        result,
        tracking_id: written.tracking_id.clone(),
        not_applied: written.not_applied.clone(),
        answer: Ok(Box::new(written)),
    }
}

/// What the vendor shows otherwise than expected.
fn not_applied(expected: Option<&Value>, held: &Value) -> Vec<String> {
    expected.map(|expected| roomkey_schema::not_applied(expected, held)).unwrap_or_default()
}

/// The vendor did not say. If it now shows everything that was sent, the write was made; otherwise we say what we know.
async fn open(app: &App, at: At<'_>, asked: &Asked<'_>, fault: &VendorFault) -> Outcome {
    let details = &app.words.details;
    let ours = faults::of(app, at.name, fault);
    let says = |sentence: &str| {
        let sentence = sentence.to_owned();
        ours.clone().with(|parts| parts.detail = Some(sentence))
    };
    let tracking_id = fault.tracking_id.clone();
    let expected = asked.expected();
    match read_back(app, at, asked, None).await {
        Some(Ok(held)) if expected.as_ref().is_some_and(|expected| covers(&held.value, expected)) => Outcome {
            result: entry::Result::Applied,
            tracking_id: tracking_id.clone(),
            not_applied: Vec::new(),
            answer: Ok(Box::new(Written {
                tracking_id,
                value: Some(held.redacted),
                etag: Some(held.etag),
                ..Written::default()
            })),
        },
        Some(Ok(held)) => Outcome {
            result: entry::Result::Unknown,
            tracking_id,
            not_applied: not_applied(expected.as_ref(), &held.value),
            answer: Err(
                says(&details.outcome_not_applied).with(|parts| parts.current = Some((held.redacted, held.etag)))
            ),
        },
        Some(Err(_)) | None => Outcome::failed(entry::Result::Unknown, tracking_id, says(&details.outcome_unknown)),
    }
}

/// `answer` is what the vendor answered to the write: it may name what to read.
async fn read_back(app: &App, at: At<'_>, asked: &Asked<'_>, answer: Option<&Value>) -> Option<Result<Held, Fault>> {
    let (operation, call) = match asked.read_back_call(answer) {
        Ok(Some(read)) => read,
        Ok(None) => return None,
        Err(fault) => return Some(Err(fault)),
    };
    Some(send::send(app, at, &call).await.map(|answer| send::held(operation, answer)))
}
