//! `/auth/oidc`: to the provider and back, and the provider's notices that somebody has signed out there. Whatever goes wrong
//! on the way leads to the sign-in page, which says so; nobody is left with a bare answer.

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use roomkey_schema::session::Way;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::audit::Entry;
use crate::audit::chain::hex;
use crate::audit::entry::Kind as EntryKind;
use crate::auth::admit::admit;
use crate::auth::federated::{self, Unknown};
use crate::auth::oidc::finish::Returned;
use crate::auth::oidc::flow::{self, Flow};
use crate::auth::oidc::logout::REMEMBERED_MS;
use crate::auth::oidc::{Provider, Refusal, Refused};
use crate::auth::session::{Begin, SignedIn};
use crate::auth::whence::Whence;
use crate::auth::{cookie, return_to};
use crate::http::body;
use crate::http::csrf::{FORM, has_type};
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::store::identities::Ended;

/// The page that says what went wrong.
const SIGN_IN: &str = "/sign-in";
/// Largest notice.
const LARGEST_NOTICE: usize = 16 * 1024;

/// `GET /auth/oidc?to=PLACE&prove=1`: sends the browser to the provider, which asks the person again with `prove`.
pub async fn begin(
    State(app): State<App>,
    id: RequestId,
    before: Result<SignedIn, Fault>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let provider = app.provider.as_ref().ok_or_else(|| Fault::new(Kind::NotFound))?;
    let query = query.unwrap_or_default();
    let to = return_to::place(only(&query, "to").as_deref()).to_owned();
    let prove = only(&query, "prove").as_deref() == Some("1");
    let no_random = || Refused::new(Refusal::Busy, "there are no random bytes");
    let begun = async {
        let flow = Flow::begin(&app, &to, prove, before.ok().map(|before| before.id_hash)).ok_or_else(no_random)?;
        let address = provider.begin(&flow).await?;
        let cookie = flow.keep(&app).ok_or_else(no_random)?;
        Ok((address, cookie))
    };
    Ok(match begun.await {
        Ok((address, cookie)) => go(&address, [Some(cookie), None]),
        Err(refused) => explain(&refused, &to, &id, None),
    })
}

/// `GET /auth/oidc/callback`: back from the provider, on to where the person wanted to go.
pub async fn callback(
    State(app): State<App>,
    id: RequestId,
    whence: Whence,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let provider = app.provider.as_ref().ok_or_else(|| Fault::new(Kind::NotFound))?;
    let query = query.unwrap_or_default();
    let state = only(&query, "state").unwrap_or_default();
    let Some(flow) = Flow::find(&app, &headers, &state) else {
        let refused = Refused::new(Refusal::Stale, "this browser did not begin it, or too long ago");
        return Ok(explain(&refused, return_to::place(None), &id, flow::forget(&state)));
    };
    Ok(match arrive(&app, provider, &flow, &query, whence, &id).await {
        Ok(session) => go(&flow.to, [Some(session), flow::forget(&state)]),
        Err(refused) => explain(&refused, &flow.to, &id, flow::forget(&state)),
    })
}

/// The steps after the state has been found to be this browser's own; answers the session's cookie.
async fn arrive(
    app: &App,
    provider: &Provider,
    flow: &Flow,
    query: &str,
    whence: Whence,
    id: &RequestId,
) -> Result<String, Refused> {
    let busy = |error: &dyn std::fmt::Display| Refused::new(Refusal::Busy, error);
    let now_ms = app.clock.now_ms();
    // One answer for each journey, whoever else may have seen it.
    let key = format!("oidc:{}", hex(&Sha256::digest(flow.state.as_bytes())));
    let until_ms = flow.begun_ms + flow::KEPT_MS;
    let is_first = app.store.identities().spend(&key, until_ms, now_ms).await.map_err(|error| busy(&error))?;
    if !is_first {
        return Err(Refused::new(Refusal::Stale, "it has come back before"));
    }
    let returned = Returned { code: only(query, "code"), error: only(query, "error"), issuer: only(query, "iss") };
    let arrived = match provider.finish(flow, &returned, now_ms).await {
        Ok(arrived) => arrived,
        Err(refused) => {
            federated::refused(app, &format!("(somebody from {})", provider.issuer()), id).await;
            return Err(refused);
        }
    };
    let known = federated::account(app, &arrived.vouched, id).await.map_err(|unknown| match unknown {
        Unknown::NoRole => Refused::new(Refusal::NoRole, "no rule of [[roles]] fits"),
        Unknown::Store(error) => busy(&error),
    })?;
    let begin = Begin {
        name: known.name,
        way: Way::Provider,
        proven_ms: arrived.proven_ms,
        whence,
        provider_session: arrived.session,
    };
    let session = admit(app, begin, known.role, flow.before(), id).await.map_err(|fault| {
        Refused::new(Refusal::Busy, fault.parts().cause.as_deref().unwrap_or("it cannot be written down"))
    })?;
    Ok(cookie::set(&session))
}

