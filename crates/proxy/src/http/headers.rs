//! Security headers, on every answer of every status. Must not depend on what the answer is.

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=(), \
     xr-spatial-tracking=()";

/// Two years, as the preload list wants it.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// The headers, made once.
#[derive(Clone, Debug)]
pub struct SecurityHeaders(HeaderMap);

impl SecurityHeaders {
    /// `script_hashes` are the `sha256-…` sources of the inline scripts that the page shell carries.
    pub fn new(script_hashes: &[String], over_tls: bool) -> Self {
        let scripts = script_hashes.iter().fold(String::new(), |sources, hash| sources + " '" + hash + "'");
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; img-src 'self' \
             data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        let mut headers = HeaderMap::new();
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        let mut fixed = |name: HeaderName, value: &'static str| {
            headers.insert(name, HeaderValue::from_static(value));
        };
        fixed(HeaderName::from_static("x-content-type-options"), "nosniff");
        fixed(REFERRER_POLICY, "no-referrer");
        fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
        fixed(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
        fixed(HeaderName::from_static("permissions-policy"), PERMISSIONS);
        if over_tls {
            fixed(STRICT_TRANSPORT_SECURITY, HSTS);
        }
        Self(headers)
    }

    /// Name and value of each.
    pub fn iter(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.0.iter()
    }
}

/// Puts them on the answer; what comes from the API is never stored unless its handler said otherwise.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_private = path.starts_with("/api") || path.starts_with("/auth");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in app.security_headers.iter() {
        headers.insert(name.clone(), value.clone());
    }
    if is_private && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
