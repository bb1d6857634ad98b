//! What the emulated account holds: people, groups, who is in which, and the groups' sheets of settings.
//! Must not know HTTP; what a client may not do is refused here with the vendor's errors.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use super::account::Account;
use super::contact_groups::{self, ContactGroup, Member};
use super::divisions::{self, Division, DivisionNumber};
use super::errors::ZoomError;
use super::person::{Person, Status};
use super::profile::Place;
use super::scheduling::Scheduling;
use super::seed;
use super::shapes::Shapes;
use super::sheet::Sheet;
use crate::clock::Timestamp;
use crate::dice::Dice;

/// A group's number inside the sandbox. Never used twice.
pub(super) type GroupNumber = u32;

pub(super) struct Group {
    pub(super) number: GroupNumber,
    pub(super) id: String,
    pub(super) name: String,
    /// What its settings start from: its first name, or the account's for a group that was made later.
    pub(super) pattern: String,
    /// Positions in `people`.
    pub(super) members: BTreeSet<usize>,
    pub(super) admins: BTreeSet<usize>,
}

impl Group {
    pub(super) fn row(&self) -> Value {
        json!({"id": self.id, "name": self.name, "total_members": self.members.len()})
    }
}

pub(super) struct State {
    pub(super) seed: u64,
    pub(super) people: Vec<Person>,
    pub(super) groups: Vec<Group>,
    pub(super) account: Account,
    pub(super) divisions: Vec<Division>,
    pub(super) next_division: DivisionNumber,
    pub(super) contact_groups: Vec<ContactGroup>,
    pub(super) scheduling: Scheduling,
    /// When features were last handed out.
    pub(super) features_at: Option<Timestamp>,
    /// How many people were invited on which day.
    pub(super) invited: (u64, u64),
    made: u64,
    by_id: HashMap<String, usize>,
    by_email: HashMap<String, usize>,
    sheets: HashMap<(GroupNumber, Sheet), Value>,
    next_group: GroupNumber,
}

impl State {
    pub(super) fn new(seed: u64, count: usize) -> Self {
        let (people, groups) = seed::plant(seed, count);
        let by_id = people.iter().enumerate().map(|(at, person)| (person.id.clone(), at)).collect();
        let by_email = people.iter().enumerate().map(|(at, person)| (person.email.clone(), at)).collect();
        let next_group = groups.iter().map(|group| group.number + 1).max().unwrap_or(0);
        let divisions = divisions::plant(seed);
        Self {
            seed,
            account: Account::default(),
            next_division: divisions.iter().map(|one| one.number + 1).max().unwrap_or(0),
            divisions,
            contact_groups: contact_groups::plant(seed, people.len(), groups.len()),
            scheduling: Scheduling::plant(&people),
            features_at: None,
            invited: (0, 0),
            made: 0,
            people,
            groups,
            by_id,
            by_email,
            sheets: HashMap::new(),
            next_group,
        }
    }

    /// A person's position, by id or e-mail address.
    pub(super) fn find_person(&self, id_or_email: &str) -> Option<usize> {
        let by_email = || self.by_email.get(&id_or_email.to_lowercase());
        self.by_id.get(id_or_email).or_else(by_email).copied()
    }

    /// An id for something new. Never given twice.
    pub(super) fn new_id(&mut self, kind: &str) -> String {
        self.made += 1;
        Dice::of(self.seed, kind, self.made).id()
    }

    /// The person that a path names, by id or e-mail address; `me` is the owner of the account.
    pub(super) fn person(&self, id_or_email: &str) -> Result<(usize, &Person), ZoomError> {
        let at = if id_or_email == "me" { Some(0) } else { self.find_person(id_or_email) };
        let found = at.and_then(|at| Some((at, self.people.get(at)?)));
        found.ok_or_else(|| ZoomError::NoSuchUser(id_or_email.to_owned()))
    }

    pub(super) fn find_group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    pub(super) fn group(&self, id: &str) -> Result<&Group, ZoomError> {
        self.find_group(id).ok_or_else(|| ZoomError::NoSuchGroup(id.to_owned()))
    }

    /// A group of another account is known as such to some operations.
    pub(super) fn refuse_foreign(&self, id: &str) -> Result<(), ZoomError> {
        let foreign = self.account.foreign_groups.iter().any(|other| other == id);
        if foreign { Err(ZoomError::ForeignGroup(id.to_owned())) } else { Ok(()) }
    }

    pub(super) fn group_mut(&mut self, id: &str) -> Result<&mut Group, ZoomError> {
        let found = self.groups.iter_mut().find(|group| group.id == id);
        found.ok_or_else(|| ZoomError::NoSuchGroup(id.to_owned()))
    }

