//! Zoom's refusals: HTTP status, code and message, in one place.
//! Must not decide when they are due. Codes are the vendor's; messages are worded here (`docs/sandbox-differences.md`).

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderName, StatusCode};
use serde_json::{Value, json};

use super::limits::Refusal;
use super::rules::Rule;
use crate::clock::Timestamp;
use crate::message::Reply;

/// Why a request is refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum ZoomError {
    #[error("Invalid access token.")]
    TokenMissing,
    #[error("Invalid access token.")]
    TokenInvalid,
    #[error("Access token is expired.")]
    TokenExpired,
    #[error("Validation Failed.")]
    Misfit(Vec<String>),
    #[error("Invalid field.")]
    DivisionMisfit(Vec<String>),
    #[error("Invalid parameter: {0}.")]
    Parameter(&'static str),
    #[error("The request body should be a valid JSON object.")]
    Body,
    #[error("The next page token is invalid or expired.")]
    PageToken,
    #[error("User does not exist: {0}.")]
    NoSuchUser(String),
    #[error("A group with this {0} does not exist.")]
    NoSuchGroup(String),
    #[error("Group member does not exist.")]
    NoSuchMember,
    #[error("Group name {0:?} is already in use.")]
    NameInUse(String),
    #[error("Group {0} does not belong to this account.")]
    ForeignGroup(String),
    #[error("This user is not an administrator of the group {0}.")]
    NotAnAdmin(String),
    #[error("This API endpoint is not recognized.")]
    UnknownEndpoint,
    #[error("{}", .0.sentence())]
    TooMany(Refusal),
    #[error("Too many concurrent requests.")]
    Concurrent,
    #[error("This was done too often; it can be done again at {0}.")]
    TooOften(Timestamp),
    #[error(transparent)]
    Rule(#[from] Rule),
}

impl ZoomError {
    fn code(&self) -> (StatusCode, u32) {
        match self {
            Self::TokenMissing | Self::TokenInvalid | Self::TokenExpired => (StatusCode::UNAUTHORIZED, 124),
            Self::Misfit(_) | Self::Parameter(_) | Self::Body | Self::PageToken => (StatusCode::BAD_REQUEST, 300),
            Self::DivisionMisfit(_) => (StatusCode::BAD_REQUEST, 40_005),
            Self::NoSuchUser(_) => (StatusCode::NOT_FOUND, 1001),
            Self::ForeignGroup(_) => (StatusCode::BAD_REQUEST, 1010),
            Self::NoSuchGroup(_) => (StatusCode::NOT_FOUND, 4130),
            Self::NoSuchMember => (StatusCode::NOT_FOUND, 4131),
            Self::NameInUse(_) => (StatusCode::CONFLICT, 4132),
            Self::NotAnAdmin(_) => (StatusCode::BAD_REQUEST, 4138),
            Self::UnknownEndpoint => (StatusCode::NOT_FOUND, 2300),
            Self::TooMany(_) | Self::Concurrent | Self::TooOften(_) => (StatusCode::TOO_MANY_REQUESTS, 429),
            Self::Rule(rule) => rule.code(),
        }
    }

    /// The divisions have words of their own for tokens, whichever kind of token it is.
    #[must_use]
    pub(super) fn of_divisions(self) -> Self {
        match self {
            Self::TokenMissing => Rule::DivisionTokenMissing.into(),
            Self::TokenInvalid | Self::TokenExpired | Self::PageToken => Rule::DivisionTokenInvalid.into(),
            other => other,
        }
    }

    pub(super) fn reply(&self) -> Reply {
        let (status, code) = self.code();
        let mut body = json!({"code": code, "message": self.to_string()});
        if let Self::Misfit(fields) | Self::DivisionMisfit(fields) = self {
            let errors: Vec<Value> =
                fields.iter().map(|field| json!({"field": field, "message": "Invalid field."})).collect();
            body["errors"] = Value::Array(errors);
        }
        let mut reply = Reply::json(status, &body);
        if let Self::TooMany(refusal) = self {
            for (name, value) in refusal.headers() {
                reply = reply.with(HeaderName::from_static(name), value);
            }
            // Zoom writes a date here, not seconds.
            reply = reply.with(RETRY_AFTER, refusal.again_at.to_string());
        }
        if let Self::TooOften(again_at) = self {
            reply = reply.with(RETRY_AFTER, again_at.to_string());
        }
        reply
    }
}
