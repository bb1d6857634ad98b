//! Who is on Webex at the start: six administrators and nine in ten people of the organisation.
//! Must not depend on anything but the seed and the number of people.

use super::person::Person;
use crate::dice::Dice;
use crate::names::UNITS;
use crate::organisation;

/// The accounts that can sign in over Webex XML. The last one is no site administrator.
pub(crate) const ADMINISTRATORS: [&str; 6] = [
    "admin1@example.com",
    "admin2@example.com",
    "admin3@example.com",
    "admin4@example.com",
    "admin5@example.com",
    "admin6@example.com",
];
const ADMINISTRATOR_NAMES: [&str; 6] = ["One", "Two", "Three", "Four", "Five", "Six"];
/// Administrators count from here, so that nobody else's number moves when there are more people.
const ADMINISTRATOR_NUMBER: u64 = 1 << 32;

/// The administrators first.
pub(super) fn plant(seed: u64, count: usize) -> Vec<Person> {
    let administrators = ADMINISTRATORS.iter().zip(ADMINISTRATOR_NAMES).zip(ADMINISTRATOR_NUMBER..);
    let mut people: Vec<Person> =
        administrators.map(|((email, name), number)| administrator(email, name, number)).collect();
    people.extend((0..count).map(|at| person(seed, at)));
    people
}

/// Where the person with a number stands.
pub(super) fn position(number: u64) -> Option<usize> {
    let from_administrators = number.checked_sub(ADMINISTRATOR_NUMBER);
    let at = usize::try_from(from_administrators.unwrap_or(number)).ok()?;
    Some(if from_administrators.is_some() { at } else { at + ADMINISTRATORS.len() })
}

/// Somebody of the organisation with a room, picked by seed.
pub(super) fn pick(seed: u64, what: &str, people: &[Person]) -> Option<usize> {
    let mut dice = Dice::of(seed, what, 0);
    let offset = ADMINISTRATORS.len();
    let others = people.get(offset..)?;
    // Nine in ten fit: a hundred throws without a hit mean that nobody does.
    let fits = |at: &usize| others.get(*at).is_some_and(|person| person.on_webex);
    (0..100).map(|_| dice.index(others.len())).find(fits).map(|at| at + offset)
}

fn administrator(email: &str, name: &'static str, number: u64) -> Person {
    Person {
        number,
        first_name: "Admin".into(),
        last_name: name.into(),
        email: email.to_owned(),
        alias: None,
        department: "IT",
        on_webex: true,
        on_eu: true,
    }
}

fn person(seed: u64, at: usize) -> Person {
    let number = u64::try_from(at).unwrap_or(u64::MAX);
    let named = organisation::named(seed, at);
    let (_, unit, _) = organisation::placed(seed, at);
    let mut dice = Dice::of(seed, "webex membership", number);
    let on_webex = dice.chance(90);
    Person {
        number,
        first_name: named.first_name.into(),
        last_name: named.last_name.into(),
        email: named.email,
        alias: organisation::alias(seed, at),
        department: UNITS[unit].department,
        on_webex,
        on_eu: on_webex && dice.chance(20),
    }
}
