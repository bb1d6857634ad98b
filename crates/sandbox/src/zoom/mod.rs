//! Zoom's users and groups API: sign-in, limits, routing and the way of one request.
//! Must not answer for single operations: those are in `handlers/`.

mod account;
mod call;
mod contact_groups;
mod divisions;
mod errors;
mod handlers;
mod in_flight;
mod limits;
mod mutations;
mod oauth;
mod paging;
mod passwords;
mod person;
mod personal;
mod profile;
mod routes;
mod rules;
mod scheduling;
mod seats;
mod seed;
mod shapes;
mod sheet;
mod side_effects;
mod state;
mod uploads;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderName, Method, StatusCode};
use serde_json::Value;

use crate::clock::Timestamp;
use crate::dice::Dice;
use crate::documents::{DocumentFault, Outcome, Store};
use crate::message::{Asked, Reply};
use crate::shape::Shape;
use crate::vendor::{Hold, Mutation, Vendor};
use call::Call;
use errors::ZoomError;
use in_flight::{Asking, InFlight};
use limits::{Allowance, Limits, Rate};
use oauth::Tokens;
use routes::Route;
use rules::Rule;
use shapes::Shapes;
use state::State;

pub(crate) const NAME: &str = "zoom";
const BASE: &str = "/zoom/v2";
const TOKEN_PATH: &str = "/zoom/oauth/token";

pub(crate) struct Zoom {
    seed: u64,
    people: usize,
    shapes: Shapes,
    state: Mutex<State>,
    store: Store,
    tokens: Tokens,
    limits: Limits,
    in_flight: InFlight,
    answers: AtomicU64,
}

impl Zoom {
    pub(crate) fn new(seed: u64, people: usize, limits: bool, store: Store) -> Result<Self, DocumentFault> {
        let shapes = Shapes::load()?;
        Ok(Self {
            seed,
            people,
            state: Mutex::new(State::new(seed, people)),
            store,
            tokens: Tokens::new(seed, shapes.scope().to_owned()),
            shapes,
            limits: Limits::new(limits),
            in_flight: InFlight::default(),
            answers: AtomicU64::new(0),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The way of one request below the base, in order.
    fn handle(&self, asked: &Asked, now: Timestamp, effect: bool) -> Result<Reply, ZoomError> {
        let path = asked.path.strip_prefix(BASE).ok_or(ZoomError::UnknownEndpoint)?;
        let divisions = path.starts_with("/divisions");
        let own_words = |refusal: ZoomError| if divisions { refusal.of_divisions() } else { refusal };
        self.tokens.check(asked, now).map_err(own_words)?;
        let Some((route, parameters)) = routes::find(&asked.method, path) else {
            return self.handle_document(asked, path, now, effect);
        };
        let allowance = self.take(self.shapes.rate(asked.method.as_str(), route.template), now)?;
        let reply = self.run(asked, route, parameters, now, effect).map_err(own_words);
        let reply = reply.unwrap_or_else(|refusal| refusal.reply());
        Ok(with_allowance(reply, allowance))
    }

    /// Judges the body and calls the handler.
    fn run(
        &self,
        asked: &Asked,
        route: &Route,
        parameters: Vec<String>,
        now: Timestamp,
        effect: bool,
    ) -> Result<Reply, ZoomError> {
        let queries = form_urlencoded::parse(asked.query.as_bytes()).into_owned().collect();
        let mut call = Call {
            parameters,
            queries,
            body: Value::Null,
            parts: &asked.parts,
            now,
            limits: self.limits.is_on(),
            shapes: &self.shapes,
        };
        let method = asked.method.as_str();
        let shape = self.shapes.request(method, route.template, call.query("option"))?;
        if let Some(shape) = shape {
            call.body = judged(asked, shape).map_err(|refusal| match refusal {
                ZoomError::Misfit(fields) if self.shapes.documents(method, route.template, 40_005) => {
                    ZoomError::DivisionMisfit(fields)
                }
                refusal => refusal,
            })?;
        }
        let mut state = self.state();
        if !state.account.paid && self.shapes.documents(method, route.template, 200) {
            return Err(Rule::NotPaid.into());
        }
        if effect || asked.method == Method::GET {
            (route.handler)(&mut state, &call)
        } else {
            Ok(Reply::empty(StatusCode::NO_CONTENT))
        }
    }

    /// A path that only a document handed over at the start describes.
    fn handle_document(&self, asked: &Asked, path: &str, now: Timestamp, effect: bool) -> Result<Reply, ZoomError> {
        if !self.store.knows(&asked.method, path) {
            return Err(ZoomError::UnknownEndpoint);
        }
        let allowance = self.take(Rate::Medium, now)?;
        let reply = self.run_document(asked, path, effect).unwrap_or_else(|refusal| refusal.reply());
        Ok(with_allowance(reply, allowance))
    }

    fn run_document(&self, asked: &Asked, path: &str, effect: bool) -> Result<Reply, ZoomError> {
        let reading = asked.method == Method::GET;
        let body = if reading { Value::Null } else { object(asked)? };
        if !effect && !reading {
            return Ok(Reply::empty(StatusCode::NO_CONTENT));
        }
        match self.store.handle(&asked.method, path, &body) {
            Outcome::NotHere => Err(ZoomError::UnknownEndpoint),
            Outcome::Misfit(fields) => Err(ZoomError::Misfit(fields)),
            Outcome::Read(value) => Ok(Reply::json(StatusCode::OK, &value)),
            Outcome::Written => Ok(Reply::empty(StatusCode::NO_CONTENT)),
        }
    }

    fn take(&self, rate: Rate, now: Timestamp) -> Result<Option<Allowance>, ZoomError> {
        self.limits.take(rate, now).map_err(ZoomError::TooMany)
    }
}

impl Vendor for Zoom {
    fn name(&self) -> &'static str {
        NAME
    }

    fn mount(&self) -> &'static str {
        "/zoom"
    }

    fn base(&self) -> &'static str {
        BASE
    }

