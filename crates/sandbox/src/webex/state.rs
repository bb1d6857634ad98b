//! What Webex holds of the organisation: people, their rooms on two sites, and what the sites allow them.
//! Must not know HTTP or XML; both APIs work on this one state.

use std::collections::HashMap;

use super::errors::WebexError;
use super::licence::Licence;
use super::person::Person;
use super::room::{Fixed, Room};
use super::seed;
use super::site::Site;

pub(crate) struct State {
    pub(crate) seed: u64,
    pub(crate) people: Vec<Person>,
    by_email: HashMap<String, usize>,
    /// Those that are not as they were at the start.
    rooms: HashMap<(usize, Site), Room>,
    licences: HashMap<usize, Licence>,
    /// Whose room is locked when it is first written to.
    pub(super) busy: Option<usize>,
    /// Whose room locks after 0 minutes.
    never_waits: Option<usize>,
}

impl State {
    pub(super) fn new(seed: u64, count: usize) -> Self {
        let people = seed::plant(seed, count);
        Self {
            seed,
            by_email: people
                .iter()
                .enumerate()
                .flat_map(|(at, person)| {
                    [Some(&person.email), person.alias.as_ref()].map(|email| Some((email?.clone(), at)))
                })
                .flatten()
                .collect(),
            rooms: HashMap::new(),
            licences: HashMap::new(),
            busy: seed::pick(seed, "webex busy room", &people),
            never_waits: seed::pick(seed, "webex room that never waits", &people),
            people,
        }
    }

    /// Anybody of the organisation, on Webex or not.
    pub(crate) fn find(&self, email: &str) -> Option<usize> {
        self.by_email.get(&email.to_lowercase()).copied()
    }

    /// Somebody with a Webex account.
    pub(crate) fn member(&self, email: &str) -> Result<(usize, &Person), WebexError> {
        let found = self.find(email).and_then(|at| Some((at, self.people.get(at)?)));
        let (at, person) = found.ok_or_else(|| WebexError::NoSuchPerson(email.to_owned()))?;
        if person.on_webex { Ok((at, person)) } else { Err(WebexError::NotOnWebex(email.to_owned())) }
    }

    /// Somebody by the directory's id.
    pub(super) fn by_id(&self, id: &str) -> Option<&Person> {
        let at = Person::number_of(id, self.seed).and_then(seed::position)?;
        self.people.get(at).filter(|person| person.on_webex && person.id(self.seed) == id)
    }

    pub(crate) fn room(&self, at: usize, site: Site) -> Option<(Room, Fixed)> {
        let person = self.people.get(at)?;
        let room = self.rooms.get(&(at, site)).cloned().unwrap_or_else(|| {
            let mut room = Room::start(self.seed, &self.people, person, site);
            if self.never_waits == Some(at) && site == Site::Main {
                room.auto_lock_minutes = 0;
            }
            room
        });
        Some((room, Fixed::of(self.seed, person, site)))
    }

    pub(crate) fn set_room(&mut self, at: usize, site: Site, room: Room) {
        self.rooms.insert((at, site), room);
    }

    pub(crate) fn licence(&self, at: usize) -> Option<Licence> {
        let person = self.people.get(at)?;
        Some(self.licences.get(&at).cloned().unwrap_or_else(|| Licence::start(self.seed, person)))
    }

    pub(crate) fn set_licence(&mut self, at: usize, licence: Licence) {
        self.licences.insert(at, licence);
    }
}
