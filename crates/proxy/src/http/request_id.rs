//! Gives every request an id of ours. A caller's own id is not taken over: it would end up in the record.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;
use crate::audit::chain::hex;
use crate::random::bytes;

/// The header that carries it.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// 128 random bits in hexadecimal.
#[derive(Clone, Debug)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The id of a request that passed the layer.
    pub fn of<T>(request: &axum::http::Request<T>) -> Self {
        request.extensions().get().cloned().unwrap_or_else(Self::unknown)
    }

    /// For work that no request asks for, such as a job.
    pub fn named(name: &str) -> Self {
        Self(name.into())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn unknown() -> Self {
        Self("00000000000000000000000000000000".into())
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().cloned().unwrap_or_else(Self::unknown))
    }
}

/// Makes the id and puts it on the answer.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = bytes::<16>(&*app.random).map_or_else(|_| RequestId::unknown(), |bytes| RequestId(hex(&bytes).into()));
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
