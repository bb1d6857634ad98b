//! One line in the log and two metrics for each request, by operation. Neither holds a path, a query, a name or an id of
//! a person.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

use super::request_id::RequestId;

/// What a request turned out to be: an operation's id, or the route. Handlers leave it on their answer.
#[derive(Clone, Debug)]
pub struct Route(pub Arc<str>);

/// Times the request.
pub async fn layer(request: Request, next: Next) -> Response {
    let id = RequestId::of(&request);
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().map(|path| Arc::<str>::from(path.as_str()));
    let begun = Instant::now();
    let mut response = next.run(request).await;
    let route = response.extensions_mut().remove::<Route>().map(|route| route.0);
    let route = route.or(matched).unwrap_or_else(|| "console".into());
    let status = response.status().as_u16();
    let elapsed = begun.elapsed();
    tracing::info!(
        request_id = id.as_str(),
        method = method.as_str(),
        route = &*route,
        status,
        elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
        "request"
    );
    let labels = [("route", route.to_string()), ("method", method_label(method.as_str()).to_owned())];
    metrics::histogram!("roomkey_request_seconds", &labels).record(elapsed);
    let counted = [labels[0].clone(), labels[1].clone(), ("status", status.to_string())];
    metrics::counter!("roomkey_requests_total", &counted).increment(1);
    response
}

/// Methods that anybody can make up must not become labels.
fn method_label(method: &str) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].into_iter().find(|known| *known == method).unwrap_or("other")
}
