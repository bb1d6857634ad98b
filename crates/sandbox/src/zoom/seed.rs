//! The made-up organisation as it is at the start: people and groups from a seed.
//! Must not depend on anything but the seed and the number of people.

use std::collections::BTreeSet;

use super::divisions;
use super::names::{FIRST_NAMES, LAST_NAMES, UNITS, local_part};
use super::person::{BASIC, LICENSED, Person, Status};
use super::state::{Group, GroupNumber};
use crate::dice::Dice;

/// Without a factor in common with the number of names, so that each pair of names comes once before any comes twice.
const STRIDE: usize = 2593;

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
    let mut dice = Dice::of(seed, "person", number);
    let id = dice.id();
    let pairs = FIRST_NAMES.len() * LAST_NAMES.len();
    let start = Dice::of(seed, "names", 0).index(pairs);
    let pair = (at % pairs * STRIDE + start) % pairs;
    let (first_name, last_name) = (FIRST_NAMES[pair % FIRST_NAMES.len()], LAST_NAMES[pair / FIRST_NAMES.len()]);
    let again = at / pairs;
    let suffix = if again == 0 { String::new() } else { (again + 1).to_string() };
    let email = format!("{}.{}{suffix}@example.com", local_part(first_name), local_part(last_name));

    // The first people go one into each group, so that no group starts empty.
    let primary = if at < group_count { at } else { weighted(&mut dice) };
    let second = weighted(&mut dice);
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
    let mut person = Person::new(number, id, email, kind, status);
    (person.first_name, person.last_name) = (first_name.into(), last_name.into());
    person.department = UNITS[primary].department.into();
    person.division = divisions::of_department(&person.department);
    person.groups = groups.into_iter().filter_map(|index| GroupNumber::try_from(index).ok()).collect();
    person
}

/// A unit, the large ones more often.
fn weighted(dice: &mut Dice) -> usize {
    let total: u64 = UNITS.iter().map(|unit| unit.weight).sum();
    let mut left = dice.below(total);
    for (index, unit) in UNITS.iter().enumerate() {
        if left < unit.weight {
            return index;
        }
        left -= unit.weight;
    }
    0
}
