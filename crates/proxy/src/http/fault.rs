//! Everything that can go wrong with a request, as a value that travels up to the one place that answers with it
//! (`problem`). Holds the cause for the log; must not show it to the person.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use roomkey_schema::wire::FieldProblem;
use serde_json::Value;

use crate::clock::UnixMs;

/// Our stable names of problems.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "each is described by its words in problems.en.json")]
pub enum Kind {
    BadRequest,
    Validation,
    SessionRequired,
    SignInFailed,
    SignInThrottled,
    RecentSignInRequired,
    Forbidden,
    Csrf,
    NotFound,
    MethodNotAllowed,
    Conflict,
    TooLarge,
    UnsupportedMediaType,
    TableUnreadable,
    JobState,
    UndoRefused,
    VendorRefused,
    VendorRateLimited,
    VendorFailed,
    VendorTimeout,
    VendorUnreachable,
    VendorCredentials,
    RecordUnavailable,
    RevealLimit,
    Busy,
    Internal,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 26] = [
        Self::BadRequest,
        Self::Validation,
        Self::SessionRequired,
        Self::SignInFailed,
        Self::SignInThrottled,
        Self::RecentSignInRequired,
        Self::Forbidden,
        Self::Csrf,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::TableUnreadable,
        Self::JobState,
        Self::UndoRefused,
        Self::VendorRefused,
        Self::VendorRateLimited,
        Self::VendorFailed,
        Self::VendorTimeout,
        Self::VendorUnreachable,
        Self::VendorCredentials,
        Self::RecordUnavailable,
        Self::RevealLimit,
        Self::Busy,
        Self::Internal,
    ];

    /// The name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "bad_request",
            Self::Validation => "validation",
            Self::SessionRequired => "session_required",
            Self::SignInFailed => "sign_in_failed",
            Self::SignInThrottled => "sign_in_throttled",
            Self::RecentSignInRequired => "recent_sign_in_required",
            Self::Forbidden => "forbidden",
            Self::Csrf => "csrf",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Conflict => "conflict",
            Self::TooLarge => "too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::TableUnreadable => "table_unreadable",
            Self::JobState => "job_state",
            Self::UndoRefused => "undo_refused",
            Self::VendorRefused => "vendor_refused",
            Self::VendorRateLimited => "vendor_rate_limited",
            Self::VendorFailed => "vendor_failed",
            Self::VendorTimeout => "vendor_timeout",
            Self::VendorUnreachable => "vendor_unreachable",
            Self::VendorCredentials => "vendor_credentials",
            Self::RecordUnavailable => "record_unavailable",
            Self::RevealLimit => "reveal_limit",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }

    /// The status that goes with it.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest | Self::Validation => StatusCode::BAD_REQUEST,
            Self::SessionRequired | Self::SignInFailed => StatusCode::UNAUTHORIZED,
            Self::RecentSignInRequired | Self::Forbidden | Self::Csrf => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TableUnreadable | Self::VendorRefused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::JobState | Self::UndoRefused => StatusCode::CONFLICT,
            Self::SignInThrottled | Self::VendorRateLimited | Self::RevealLimit => StatusCode::TOO_MANY_REQUESTS,
            Self::VendorFailed => StatusCode::BAD_GATEWAY,
            Self::VendorTimeout => StatusCode::GATEWAY_TIMEOUT,
            Self::VendorUnreachable | Self::VendorCredentials | Self::RecordUnavailable | Self::Busy => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// One failure of one request.
#[derive(Clone, Debug)]
pub struct Fault(Box<Parts>);

/// What a fault holds.
#[derive(Clone, Debug)]
pub struct Parts {
    /// What kind it is.
    pub kind: Kind,
    /// Usually the kind's own.
    pub status: StatusCode,
    /// A sentence; the kind's own when there is none.
    pub detail: Option<String>,
    /// Which vendor said so.
    pub vendor: Option<String>,
    /// The vendor's code.
    pub vendor_code: Option<String>,
    /// Faults of single fields.
    pub fields: Vec<FieldProblem>,
    /// The vendor's tracking id.
    pub tracking_id: Option<String>,
    /// When to try again.
    pub retry_at_ms: Option<UnixMs>,
    /// What the vendor holds now, redacted, with its entity tag.
    pub current: Option<(Value, String)>,
    /// Methods that would have worked.
    pub allow: Option<String>,
    /// For the log only.
    pub cause: Option<String>,
}

impl Fault {
    /// A fault that says what its kind says.
    pub fn new(kind: Kind) -> Self {
        Self(Box::new(Parts {
            kind,
            status: kind.status(),
            detail: None,
            vendor: None,
            vendor_code: None,
            fields: Vec::new(),
            tracking_id: None,
            retry_at_ms: None,
            current: None,
            allow: None,
            cause: None,
        }))
    }

    /// Something of ours failed; the cause goes to the log.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        Self::new(Kind::Internal).cause(cause)
    }

    /// With a sentence of its own.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// With a cause for the log.
    #[must_use]
    pub fn cause(mut self, cause: &dyn std::fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// With a time to try again.
    #[must_use]
    pub fn retry_at(mut self, at_ms: UnixMs) -> Self {
        self.0.retry_at_ms = Some(at_ms);
        self
    }

    /// With faults of single fields.
    #[must_use]
    pub fn fields(mut self, fields: Vec<FieldProblem>) -> Self {
        self.0.fields = fields;
        self
    }

    /// With whatever else.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Parts)) -> Self {
        change(&mut self.0);
        self
    }

    /// What it holds.
    pub fn parts(&self) -> &Parts {
        &self.0
    }
}

/// Leaves a mark that the problem layer turns into the answer.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
