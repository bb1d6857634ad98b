//! Veeting's API for white-label instances: keys, routing and the way of one request.
//! Must not answer for single operations: those are in `handlers/`.

mod account;
mod account_judge;
mod calendar;
mod call;
mod dial_in;
mod envelope;
mod errors;
mod handlers;
mod instant;
mod judge;
mod keys;
mod meeting;
mod meeting_judge;
mod mint;
mod mutations;
mod recurrence;
mod room;
mod routes;
mod seed;
mod state;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::clock::Timestamp;
use crate::message::{Asked, Reply};
use crate::vendor::{Hold, Mutation, Vendor};
use call::Call;
use errors::VeetingError;
use state::State;

const NAME: &str = "veeting";
const BASE: &str = "/veeting/api/v6";

pub(crate) struct Veeting {
    seed: u64,
    people: usize,
    /// Planted at the first request: what is open, past and to come depends on the time.
    state: Mutex<Option<State>>,
    /// Whether the keys were taken back.
    revoked: AtomicBool,
}

impl Veeting {
    pub(crate) fn new(seed: u64, people: usize) -> Self {
        Self { seed, people, state: Mutex::new(None), revoked: AtomicBool::new(false) }
    }

    fn slot(&self) -> MutexGuard<'_, Option<State>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with_state<T>(&self, now: Timestamp, work: impl FnOnce(&mut State) -> T) -> T {
        work(self.slot().get_or_insert_with(|| seed::plant(self.seed, self.people, now)))
    }

    /// The way of one request, in order.
    fn handle(&self, state: &mut State, asked: &Asked, now: Timestamp) -> Result<Value, VeetingError> {
        let path = asked.path.strip_prefix(BASE).ok_or(VeetingError::UnknownEndpoint)?;
        let level = keys::level(asked, self.revoked.load(Ordering::SeqCst))?;
        let (route, parameters) = routes::find(&asked.method, path)?;
        let caller = keys::caller(asked, level, state)?;
        let queries = form_urlencoded::parse(asked.query.as_bytes()).into_owned().collect();
        (route.handler)(state, &Call { parameters, queries, asked, caller, now })
    }
}

impl Vendor for Veeting {
    fn name(&self) -> &'static str {
        NAME
    }

    fn mount(&self) -> &'static str {
        "/veeting"
    }

    fn base(&self) -> &'static str {
        BASE
    }

    fn hold(&self, _: &Asked) -> Result<Option<Hold>, Reply> {
        Ok(None)
    }

    fn told_headers(&self, asked: &Asked) -> Vec<(&'static str, String)> {
        keys::told(asked)
    }

    fn outbox(&self) -> Vec<Value> {
        self.slot().as_ref().map(|state| state.outbox.clone()).unwrap_or_default()
    }

    /// A write without effect is made to a copy of what is held, so that it is judged and answered like any other.
    fn answer(&self, asked: &Asked, now: Timestamp, effect: bool) -> Reply {
        let done = self.with_state(now, |state| {
            if effect { self.handle(state, asked, now) } else { self.handle(&mut state.clone(), asked, now) }
        });
        done.map_or_else(|refusal| refusal.reply(), envelope::done)
    }

    fn seal(&self, _: &mut Reply) {}

    /// Keys are all that a client has here: they are taken back, until a reset.
    fn expire_tokens(&self) {
        self.revoked.store(true, Ordering::SeqCst);
    }

    fn reset(&self) {
        *self.slot() = None;
        self.revoked.store(false, Ordering::SeqCst);
    }

    fn mutate(&self, mutation: &Mutation<'_>) -> Result<(), String> {
        self.with_state(mutation.now, |state| state.mutate(mutation.path, mutation.patch, mutation.now))
    }
}
