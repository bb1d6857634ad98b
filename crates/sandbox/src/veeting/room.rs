//! When a meeting is open, who is in the room then, and closing it. Must not change on its own: all of it depends on
//! the time that is given.

use serde_json::{Value, json};

use super::instant;
use super::meeting::Meeting;
use crate::clock::Timestamp;

const MINUTE_MS: u64 = 60_000;

/// Somebody who came into the room.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Participant {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) joined_at: Timestamp,
}

/// That a meeting was closed, and which end of an occurrence that holds to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Closing {
    pub(super) at: Timestamp,
    pub(super) through: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Standing {
    /// Not begun yet, or of a series between two occurrences.
    Waiting,
    Open,
    /// Over, or closed before its time.
    Closed,
}

impl Participant {
    pub(super) fn whole(&self) -> Value {
        json!({"name": self.name, "email": self.email, "joinedAt": instant::written(self.joined_at)})
    }
}

impl Meeting {
    /// When an occurrence ends that starts at this moment.
    pub(super) fn end_of(&self, start: Timestamp) -> Timestamp {
        start.plus_ms(self.plan.minutes.saturating_mul(MINUTE_MS))
    }

    /// When all occurrences start, also those that other meetings stand for.
    fn all_starts(&self) -> Box<dyn Iterator<Item = Timestamp> + '_> {
        match &self.plan.recurrence {
            None => Box::new(std::iter::once(self.plan.start)),
            Some(recurrence) => Box::new(recurrence.starts(self.plan.start)),
        }
    }

    fn starts(&self) -> impl Iterator<Item = Timestamp> {
        self.all_starts().filter(|start| !self.replaced.contains(start))
    }

    /// The start of the occurrence whose time is now.
    pub(super) fn running(&self, now: Timestamp) -> Option<Timestamp> {
        self.starts().take_while(|start| *start <= now).filter(|start| now < self.end_of(*start)).last()
    }

    /// The occurrence whose time is now, or else the next one.
    fn due(&self, now: Timestamp) -> Option<Timestamp> {
        self.running(now).or_else(|| self.starts().find(|start| *start > now))
    }

    /// The start of the occurrence that starts nearest to a moment, the earlier one of two.
    pub(super) fn nearest(&self, moment: Timestamp) -> Timestamp {
        let mut nearest = self.plan.start;
        for start in self.all_starts() {
            if start.millis().abs_diff(moment.millis()) < nearest.millis().abs_diff(moment.millis()) {
                nearest = start;
            }
            if start > moment {
                break;
            }
        }
        nearest
    }

    pub(super) fn standing(&self, now: Timestamp) -> Standing {
        let Some(start) = self.due(now) else {
            return Standing::Closed;
        };
        if self.closing.is_some_and(|closing| closing.through >= self.end_of(start)) {
            Standing::Closed
        } else if start <= now {
            Standing::Open
        } else {
            Standing::Waiting
        }
    }

    /// Who is in the room: those who came in since it opened. When it closes, everybody goes.
    pub(super) fn present(&self, now: Timestamp) -> Vec<&Participant> {
        let opened = self.running(now).filter(|_| self.standing(now) == Standing::Open);
        let is_in = |one: &&Participant| opened.is_some_and(|opened| one.joined_at >= opened);
        self.participants.iter().filter(is_in).collect()
    }

    /// Closes the occurrence whose time is now, or else the next one, or what is over already. The first of several
    /// times counts.
    pub(super) fn close(&mut self, now: Timestamp) {
        let start = self.due(now).or_else(|| self.starts().last()).unwrap_or(self.plan.start);
        let through = self.end_of(start);
        if self.closing.is_none_or(|closing| closing.through < through) {
            self.closing = Some(Closing { at: now, through });
        }
        self.participants.clear();
    }

    /// Whether any occurrence falls into a span of time. A side that is not given is open.
    pub(super) fn touches(&self, from: Option<Timestamp>, until: Option<Timestamp>) -> bool {
        let mut before_its_end = self.starts().take_while(|start| until.is_none_or(|until| *start < until));
        before_its_end.any(|start| from.is_none_or(|from| self.end_of(start) > from))
    }
}
