//! Adobe Connect: one address, an action with parameters, sessions in a cookie, and XML that HTTP always calls a success.
//! Must not answer for single actions: those are in `handlers/`.

mod account;
mod call;
mod errors;
mod handlers;
mod listing;
mod mutations;
mod passcode;
mod person;
mod routes;
mod sco;
mod seed;
mod sessions;
mod state;
mod xml;

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::header::{ALLOW, HOST};
use axum::http::{Method, StatusCode};

use crate::clock::Timestamp;
use crate::message::{Asked, Reply};
use crate::vendor::{Hold, Mutation, Vendor};
use call::{Call, Parameters};
use errors::{ConnectError, NO_LOGIN};
use routes::Needs;
use sessions::Sessions;
use state::State;
use xml::Answer;

const NAME: &str = "connect";
/// The one address stands below it, so that `xml/acl-field-update` can name what a request is for.
const BASE: &str = "/connect/api";
const PATH: &str = "/connect/api/xml";

/// What the actions work on.
struct Server {
    state: State,
    sessions: Sessions,
}

pub(crate) struct Connect {
    seed: u64,
    people: usize,
    server: Mutex<Server>,
}

impl Connect {
    pub(crate) fn new(seed: u64, people: usize) -> Self {
        let server = Server { state: State::new(seed, people), sessions: Sessions::new(seed) };
        Self { seed, people, server: Mutex::new(server) }
    }

    fn server(&self) -> MutexGuard<'_, Server> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The way of one request, in order.
fn handle<'s>(server: &'s mut Server, asked: &Asked, now: Timestamp, effect: bool) -> Result<Answer<'s>, ConnectError> {
    let parameters = Parameters::read(asked);
    let route = routes::find(&parameters)?;
    let session = call::session(asked, &parameters);
    let who = session.and_then(|id| server.sessions.who(id, now));
    if let Some(refusal) = server.state.account.refusal.filter(|_| route.needs != Needs::Nothing) {
        return Err(refusal.into());
    }
    if route.needs >= Needs::Session {
        let person = who.and_then(|at| server.state.people.get(at)).ok_or(ConnectError::NoAccess(NO_LOGIN))?;
        if route.needs == Needs::Administrator && !person.administrator {
            return Err(ConnectError::denied());
        }
    }
    let host = asked.header(&HOST).unwrap_or("localhost");
    (route.handler)(server, &Call { parameters: &parameters, session, who, host, now, effect })
}

impl Vendor for Connect {
    fn name(&self) -> &'static str {
        NAME
    }

    fn mount(&self) -> &'static str {
        "/connect"
    }

    fn base(&self) -> &'static str {
        BASE
    }

    fn hold(&self, _: &Asked) -> Result<Option<Hold>, Reply> {
        Ok(None)
    }

    /// The action, known or not.
    fn service(&self, asked: &Asked) -> Option<String> {
        Parameters::read(asked).one("action").map(str::to_owned)
    }

    fn answer(&self, asked: &Asked, now: Timestamp, effect: bool) -> Reply {
        if asked.path != PATH {
            return Reply::text(StatusCode::NOT_FOUND, "text/plain", "There is nothing at this address.".to_owned());
        }
        if asked.method != Method::GET && asked.method != Method::POST {
            let sentence = "This address is asked with GET or POST.".to_owned();
            let reply = Reply::text(StatusCode::METHOD_NOT_ALLOWED, "text/plain", sentence);
            return reply.with(ALLOW, "GET, POST".to_owned());
        }
        xml::reply(handle(&mut self.server(), asked, now, effect))
    }

    fn seal(&self, _: &mut Reply) {}

    fn expire_tokens(&self) {
        self.server().sessions.end_all();
    }

    /// Sessions stay, as other vendors' tokens do.
    fn reset(&self) {
        self.server().state = State::new(self.seed, self.people);
    }

    fn mutate(&self, mutation: &Mutation<'_>) -> Result<(), String> {
        self.server().state.mutate(mutation.path, mutation.patch)
    }
}
