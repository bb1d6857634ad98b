//! Which language a request is answered in: the one that its address names, else what the browser accepts. From here on
//! down, and in what is spawned [`with`] it, our words are of that language. Must not know the words.

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::Response;
use roomkey_schema::Language;

use crate::app::App;

/// Names the language in an address, where no header can be sent along: a link to a file.
pub const PARAM: &str = "lang";

/// What words are taken from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tongue {
    /// A language.
    Said(Language),
    /// None yet: what is kept is said by whoever shows it.
    Unsaid,
}

tokio::task_local! {
    static SPOKEN: Tongue;
}

/// What words are taken from just now; English where nobody has said.
pub fn spoken() -> Tongue {
    SPOKEN.try_with(|tongue| *tongue).unwrap_or(Tongue::Said(Language::En))
}

/// The language of whoever reads the answer.
pub fn reader() -> Language {
    match spoken() {
        Tongue::Said(language) => language,
        Tongue::Unsaid => Language::En,
    }
}

/// Goes on in that tongue.
pub async fn with<F: Future>(tongue: Tongue, work: F) -> F::Output {
    SPOKEN.scope(tongue, work).await
}

/// The same, for work that waits for nobody: on a thread of its own, nobody has said a language.
pub fn within<T>(tongue: Tongue, work: impl FnOnce() -> T) -> T {
    SPOKEN.sync_scope(tongue, work)
}

/// Finds the language and says on the answer which it is.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let below_api = path.strip_prefix("/api/");
    let is_ours = below_api.is_some() || path == "/api" || path.starts_with("/auth/");
    let of_vendor =
        below_api.and_then(|rest| rest.split('/').next()).is_some_and(|name| app.vendors.contains_key(name));
    let language = if of_vendor { None } else { named(request.uri()) };
    let language = language.unwrap_or_else(|| accepted(&request));
    let mut response = with(Tongue::Said(language), next.run(request)).await;
    let headers = response.headers_mut();
    let is_problem = headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    // What a vendor answers is in whatever language it is; a form's address names its content.
    let is_fixed = headers.get(CACHE_CONTROL).is_some_and(|how| how.as_bytes().ends_with(b"immutable"));
    if is_problem || (is_ours && !of_vendor && headers.contains_key(CONTENT_TYPE)) {
        if !headers.contains_key(CONTENT_LANGUAGE) {
            headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.as_str()));
        }
        if !is_fixed {
            headers.append(VARY, HeaderValue::from_static("accept-language"));
        }
    }
    response
}

fn named(uri: &Uri) -> Option<Language> {
    let mut pairs = form_urlencoded::parse(uri.query()?.as_bytes());
    pairs.find(|(name, _)| name == PARAM).and_then(|(_, tag)| Language::of_tag(&tag))
}

fn accepted(request: &Request) -> Language {
    let all = request.headers().get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    Language::accepted(&all.collect::<Vec<_>>().join(","))
}
