//! One request to a vendor, from its arrival to its answer: the path that all vendors share.
//! Must not know any vendor's routes or words; the vendor brings those.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use serde_json::{Map, Value};

use crate::Sandbox;
use crate::cut::CutBody;
use crate::faults::{Fault, Strike};
use crate::ledger::Entry;
use crate::message::{Asked, Reply};
use crate::multipart::{Part, parts};
use crate::vendor::Vendor;

/// Above the vendors' own limits for uploads, so that these are the ones that are met.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// How the answer leaves the machine.
enum Delivery {
    Whole(Reply),
    Cut(Reply, usize),
    Never(Strike),
}

/// Answers one request to a vendor; reads from top to bottom.
pub(crate) async fn serve(sandbox: &Sandbox, vendor: &dyn Vendor, request: Request<Body>) -> Response<Body> {
    let mut asked = match read(request).await {
        Ok(asked) => asked,
        Err(reply) => return finish(vendor, reply),
    };
    asked.service = vendor.service(&asked);
    // A place is held for as long as the request is here, hanging or not: that is what "in flight" means.
    let (held, refused) = match vendor.hold(&asked) {
        Ok(held) => (held, None),
        Err(reply) => (None, Some(reply)),
    };
    let strike = match refused {
        None => sandbox.faults.strike(vendor.name(), vendor.base(), &asked),
        Some(_) => None,
    };
    let fault = strike.as_ref().map(|strike| strike.fault.kind());
    let record = |status: Option<StatusCode>| {
        sandbox.ledger.record(&Entry {
            time: sandbox.clock.now().to_string(),
            vendor: vendor.name(),
            method: asked.method.as_str(),
            path: &asked.path,
            query: &asked.query,
            service: asked.service.as_deref(),
            headers: told_headers(&asked.headers, vendor.told_headers(&asked)),
            body: vendor.told_body(&asked).unwrap_or_else(|| told_body(&asked)),
            status: status.map(|status| status.as_u16()),
            fault,
        })
    };
    let mut recorded = false;
    let delivery = match (refused, strike) {
        (Some(reply), _) => Delivery::Whole(reply),
        (None, None) => Delivery::Whole(vendor.answer(&asked, sandbox.clock.now(), true)),
        (None, Some(strike)) => match &strike.fault {
            Fault::Status { status, body, retry_after, headers } => {
                Delivery::Whole(status_reply(*status, body.as_ref(), retry_after.as_deref(), headers))
            }
            Fault::Hang { ms } => {
                let ms = *ms;
                if let Err(problem) = record(None) {
                    return finish(vendor, unrecorded(&problem));
                }
                recorded = true;
                if hang(strike, ms).await {
                    Delivery::Whole(vendor.answer(&asked, sandbox.clock.now(), true))
                } else {
                    Delivery::Whole(lifted())
                }
            }
            Fault::Cut { bytes } => Delivery::Cut(vendor.answer(&asked, sandbox.clock.now(), true), *bytes),
            Fault::ApplyThenHang => {
                vendor.answer(&asked, sandbox.clock.now(), true);
                Delivery::Never(strike)
            }
            Fault::Ignore => Delivery::Whole(vendor.answer(&asked, sandbox.clock.now(), false)),
            Fault::ExpireToken => {
                vendor.expire_tokens();
                Delivery::Whole(vendor.answer(&asked, sandbox.clock.now(), true))
            }
            // The vendor learnt of it when the rules came; it strikes no request by itself.
            Fault::SetuserWall { .. } => Delivery::Whole(vendor.answer(&asked, sandbox.clock.now(), true)),
        },
    };

    let status = match &delivery {
        Delivery::Whole(reply) | Delivery::Cut(reply, _) => Some(reply.status),
        Delivery::Never(_) => None,
    };
    if !recorded && let Err(problem) = record(status) {
        return finish(vendor, unrecorded(&problem));
    }
    let response = match delivery {
        Delivery::Whole(reply) => finish(vendor, reply),
        Delivery::Cut(reply, bytes) => cut(vendor, reply, bytes),
        Delivery::Never(strike) => {
            hang(strike, None).await;
            finish(vendor, lifted())
        }
    };
    drop(held);
    response
}

