//! Webex over XML: one address, an envelope with who asks, and a service that it is for.
//! Must not answer for single services: those are in `services/`. People and rooms are those of `webex`.

mod accounts;
mod errors;
mod in_flight;
mod read;
mod redact;
mod request;
mod services;
mod write;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::header::ALLOW;
use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::clock::Timestamp;
use crate::message::{Asked, Reply};
use crate::vendor::{Hold, Mutation, Vendor};
use crate::webex::limits::Limits;
use crate::webex::{Shared, Tokens, Webex, held};
use accounts::Accounts;
use errors::XmlError;
use in_flight::InFlight;
use request::Request;
use services::{Call, Service};
use write::Answer;

const NAME: &str = "webex_xml";
/// The one address stands below it, so that `XMLService/SetUser` can name what a request is for.
const BASE: &str = "/webex-xml/WBXService";
const PATH: &str = "/webex-xml/WBXService/XMLService";
const MEDIA_TYPES: [&str; 3] = ["application/x-www-form-urlencoded", "application/xml", "text/xml"];
/// Calls that the site takes in a minute. The real number is not public.
const CALLS_A_MINUTE: u64 = 600;

pub(crate) struct WebexXml {
    seed: u64,
    state: Shared,
    tokens: Arc<Tokens>,
    accounts: Mutex<Accounts>,
    /// Services that were told not to respond.
    silent: Mutex<BTreeSet<String>>,
    limits: Limits,
    in_flight: InFlight,
}

impl WebexXml {
    /// The same organisation over the other API.
    pub(crate) fn beside(webex: &Webex, seed: u64, limits: bool) -> Self {
        let (state, tokens) = webex.shared();
        Self {
            seed,
            state,
            tokens,
            accounts: Mutex::new(Accounts::new(seed)),
            silent: Mutex::default(),
            limits: Limits::new(limits, CALLS_A_MINUTE),
            in_flight: InFlight::default(),
        }
    }

    fn accounts(&self) -> MutexGuard<'_, Accounts> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn silent(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.silent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The way of one request, in order.
    fn handle(&self, asked: &Asked, now: Timestamp, effect: bool) -> Result<Answer, XmlError> {
        let request = Request::read(&asked.body)?;
        let service =
            Service::from_kind(&request.kind).ok_or_else(|| XmlError::UnknownService(request.kind.clone()))?;
        self.limits.take(now).map_err(XmlError::TooMany)?;
        if self.silent().contains(service.name()) {
            return Err(XmlError::NotResponding(service.name()));
        }
        // Held to the end: what an administrator has done so far must not be counted twice.
        let mut accounts = self.accounts();
        let mut state = held(&self.state);
        let administrator = accounts.sign_in(&request.context, &state, &self.tokens, now)?;
        if service == Service::SetUser {
            accounts.pass_wall(administrator, now)?;
        }
        let mut call = Call { state: &mut state, accounts: &mut accounts, administrator, now, effect };
        let answer = service.answer(&mut call, &request.inner)?;
        if service == Service::SetUser {
            accounts.count(administrator, now);
        }
        Ok(answer)
    }
}

impl Vendor for WebexXml {
    fn name(&self) -> &'static str {
        NAME
    }

    fn mount(&self) -> &'static str {
        "/webex-xml"
    }

    fn base(&self) -> &'static str {
        BASE
    }

    fn hold(&self, _: &Asked) -> Result<Option<Hold>, Reply> {
        if !self.limits.is_on() {
            return Ok(None);
        }
        let place = self.in_flight.ask().ok_or_else(|| write::reply(self.seed, Err(XmlError::Busy)))?;
        Ok(Some(Box::new(place)))
    }

    fn service(&self, asked: &Asked) -> Option<String> {
        Some(Request::read(&asked.body).ok()?.service().to_owned())
    }

    fn told_body(&self, asked: &Asked) -> Option<Value> {
        Some(redact::told(&asked.body))
    }

    fn wall(&self, after: Option<u64>) {
        self.accounts().set_wall(after);
    }

    fn answer(&self, asked: &Asked, now: Timestamp, effect: bool) -> Reply {
        if asked.path != PATH {
            return Reply::text(StatusCode::NOT_FOUND, "text/plain", "There is nothing at this address.".to_owned());
        }
        if asked.method != Method::POST {
            let sentence = "XML is wanted with POST.".to_owned();
            return Reply::text(StatusCode::METHOD_NOT_ALLOWED, "text/plain", sentence).with(ALLOW, "POST".to_owned());
        }
        let media_type = asked.media_type();
        if !media_type.is_empty() && !MEDIA_TYPES.iter().any(|known| media_type.eq_ignore_ascii_case(known)) {
            let sentence = "The content type text/xml is wanted.".to_owned();
            return Reply::text(StatusCode::UNSUPPORTED_MEDIA_TYPE, "text/plain", sentence);
        }
        write::reply(self.seed, self.handle(asked, now, effect))
    }

    fn seal(&self, _: &mut Reply) {}

    fn expire_tokens(&self) {
        self.accounts().end_tickets();
    }

    /// Session tickets stay, as other vendors' tokens do. People and rooms are put back by `webex`.
    fn reset(&self) {
        self.accounts().reset();
        self.silent().clear();
        self.limits.reset();
    }

    /// `services/{name}` with `{"responding": false}` lets a service stop responding.
    fn mutate(&self, mutation: &Mutation<'_>) -> Result<(), String> {
        let path = mutation.path.trim_start_matches('/');
        let name = path.strip_prefix("services/").and_then(Service::from_name);
        let name = name.ok_or_else(|| format!("Nothing is held at {path:?}."))?.name();
        let responding = mutation.patch.get("responding").and_then(Value::as_bool);
        if responding.ok_or("{\"responding\": true or false} is wanted.")? {
            self.silent().remove(name);
        } else {
            self.silent().insert(name.to_owned());
        }
        Ok(())
    }
}
