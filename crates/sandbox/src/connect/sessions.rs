//! Sessions: handed out before or at signing in, ended by time, by signing out or by a fault.
//! Must not know passwords.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::dice::Dice;

/// So long after its last call a session ends. The real time is a server's own choice.
const IDLE_MS: u64 = 30 * 60 * 1000;

struct Session {
    /// The position of the person; none before they have signed in.
    of: Option<usize>,
    used: Timestamp,
}

pub(super) struct Sessions {
    seed: u64,
    given: u64,
    open: HashMap<String, Session>,
}

impl Sessions {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, given: 0, open: HashMap::new() }
    }

    /// A session that nobody has signed in to yet.
    pub(super) fn give(&mut self, now: Timestamp) -> String {
        self.given += 1;
        let mut dice = Dice::of(self.seed, "connect session", self.given);
        let id = format!("breez{}", dice.id());
        self.open.retain(|_, session| session.used.plus_ms(IDLE_MS) > now);
        self.open.insert(id.clone(), Session { of: None, used: now });
        id
    }

    /// Signs somebody in to the session that was sent, if there is one, or else to a new one.
    pub(super) fn sign_in(&mut self, sent: Option<&str>, of: usize, now: Timestamp) -> String {
        let known = sent.filter(|id| self.open.get(*id).is_some_and(|session| session.used.plus_ms(IDLE_MS) > now));
        let id = known.map_or_else(|| self.give(now), str::to_owned);
        self.open.insert(id.clone(), Session { of: Some(of), used: now });
        id
    }

    /// Who is signed in to a session that still holds; asking makes it hold longer.
    pub(super) fn who(&mut self, id: &str, now: Timestamp) -> Option<usize> {
        let session = self.open.get_mut(id).filter(|session| session.used.plus_ms(IDLE_MS) > now)?;
        session.used = now;
        session.of
    }

    pub(super) fn end(&mut self, id: &str) {
        self.open.remove(id);
    }

    pub(super) fn end_all(&mut self) {
        self.open.clear();
    }
}
