//! Security headers, on every answer of every status. Must not depend on what the answer is, but for what pages of other
//! origins may do with it, which is said by whoever makes it.

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const EMBEDDER: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=(), \
     xr-spatial-tracking=()";

/// Two years, as the preload list wants it.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// What pages of other origins may do with an answer. Whoever makes the answer says so by putting this among its
/// extensions; what says nothing is closed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Reach {
    /// Nothing.
    #[default]
    Closed,
    /// Show it in a frame, if their origin is on the list: the console below `/embed`.
    Framed,
    /// Run it as a script: `/embed.js`, which knows nothing and asks for nothing.
    Script,
    /// Stay able to be told something by it: the sign-in window.
    Window,
}

/// The headers, made once.
#[derive(Clone, Debug)]
pub struct SecurityHeaders {
    closed: HeaderMap,
    framed: HeaderMap,
    script: HeaderMap,
    window: HeaderMap,
}

impl SecurityHeaders {
    /// `script_hashes` are the `sha256-…` sources of the inline scripts that the page shell carries, `ancestors` the
    /// origins whose pages may frame what may be framed.
    pub fn new(script_hashes: &[String], ancestors: &[String], over_tls: bool) -> Self {
        let policy = |ancestors: &str| policy(script_hashes, ancestors);
        let mut closed = HeaderMap::new();
        insert(&mut closed, CONTENT_SECURITY_POLICY, &policy("'none'"));
        insert(&mut closed, HeaderName::from_static("x-content-type-options"), "nosniff");
        insert(&mut closed, REFERRER_POLICY, "no-referrer");
        insert(&mut closed, OPENER, "same-origin");
        insert(&mut closed, RESOURCE, "same-origin");
        insert(&mut closed, HeaderName::from_static("permissions-policy"), PERMISSIONS);
        if over_tls {
            insert(&mut closed, STRICT_TRANSPORT_SECURITY, HSTS);
        }
        let (mut framed, mut script, mut window) = (closed.clone(), closed.clone(), closed.clone());
        if !ancestors.is_empty() {
            insert(&mut framed, CONTENT_SECURITY_POLICY, &policy(&ancestors.join(" ")));
            // A portal that isolates itself (`Cross-Origin-Embedder-Policy: require-corp`) may only frame documents that
            // do so too, and only those that say that they may be embedded across origins. The document is the page
            // shell, the same for everybody: there is nothing in it to keep from anybody.
            insert(&mut framed, RESOURCE, "cross-origin");
            insert(&mut framed, EMBEDDER, "require-corp");
            // Browsers do not take a new policy from a 304, so that an origin that was taken off the list would go on
            // framing the copy that the browser has kept.
            insert(&mut framed, CACHE_CONTROL, "no-store");
            // A script element of another origin is refused what says `same-origin`.
            insert(&mut script, RESOURCE, "cross-origin");
            // With any other value the browser cuts a window off its opener, and the window could not hand its code to the
            // frame. What an opener can do to a window it can do without us: close it, or lead it elsewhere. It reads
            // nothing, the window listens to nobody, and what it says it says to our own origin only.
            insert(&mut window, OPENER, "unsafe-none");
        }
        Self { closed, framed, script, window }
    }

    /// Name and value of each, for an answer that is closed.
    pub fn iter(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.closed.iter()
    }

    fn of(&self, reach: Reach) -> &HeaderMap {
        match reach {
            Reach::Closed => &self.closed,
            Reach::Framed => &self.framed,
            Reach::Script => &self.script,
            Reach::Window => &self.window,
        }
    }
}

fn policy(script_hashes: &[String], ancestors: &str) -> String {
    let scripts = script_hashes.iter().fold(String::new(), |sources, hash| sources + " '" + hash + "'");
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Puts them on the answer; what comes from the API is never stored unless its handler said otherwise.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_private = path.starts_with("/api") || path.starts_with("/auth");
    let is_auth = path.starts_with("/auth/");
    let mut response = next.run(request).await;
    let reach = reach(is_auth, &response);
    let headers = response.headers_mut();
    for (name, value) in app.security_headers.of(reach) {
        headers.insert(name.clone(), value.clone());
    }
    if is_private && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// What others may do with an answer. Signing in may lead through another site and back: a redirect is no document that an
/// opener could reach, and with another value the sign-in window would lose its opener on the way.
fn reach(is_auth: bool, response: &Response) -> Reach {
    if is_auth && response.status().is_redirection() && response.status() != StatusCode::NOT_MODIFIED {
        return Reach::Window;
    }
    response.extensions().get::<Reach>().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    #[test]
    fn what_says_nothing_is_closed_but_a_redirect_on_the_way_of_signing_in() {
        let of = |is_auth, status: StatusCode| reach(is_auth, &status.into_response());
        assert_eq!(of(true, StatusCode::SEE_OTHER), Reach::Window);
        assert_eq!(of(true, StatusCode::OK), Reach::Closed);
        assert_eq!(of(true, StatusCode::NOT_MODIFIED), Reach::Closed);
        assert_eq!(of(false, StatusCode::SEE_OTHER), Reach::Closed);
        let mut framed = StatusCode::OK.into_response();
        framed.extensions_mut().insert(Reach::Framed);
        assert_eq!(reach(false, &framed), Reach::Framed);
    }
}
