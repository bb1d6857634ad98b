//! Who may schedule for whom: a host has assistants, and an assistant schedules for hosts. One relation, seen from both
//! ends.
//! Must not ask who may be an assistant: the handlers do.

use std::collections::BTreeMap;

use super::person::{LICENSED, Person, Status};

/// Host and assistant, as positions in `people`, and whether the assistant sees the host's private events.
#[derive(Default)]
pub(super) struct Scheduling(BTreeMap<(usize, usize), bool>);

impl Scheduling {
    /// Every twenty-fifth licensed person has an assistant at the start.
    pub(super) fn plant(people: &[Person]) -> Self {
        let able = |at: usize| {
            let person = people.get(at);
            person.is_some_and(|person| person.kind == LICENSED && person.status == Status::Active)
        };
        let hosts = (7..people.len()).step_by(25).filter(|at| able(*at));
        let pairs = hosts.filter_map(|host| {
            let assistant = (host + 1..people.len()).find(|at| able(*at))?;
            Some(((host, assistant), host % 2 == 0))
        });
        Self(pairs.collect())
    }

    pub(super) fn assistants(&self, host: usize) -> impl Iterator<Item = (usize, bool)> + '_ {
        self.0.range((host, 0)..=(host, usize::MAX)).map(|((_, assistant), private)| (*assistant, *private))
    }

    /// Those for whom somebody schedules.
    pub(super) fn hosts(&self, assistant: usize) -> impl Iterator<Item = usize> + '_ {
        self.0.keys().filter(move |(_, one)| *one == assistant).map(|(host, _)| *host)
    }

    pub(super) fn has(&self, host: usize, assistant: usize) -> bool {
        self.0.contains_key(&(host, assistant))
    }

    pub(super) fn add(&mut self, host: usize, assistant: usize, private: bool) {
        self.0.insert((host, assistant), private);
    }

    /// False when there was nothing to end.
    pub(super) fn remove(&mut self, host: usize, assistant: usize) -> bool {
        self.0.remove(&(host, assistant)).is_some()
    }

    pub(super) fn remove_host(&mut self, host: usize) {
        self.0.retain(|(one, _), _| *one != host);
    }

    pub(super) fn remove_assistant(&mut self, assistant: usize) {
        self.0.retain(|(_, one), _| *one != assistant);
    }
}
