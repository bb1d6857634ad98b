//! Webex over REST: sign-in, limits, routing and the way of one request.
//! Must not answer for single operations: those are in `handlers/`. People and rooms are also `webex_xml`'s.

mod call;
pub(crate) mod errors;
mod handlers;
mod judge;
pub(crate) mod licence;
pub(crate) mod limits;
mod mutations;
mod oauth;
mod paging;
pub(crate) mod person;
pub(crate) mod pin;
pub(crate) mod room;
mod routes;
pub(crate) mod seed;
pub(crate) mod site;
pub(crate) mod state;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::HeaderName;
use serde_json::Value;

use crate::clock::Timestamp;
use crate::dice::Dice;
use crate::message::{Asked, Reply};
use crate::vendor::{Hold, Mutation, Vendor};
use call::Call;
use errors::WebexError;
use limits::Limits;
pub(crate) use oauth::Tokens;
use state::State;

pub(crate) const NAME: &str = "webex";
const BASE: &str = "/webex/v1";
const TOKEN_PATH: &str = "/webex/v1/access_token";
/// Calls that the organisation may make in a minute. The real number is not public.
const CALLS_A_MINUTE: u64 = 300;
const TRACKING: HeaderName = HeaderName::from_static("trackingid");

/// What both of Webex's APIs work on.
pub(crate) type Shared = Arc<Mutex<State>>;

pub(crate) struct Webex {
    seed: u64,
    people: usize,
    state: Shared,
    tokens: Arc<Tokens>,
    limits: Limits,
    answers: AtomicU64,
}

impl Webex {
    pub(crate) fn new(seed: u64, people: usize, limits: bool) -> Self {
        Self {
            seed,
            people,
            state: Arc::new(Mutex::new(State::new(seed, people))),
            tokens: Arc::new(Tokens::new(seed)),
            limits: Limits::new(limits, CALLS_A_MINUTE),
            answers: AtomicU64::new(0),
        }
    }

    /// People and rooms, for the other API of the same site.
    pub(crate) fn shared(&self) -> (Shared, Arc<Tokens>) {
        (Arc::clone(&self.state), Arc::clone(&self.tokens))
    }

    /// The way of one request, in order.
    fn handle(&self, asked: &Asked, now: Timestamp, effect: bool) -> Result<Reply, WebexError> {
        if asked.path == TOKEN_PATH {
            return self.tokens.issue(asked, now);
        }
        let path = asked.path.strip_prefix(BASE).ok_or(WebexError::UnknownEndpoint)?;
        self.tokens.check(asked, now)?;
        self.limits.take(now).map_err(WebexError::TooMany)?;
        let (route, parameters) = routes::find(&asked.method, path)?;
        let queries = form_urlencoded::parse(asked.query.as_bytes()).into_owned().collect();
        (route.handler)(&mut held(&self.state), &Call { parameters, queries, asked, effect })
    }

    fn next_tracking(&self) -> String {
        let number = self.answers.fetch_add(1, Ordering::SeqCst);
        let mut dice = Dice::of(self.seed, "webex tracking", number);
        let (high, low) = (dice.throw(), dice.throw());
        let group = |bits: u64, shift: u32| (bits >> shift) & 0xffff;
        format!(
            "ROUTER_{:08X}-{:04X}-{:04X}-{:04X}-{:012X}",
            high >> 32,
            group(high, 16),
            group(high, 0),
            group(low, 48),
            low & 0xffff_ffff_ffff
        )
    }
}

impl Vendor for Webex {
    fn name(&self) -> &'static str {
        NAME
    }

    fn mount(&self) -> &'static str {
        "/webex"
    }

    fn base(&self) -> &'static str {
        BASE
    }

    fn hold(&self, _: &Asked) -> Result<Option<Hold>, Reply> {
        Ok(None)
    }

    fn told_body(&self, asked: &Asked) -> Option<Value> {
        (asked.path == TOKEN_PATH).then(|| oauth::told(asked))
    }

    fn answer(&self, asked: &Asked, now: Timestamp, effect: bool) -> Reply {
        let tracking = self.next_tracking();
        let reply = self.handle(asked, now, effect).unwrap_or_else(|refusal| refusal.reply(&tracking));
        reply.with(TRACKING, tracking)
    }

    /// What a fault answered has no tracking id yet.
    fn seal(&self, reply: &mut Reply) {
        if !reply.headers.iter().any(|(name, _)| *name == TRACKING) {
            reply.headers.push((TRACKING, self.next_tracking()));
        }
    }

    fn expire_tokens(&self) {
        self.tokens.expire();
    }

    /// Tokens that were given out stay, and the demo's own holds again.
    fn reset(&self) {
        *held(&self.state) = State::new(self.seed, self.people);
        self.tokens.revive();
        self.limits.reset();
    }

    fn mutate(&self, mutation: &Mutation<'_>) -> Result<(), String> {
        held(&self.state).mutate(mutation.path, mutation.option, mutation.patch)
    }
}

/// The state, whoever holds it else.
pub(crate) fn held(state: &Shared) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
