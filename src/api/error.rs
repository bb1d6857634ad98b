//! Turns whatever can go wrong with a request into what a person reads: one sentence, and what to quote to whoever
//! helps. The only place that does. Must not decide what is done about it.

use roomkey_schema::read::Read;
use roomkey_schema::wire::{FieldProblem, Problem};
use serde_json::Value;

use crate::words::t;

/// Kinds of our own; all others come from the proxy.
const ABORTED: &str = "aborted";
const NETWORK: &str = "network";
const NONSENSE: &str = "nonsense";
const NO_OPERATION: &str = "no_operation";
const NOT_APPLIED: &str = "not_applied";
const TIMEOUT: &str = "timeout";

/// Why a request did not do what it was for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Failure {
    problem: Box<Problem>,
}

impl Failure {
    /// From an answer that is not a success.
    pub(crate) fn from_answer(
        status: u16,
        text: &str,
        request_id: Option<String>,
        tracking_id: Option<String>,
    ) -> Self {
        let Some(mut problem) = serde_json::from_str(text).ok().and_then(Problem::read) else {
            return Self::nonsense(status, request_id);
        };
        if problem.request_id.is_empty() {
            problem.request_id = request_id.unwrap_or_default();
        }
        problem.tracking_id = problem.tracking_id.or(tracking_id);
        Self { problem: Box::new(problem) }
    }

    /// From a problem that came inside another answer.
    pub(crate) fn from_problem(problem: Problem) -> Self {
        Self { problem: Box::new(problem) }
    }

    /// The answer is not what the console and its server have agreed on.
    pub(crate) fn nonsense(status: u16, request_id: Option<String>) -> Self {
        let problem = Problem {
            status,
            kind: NONSENSE.to_owned(),
            request_id: request_id.unwrap_or_default(),
            ..Problem::default()
        };
        Self::from_problem(problem)
    }

    /// The console's own server cannot be reached.
    pub(crate) fn network() -> Self {
        Self::own(NETWORK)
    }

    /// No answer within the time that the console waits.
    pub(crate) fn timeout() -> Self {
        Self::own(TIMEOUT)
    }

    /// Nobody waits for the answer any more. Not for people.
    pub(crate) fn aborted() -> Self {
        Self::own(ABORTED)
    }

    /// This account, or this version, has no such operation.
    pub(crate) fn no_operation() -> Self {
        Self::own(NO_OPERATION)
    }

    /// The vendor took a change, and it is not there after reading back.
    pub(crate) fn not_applied() -> Self {
        Self::own(NOT_APPLIED)
    }

    fn own(kind: &str) -> Self {
        Self::from_problem(Problem { kind: kind.to_owned(), ..Problem::default() })
    }

    /// What happened and what to do, for a person. Our own kinds have no sentence in them: the words may come later
    /// than the failure.
    pub(crate) fn sentence(&self) -> &str {
        if !self.problem.detail.is_empty() {
            return &self.problem.detail;
        }
        match self.kind() {
            ABORTED => t("failure.aborted"),
            NETWORK => t("failure.network"),
            NONSENSE => t("failure.nonsense"),
            NO_OPERATION => t("failure.no_operation"),
            NOT_APPLIED => t("failure.not_applied"),
            TIMEOUT => t("failure.timeout"),
            _ if self.problem.title.is_empty() => t("failure.unknown"),
            _ => &self.problem.title,
        }
    }

    /// The stable name of the kind, such as `conflict`.
    pub(crate) fn kind(&self) -> &str {
        &self.problem.kind
    }

    /// HTTP status; 0 when there was no answer.
    pub(crate) fn status(&self) -> u16 {
        self.problem.status
    }

    /// Faults of single fields.
    pub(crate) fn fields(&self) -> &[FieldProblem] {
        &self.problem.fields
    }

    /// The vendor that refused, when one did.
    pub(crate) fn vendor(&self) -> Option<&str> {
        self.problem.vendor.as_deref()
    }

    /// The vendor's own code.
    pub(crate) fn vendor_code(&self) -> Option<&str> {
        self.problem.vendor_code.as_deref()
    }

    /// Ours, to find the request in the record and in logs.
    pub(crate) fn request_id(&self) -> Option<&str> {
        Some(self.problem.request_id.as_str()).filter(|id| !id.is_empty())
    }

    /// The vendor's, to quote to its support.
    pub(crate) fn tracking_id(&self) -> Option<&str> {
        self.problem.tracking_id.as_deref()
    }

    /// When it makes sense to try again: RFC 3339.
    pub(crate) fn retry_at(&self) -> Option<&str> {
        self.problem.retry_at.as_deref()
    }

    /// With `conflict`: what the vendor holds now, and its entity tag.
    pub(crate) fn current(&self) -> Option<(&Value, Option<&str>)> {
        self.problem.current.as_ref().map(|current| (current, self.problem.etag.as_deref()))
    }

    /// Whether somebody else changed the thing in between.
    pub(crate) fn is_conflict(&self) -> bool {
        self.kind() == "conflict"
    }

    /// Whether nobody waits for it: nothing to show.
    pub(crate) fn is_aborted(&self) -> bool {
        self.kind() == ABORTED
    }

    /// Whether there is no session any more.
    pub(crate) fn session_required(&self) -> bool {
        self.kind() == "session_required"
    }

    /// Whether there is one whose password was given too long ago for this.
    pub(crate) fn password_required(&self) -> bool {
        self.kind() == "recent_sign_in_required"
    }

    /// Whether signing in again would help.
    pub(crate) fn needs_sign_in(&self) -> bool {
        self.session_required() || self.password_required()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problem_of_the_proxy_is_said_in_its_own_words() {
        let text = r#"{"type":"about:blank","title":"Refused","status":422,"detail":"Zoom says no.","kind":"vendor_refused",
            "vendor":"zoom","vendor_code":"4130","request_id":"7f3a"}"#;
        let failure = Failure::from_answer(422, text, Some("other".into()), Some("T-1".into()));
        assert_eq!(failure.sentence(), "Zoom says no.");
        assert_eq!((failure.vendor_code(), failure.request_id()), (Some("4130"), Some("7f3a")));
        assert_eq!((failure.tracking_id(), failure.status()), (Some("T-1"), 422));
    }

    #[test]
    fn answer_without_a_problem_is_nonsense_with_the_request_id() {
        for text in ["", "<html>Bad gateway</html>", "{}", "[1]", "null"] {
            let failure = Failure::from_answer(502, text, Some("7f3a".into()), None);
            assert_eq!((failure.kind(), failure.request_id()), (NONSENSE, Some("7f3a")), "{text}");
            assert!(!failure.sentence().is_empty());
        }
    }

    #[test]
    fn problem_without_a_sentence_still_has_one() {
        let failure = Failure::from_answer(500, r#"{"title":"","status":500,"kind":"internal"}"#, None, None);
        assert!(failure.sentence().ends_with('.'));
        assert_eq!(failure.request_id(), None);
    }
}
