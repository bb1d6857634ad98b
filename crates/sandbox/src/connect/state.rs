//! What Connect holds of the organisation: people, folders, meetings with their passcodes, and the account.
//! Must not know HTTP or XML.

use std::collections::HashMap;

use super::account::Account;
use super::person::Person;
use super::sco::Sco;
use super::seed;

pub(super) struct State {
    pub(super) people: Vec<Person>,
    by_login: HashMap<String, usize>,
    pub(super) scos: Vec<Sco>,
    by_id: HashMap<u64, usize>,
    pub(super) account: Account,
}

impl State {
    pub(super) fn new(seed: u64, count: usize) -> Self {
        let (people, scos) = seed::plant(seed, count);
        Self {
            by_login: people.iter().enumerate().map(|(at, person)| (person.login.clone(), at)).collect(),
            by_id: scos.iter().enumerate().map(|(at, sco)| (sco.id, at)).collect(),
            people,
            scos,
            account: Account::new(),
        }
    }

    /// Logins count by the letter.
    pub(super) fn position(&self, login: &str) -> Option<usize> {
        self.by_login.get(login).copied()
    }

    pub(super) fn sco(&self, id: u64) -> Option<&Sco> {
        self.by_id.get(&id).and_then(|at| self.scos.get(*at))
    }

    pub(super) fn sco_mut(&mut self, id: u64) -> Option<&mut Sco> {
        self.by_id.get(&id).and_then(|at| self.scos.get_mut(*at))
    }

    /// Administrators, and those whose it is.
    pub(super) fn may_manage(&self, who: usize, sco: &Sco) -> bool {
        self.is_administrator(who) || sco.owner == Some(who) || sco.hosts.contains(&who)
    }

    /// Those too who were invited, and everybody when it is shared.
    pub(super) fn may_see(&self, who: usize, sco: &Sco) -> bool {
        self.may_manage(who, sco) || sco.shared || sco.guests.contains(&who)
    }

    fn is_administrator(&self, who: usize) -> bool {
        self.people.get(who).is_some_and(|person| person.administrator)
    }
}