/// `POST /auth/oidc/backchannel-logout`: the provider's notice that somebody has signed out there. It brings no cookie and
/// needs none: it is signed.
pub async fn backchannel_logout(
    State(app): State<App>,
    id: RequestId,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Fault> {
    let provider = app.provider.as_ref().ok_or_else(|| Fault::new(Kind::NotFound))?;
    if !has_type(&headers, FORM) {
        return Err(Fault::new(Kind::UnsupportedMediaType));
    }
    let body = body::read(&app, body, LARGEST_NOTICE).await?;
    let no = |cause: &dyn std::fmt::Display| Fault::new(Kind::BadRequest).cause(cause);
    let busy = |error: &dyn std::fmt::Display| Fault::new(Kind::Busy).cause(error);
    let form = std::str::from_utf8(&body).map_err(|error| no(&error))?;
    let token = only(form, "logout_token").ok_or_else(|| no(&"there is no logout_token in it"))?;
    let now_ms = app.clock.now_ms();
    let notice = provider.notice(&token, now_ms).await.map_err(|cause| no(&cause))?;
    let key = format!("logout:{}", hex(&Sha256::digest(notice.id.as_bytes())));
    let people = app.store.identities();
    if !people.spend(&key, now_ms + REMEMBERED_MS, now_ms).await.map_err(|error| busy(&error))? {
        return Err(no(&"it has been sent before"));
    }
    let (subject, session) = (notice.subject.as_deref(), notice.session.as_deref());
    let ended = Ended { issuer: provider.issuer(), subject, session };
    for (name, public_id) in people.end_provider_sessions(ended).await.map_err(|error| busy(&error))? {
        let actor = format!("(notice from {})", provider.issuer());
        let mut entry = Entry::new(EntryKind::SessionEnded, app.recorder.now(), &actor, None, id.as_str());
        entry.objects.extend([("account".to_owned(), name), ("session".to_owned(), public_id)]);
        if let Err(error) = app.recorder.append(&entry).await {
            tracing::error!(%error, "the end of a session could not be recorded");
        }
    }
    Ok(StatusCode::OK)
}

/// Sends the browser somewhere, with these cookies. 303, so that nothing is sent along.
fn go(address: &str, cookies: [Option<String>; 2]) -> Response {
    let Ok(address) = HeaderValue::from_str(address) else {
        return Fault::internal(&"an address cannot be put into a header").into_response();
    };
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response();
    for cookie in cookies.into_iter().flatten().filter_map(|cookie| HeaderValue::from_str(&cookie).ok()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// To the sign-in page, which knows a sentence for each refusal. The cause is for the log.
fn explain(refused: &Refused, to: &str, id: &RequestId, forget: Option<String>) -> Response {
    let (problem, cause) = (refused.refusal.as_str(), &refused.cause);
    tracing::warn!(request_id = id.as_str(), problem, cause, "somebody was not signed in by the OpenID provider");
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("problem", problem).append_pair("id", id.as_str());
    if to != return_to::place(None) {
        query.append_pair("to", to);
    }
    go(&format!("{SIGN_IN}?{}", query.finish()), [forget, None])
}

/// The parameter of that name, when it is there exactly once.
fn only(query: &str, name: &str) -> Option<String> {
    let mut found = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
    match (found.next(), found.next()) {
        (Some((_, value)), None) => Some(value.into_owned()),
        _ => None,
    }
}