    /// The ids of a person's groups, the primary group first, and of the division.
    pub(super) fn place(&self, person: &Person) -> Place<'_> {
        let id = |number: &GroupNumber| self.groups.iter().find(|group| group.number == *number);
        let groups = person.groups.iter().filter_map(id).map(|group| group.id.as_str()).collect();
        Place { groups, division: self.division_id(person.division) }
    }

    /// Takes a new person in.
    pub(super) fn admit(&mut self, person: Person) -> usize {
        let at = self.people.len();
        self.by_id.insert(person.id.clone(), at);
        self.by_email.insert(person.email.clone(), at);
        self.people.push(person);
        at
    }

    pub(super) fn readdress(&mut self, at: usize, email: String) {
        if let Some(person) = self.people.get_mut(at) {
            self.by_email.remove(&person.email);
            self.by_email.insert(email.clone(), at);
            person.email = email;
        }
    }

    /// Takes a person out of everything. The position stays, so that all others keep theirs.
    pub(super) fn dismiss(&mut self, at: usize) {
        let Some(person) = self.people.get_mut(at) else {
            return;
        };
        person.status = Status::Gone;
        self.by_id.remove(&person.id);
        self.by_email.remove(&person.email);
        for number in std::mem::take(&mut person.groups) {
            self.leave(at, number);
        }
        for group in &mut self.groups {
            group.admins.remove(&at);
        }
        self.forget_contact(Member::Person(at));
        self.scheduling.remove_host(at);
        self.scheduling.remove_assistant(at);
    }

    pub(super) fn create_group(&mut self, name: &str) -> Result<Value, ZoomError> {
        self.refuse_taken(name, None)?;
        let number = self.next_group;
        self.next_group += 1;
        let group = Group {
            number,
            id: Dice::of(self.seed, "new group", u64::from(number)).id(),
            name: name.to_owned(),
            pattern: "account".to_owned(),
            members: BTreeSet::new(),
            admins: BTreeSet::new(),
        };
        let row = group.row();
        self.groups.push(group);
        Ok(row)
    }

    pub(super) fn rename_group(&mut self, id: &str, name: &str) -> Result<(), ZoomError> {
        self.group(id)?;
        self.refuse_taken(name, Some(id))?;
        name.clone_into(&mut self.group_mut(id)?.name);
        Ok(())
    }

    fn refuse_taken(&self, name: &str, besides: Option<&str>) -> Result<(), ZoomError> {
        let taken = self.groups.iter().any(|group| group.name == name && Some(group.id.as_str()) != besides);
        if taken { Err(ZoomError::NameInUse(name.to_owned())) } else { Ok(()) }
    }

    pub(super) fn delete_group(&mut self, id: &str) -> Result<(), ZoomError> {
        let (number, members) = {
            let group = self.group(id)?;
            (group.number, group.members.clone())
        };
        for at in members {
            self.leave(at, number);
        }
        self.groups.retain(|group| group.number != number);
        self.sheets.retain(|(owner, _), _| *owner != number);
        self.forget_contact(Member::Group(number));
        Ok(())
    }

    /// Puts a person into a group; the first group of a person is the primary one. False when the person was there.
    pub(super) fn join(&mut self, at: usize, id: &str) -> Result<bool, ZoomError> {
        let group = self.group_mut(id)?;
        let number = group.number;
        if !group.members.insert(at) {
            return Ok(false);
        }
        if let Some(person) = self.people.get_mut(at) {
            person.groups.push(number);
        }
        Ok(true)
    }

    pub(super) fn leave(&mut self, at: usize, number: GroupNumber) {
        if let Some(group) = self.groups.iter_mut().find(|group| group.number == number) {
            group.members.remove(&at);
        }
        if let Some(person) = self.people.get_mut(at) {
            person.groups.retain(|other| *other != number);
        }
    }

    /// Makes one of a person's groups the primary one.
    pub(super) fn set_primary(&mut self, at: usize, number: GroupNumber) {
        if let Some(person) = self.people.get_mut(at) {
            person.groups.retain(|other| *other != number);
            person.groups.insert(0, number);
        }
    }

    /// A group's sheet, made on first sight.
    pub(super) fn sheet(&mut self, shapes: &Shapes, id: &str, sheet: Sheet) -> Result<&mut Value, ZoomError> {
        let (number, pattern) = {
            let group = self.group(id)?;
            (group.number, group.pattern.clone())
        };
        let seed = self.seed;
        Ok(self.sheets.entry((number, sheet)).or_insert_with(|| sheet.start(shapes, seed, &pattern)))
    }
}
