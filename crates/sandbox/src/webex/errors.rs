//! The refusals of Webex REST: status, sentence and body, in one place.
//! Must not decide when they are due. Statuses are the vendor's, sentences are worded here.

use axum::http::StatusCode;
use axum::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use serde_json::{Value, json};

use crate::message::Reply;

/// How long a locked room asks to be left alone.
const LOCKED_SECONDS: u64 = 5;

/// Why a request is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WebexError {
    #[error("A valid access token is wanted in the Authorization header.")]
    Token,
    #[error("The client id or the client secret is wrong.")]
    WrongClient,
    #[error("The grant type has to be authorization_code or refresh_token.")]
    WrongGrant,
    #[error("The refresh token or the authorization code is wrong.")]
    WrongGrantToken,
    #[error("There is nothing at this address.")]
    UnknownEndpoint,
    #[error("This address is not used with this method.")]
    WrongMethod(String),
    #[error("The content type {0} is wanted.")]
    MediaType(&'static str),
    #[error("The body is not a JSON object.")]
    Body,
    #[error("The body does not fit.")]
    Misfit(Vec<String>),
    #[error("The parameter {0} is not valid.")]
    Parameter(&'static str),
    #[error("There is no site {0}.")]
    UnknownSite(String),
    #[error("There is no person {0}.")]
    NoSuchPerson(String),
    #[error("{0} has no Webex account.")]
    NotOnWebex(String),
    #[error("{email} is not on the site {site}.")]
    NotOnSite { email: String, site: &'static str },
    #[error("The room is locked for the moment.")]
    Locked,
    #[error("Too many requests were made; there is room again in {0} seconds.")]
    TooMany(u64),
}

impl WebexError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Token | Self::WrongClient => StatusCode::UNAUTHORIZED,
            Self::WrongGrant
            | Self::WrongGrantToken
            | Self::Body
            | Self::Misfit(_)
            | Self::Parameter(_)
            | Self::UnknownSite(_) => StatusCode::BAD_REQUEST,
            Self::UnknownEndpoint | Self::NoSuchPerson(_) | Self::NotOnWebex(_) | Self::NotOnSite { .. } => {
                StatusCode::NOT_FOUND
            }
            Self::WrongMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Locked => StatusCode::LOCKED,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    pub(super) fn reply(&self, tracking: &str) -> Reply {
        let message = self.to_string();
        let descriptions = match self {
            Self::Misfit(descriptions) => descriptions.clone(),
            _ => vec![message.clone()],
        };
        let errors: Vec<Value> = descriptions.iter().map(|one| json!({"description": one})).collect();
        let body = json!({"message": message, "errors": errors, "trackingId": tracking});
        let reply = Reply::json(self.status(), &body);
        match self {
            Self::Token => reply.with(WWW_AUTHENTICATE, "Bearer realm=\"webex\"".to_owned()),
            Self::WrongMethod(allowed) => reply.with(ALLOW, allowed.clone()),
            // Webex writes seconds here, not a date.
            Self::Locked => reply.with(RETRY_AFTER, LOCKED_SECONDS.to_string()),
            Self::TooMany(seconds) => reply.with(RETRY_AFTER, seconds.to_string()),
            _ => reply,
        }
    }
}
