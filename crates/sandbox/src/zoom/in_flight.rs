//! One write at a time for a group, contact group, division or user, as Zoom wants it: a second one is refused while
//! the first is here.
//! Must not queue.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::Method;

use crate::message::Asked;

#[derive(Clone, Default)]
pub(super) struct InFlight(Arc<Mutex<HashSet<String>>>);

/// The place of one write; dropping it frees the object.
struct Place {
    object: String,
    all: InFlight,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.object);
    }
}

/// What came of asking for a place.
pub(super) enum Asking {
    /// A read, or a write to no particular object.
    NotNeeded,
    Given(Box<dyn std::any::Any + Send>),
    Taken,
}

impl InFlight {
    pub(super) fn ask(&self, asked: &Asked, base: &str) -> Asking {
        let Some(object) = object(asked, base) else {
            return Asking::NotNeeded;
        };
        let fresh = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(object.clone());
        if fresh { Asking::Given(Box::new(Place { object, all: self.clone() })) } else { Asking::Taken }
    }
}

/// The object that a request writes to: `groups/{id}`, `users/{id}`, `divisions/{id}` or `contacts/{id}`.
fn object(asked: &Asked, base: &str) -> Option<String> {
    if asked.method == Method::GET || asked.method == Method::HEAD {
        return None;
    }
    let mut segments = asked.path.strip_prefix(base)?.trim_start_matches('/').split('/');
    let (kind, id) = (segments.next()?, segments.next()?);
    match kind {
        "contacts" => segments.next().map(|id| format!("contacts/{id}")),
        "divisions" | "groups" | "users" => Some(format!("{kind}/{id}")),
        _ => None,
    }
}
