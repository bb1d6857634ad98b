//! The made-up organisation as it is at the start: people and groups from a seed.
//! Must not depend on anything but the seed and the number of people.

use std::collections::BTreeSet;

use super::divisions;
use super::person::{BASIC, LICENSED, Person, Status};
use super::state::{Group, GroupNumber};
use crate::dice::Dice;
use crate::names::UNITS;
use crate::organisation;

pub(super) fn plant(seed: u64, count: usize) -> (Vec<Person>, Vec<Group>) {
    let mut groups: Vec<Group> = (0_u32..).zip(&UNITS).map(|(number, unit)| group(seed, number, unit.name)).collect();
    let mut people = Vec::with_capacity(count);
    for at in 0..count {
        let person = person(seed, at, groups.len());
        for number in &person.groups {
            if let Some(group) = usize::try_from(*number).ok().and_then(|index| groups.get_mut(index)) {
                group.members.insert(at);
            }
        }
        people.push(person);
    }
    for group in &mut groups {
        let mut dice = Dice::of(seed, "admins", u64::from(group.number));
        let members: Vec<usize> = group.members.iter().take(50).copied().collect();
        group.admins = (0..=dice.below(3)).filter_map(|_| dice.pick(&members).copied()).collect();
    }
    (people, groups)
}

fn group(seed: u64, number: GroupNumber, name: &str) -> Group {
    Group {
        number,
        id: Dice::of(seed, "group", u64::from(number)).id(),
        name: name.to_owned(),
        pattern: name.to_owned(),
        members: BTreeSet::new(),
        admins: BTreeSet::new(),
    }
}

fn person(seed: u64, at: usize, group_count: usize) -> Person {
    let number = u64::try_from(at).unwrap_or(u64::MAX);
    let named = organisation::named(seed, at);
    let (id, primary, mut dice) = organisation::placed(seed, at);
    let second = organisation::weighted(&mut dice);
    let mut groups = vec![primary];
    if dice.chance(20) && second != primary {
        groups.push(second);
    }
    let status = match dice.below(100) {
        0 => Status::Pending,
        1..=3 => Status::Inactive,
        _ => Status::Active,
    };
    let status = if at < group_count { Status::Active } else { status };
    let kind = if dice.chance(70) { LICENSED } else { BASIC };
    let mut person = Person::new(number, id, named.email, kind, status);
    (person.first_name, person.last_name) = (named.first_name.into(), named.last_name.into());
    person.department = UNITS[primary].department.into();
    person.division = divisions::of_department(&person.department);
    person.groups = groups.into_iter().filter_map(|index| GroupNumber::try_from(index).ok()).collect();
    person
}