    fn hold(&self, asked: &Asked) -> Result<Option<Hold>, Reply> {
        if !self.limits.is_on() {
            return Ok(None);
        }
        match self.in_flight.ask(asked, BASE) {
            Asking::NotNeeded => Ok(None),
            Asking::Given(place) => Ok(Some(place)),
            Asking::Taken => Err(ZoomError::Concurrent.reply()),
        }
    }

    fn answer(&self, asked: &Asked, now: Timestamp, effect: bool) -> Reply {
        if asked.path == TOKEN_PATH {
            return self.tokens.issue(asked, now);
        }
        self.handle(asked, now, effect).unwrap_or_else(|refusal| refusal.reply())
    }

    fn seal(&self, reply: &mut Reply) {
        let number = self.answers.fetch_add(1, Ordering::SeqCst);
        let mut dice = Dice::of(self.seed, "tracking", number);
        let id = format!("v=2.0;clid=sandbox;rid=WEB_{:016x}{:016x}", dice.throw(), dice.throw());
        reply.headers.push((HeaderName::from_static("x-zm-trackingid"), id));
    }

    fn expire_tokens(&self) {
        self.tokens.expire();
    }

    /// Tokens stay: a client should not notice a reset by being signed out.
    fn reset(&self) {
        *self.state() = State::new(self.seed, self.people);
        self.store.reset();
        self.limits.reset();
    }

    fn mutate(&self, mutation: &Mutation<'_>) -> Result<(), String> {
        let found = self.state().mutate(&self.shapes, mutation.path, mutation.option, mutation.patch)?;
        if found || self.store.mutate(mutation.path, mutation.patch) {
            return Ok(());
        }
        Err(format!("Nothing is held at {:?}.", mutation.path))
    }
}

/// A body that is a JSON object.
fn object(asked: &Asked) -> Result<Value, ZoomError> {
    if asked.media_type() != "application/json" {
        return Err(ZoomError::Body);
    }
    let body: Value = serde_json::from_slice(&asked.body).map_err(|_| ZoomError::Body)?;
    if body.is_object() { Ok(body) } else { Err(ZoomError::Body) }
}

fn judged(asked: &Asked, shape: &Shape) -> Result<Value, ZoomError> {
    let body = object(asked)?;
    let misfits = shape.misfits(&body);
    if misfits.is_empty() { Ok(body) } else { Err(ZoomError::Misfit(misfits)) }
}

fn with_allowance(mut reply: Reply, allowance: Option<Allowance>) -> Reply {
    for (name, value) in allowance.iter().flat_map(Allowance::headers) {
        reply = reply.with(HeaderName::from_static(name), value);
    }
    reply
}