async fn read(request: Request<Body>) -> Result<Asked, Reply> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| Reply::text(StatusCode::PAYLOAD_TOO_LARGE, "text/plain", "The body is too large.".to_owned()))?;
    let mut asked = Asked {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body,
        parts: Vec::new(),
        service: None,
    };
    if asked.is_multipart() {
        asked.parts = parts(asked.header(&CONTENT_TYPE).unwrap_or_default(), asked.body.clone()).await;
    }
    Ok(asked)
}

/// Waits until the time is over (true: go on) or until the rules were replaced (false: give up).
/// A client that goes away drops this future, and with it the request.
async fn hang(mut strike: Strike, ms: Option<u64>) -> bool {
    let time_is_over = async {
        match ms {
            Some(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = time_is_over => true,
        _ = strike.lifted.changed() => false,
    }
}

fn status_reply(
    status: u16,
    body: Option<&Value>,
    retry_after: Option<&str>,
    headers: &BTreeMap<String, String>,
) -> Reply {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut reply = match body {
        None => Reply::empty(status),
        Some(Value::String(text)) => Reply::text(status, "text/html;charset=UTF-8", text.clone()),
        Some(value) => Reply::json(status, value),
    };
    if let Some(value) = retry_after {
        reply = reply.with(RETRY_AFTER, value.to_owned());
    }
    for (name, value) in headers {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            reply.headers.retain(|(other, _)| *other != name);
            reply = reply.with(name, value.clone());
        }
    }
    reply
}

fn lifted() -> Reply {
    Reply::text(StatusCode::SERVICE_UNAVAILABLE, "text/plain", "The sandbox ended a hang.".to_owned())
}

fn unrecorded(problem: &std::io::Error) -> Reply {
    let sentence = format!("The sandbox could not write its ledger: {problem}.");
    Reply::text(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", sentence)
}

fn finish(vendor: &dyn Vendor, mut reply: Reply) -> Response<Body> {
    vendor.seal(&mut reply);
    dress(reply.status, &reply.headers, Body::from(reply.body))
}

/// The answer announces its whole length and ends after `bytes`. An answer without a body is given one that never
/// comes: without it there would be nothing to cut.
fn cut(vendor: &dyn Vendor, mut reply: Reply, bytes: usize) -> Response<Body> {
    vendor.seal(&mut reply);
    let announced = reply.body.len().max(bytes.min(reply.body.len()) + 1);
    let status = if reply.body.is_empty() { StatusCode::OK } else { reply.status };
    let sent = reply.body.slice(..bytes.min(reply.body.len()));
    reply.headers.push((CONTENT_LENGTH, announced.to_string()));
    dress(status, &reply.headers, Body::new(CutBody::new(sent)))
}

fn dress(status: StatusCode, headers: &[(HeaderName, String)], body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

fn told_headers(headers: &HeaderMap, own: Vec<(&'static str, String)>) -> Value {
    let text =
        |name: &HeaderName| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let mut told = Map::new();
    for name in [CONTENT_TYPE, USER_AGENT] {
        if let Some(value) = text(&name) {
            told.insert(name.to_string(), Value::String(value));
        }
    }
    if let Some(value) = text(&AUTHORIZATION) {
        let scheme = value.split(' ').next().unwrap_or_default().to_owned();
        told.insert(AUTHORIZATION.to_string(), Value::String(scheme));
    }
    told.extend(own.into_iter().map(|(name, value)| (name.to_owned(), Value::String(value))));
    Value::Object(told)
}

fn told_body(asked: &Asked) -> Value {
    let body = &asked.body;
    if body.is_empty() {
        return Value::Null;
    }
    // Files are told by name and size: their bytes would fill the ledger and tell nothing.
    if asked.is_multipart() {
        return asked.parts.iter().map(Part::told).collect();
    }
    serde_json::from_slice(body).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()))
}
