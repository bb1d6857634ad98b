//! What an instance holds at the start: accounts of the organisation's units, organizers and meetings around now.
//! Must not depend on anything but the seed, the number of people and the hour.

use super::account::{Account, Organizer, PAID, TRIAL};
use super::keys::KEY_ACCOUNT;
use super::meeting::{Plan, TYPES};
use super::mint::Mint;
use super::recurrence::{Ends, Pattern, Recurrence};
use super::room::Participant;
use super::state::{Permission, State};
use crate::clock::Timestamp;
use crate::dice::Dice;
use crate::names::UNITS;
use crate::organisation;

const ACCOUNTS: usize = 30;
/// Organizers of an account, if there are people enough.
const MOST_ORGANIZERS: usize = 4;
/// 2025-01-01: the seconds that ids begin with, so that they are the same whenever the sandbox is started.
const FOUNDED_MS: u64 = 1_735_689_600_000;
const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;
const PERMISSIONS: [&str; 3] = ["Everybody presents", "Organizers present", "Listeners only"];
const TOPICS: [&str; 10] = [
    "Case conference",
    "Family talk",
    "Handover",
    "Interview",
    "Journal club",
    "Lecture",
    "Quality circle",
    "Rounds",
    "Supervision",
    "Tumour board",
];

/// When a meeting is, as seen from now.
#[derive(Clone, Copy, PartialEq)]
enum When {
    Past,
    ClosedEarly,
    Now,
    Future,
    Series(Pattern),
}

/// The meetings of each account.
const MEETINGS: [When; 11] = [
    When::Past,
    When::Past,
    When::ClosedEarly,
    When::Now,
    When::Future,
    When::Future,
    When::Future,
    When::Series(Pattern::Daily),
    When::Series(Pattern::Weekly),
    When::Series(Pattern::MonthlyByDay),
    When::Series(Pattern::MonthlyByWeekday),
];

/// One account even where there are no people: an account key needs one.
pub(super) fn plant(seed: u64, people: usize, now: Timestamp) -> State {
    let hour = Timestamp::from_millis(now.millis() / HOUR_MS * HOUR_MS);
    let founded = Timestamp::from_millis(FOUNDED_MS);
    let mut mint = Mint::new(seed);
    let mut state = State {
        seed,
        whitelabel_id: mint.id(founded),
        accounts: Vec::new(),
        organizers: Vec::new(),
        permissions: PERMISSIONS.map(|name| Permission { id: mint.id(founded), name }).into(),
        meetings: Vec::new(),
        mint,
        outbox: Vec::new(),
    };
    let accounts = people.clamp(1, ACCOUNTS);
    for at in 0..accounts {
        plant_account(&mut state, at, people, hour);
    }
    for at in 0..accounts {
        plant_meetings(&mut state, at, people, hour);
    }
    state
}

/// The person at the account's position is its first organizer; nobody is in two accounts.
fn plant_account(state: &mut State, at: usize, people: usize, hour: Timestamp) {
    let mut dice = dice(state, "veeting account", at);
    let founded = Timestamp::from_millis(FOUNDED_MS + dice.below(365) * DAY_MS);
    // The account of the account key has as many as can be.
    let more = if at == KEY_ACCOUNT { MOST_ORGANIZERS - 1 } else { dice.index(MOST_ORGANIZERS) };
    let others = (0..more).map(|index| ACCOUNTS * (index + 1) + at).filter(|position| *position < people);
    for position in std::iter::once(at).chain(others) {
        let person = organisation::named(state.seed, position);
        let name = (person.first_name, person.last_name);
        let language = if dice.chance(20) { "de" } else { "en" };
        state.organizers.push(Organizer::of(&mut state.mint, founded, at, name, &person.email, language));
    }
    let (kind, days) = if dice.chance(20) { (TRIAL, dice.below(14)) } else { (PAID, dice.below(365)) };
    let name = UNITS.get(at).map_or("", |unit| unit.name);
    let account = Account::of(&mut state.mint, founded, name, kind, hour.plus_ms((days + 1) * DAY_MS));
    state.accounts.push(account);
}

fn plant_meetings(state: &mut State, account: usize, people: usize, hour: Timestamp) {
    let mut dice = dice(state, "veeting meetings", account);
    let made = Timestamp::from_millis(FOUNDED_MS + 366 * DAY_MS);
    let organizers: Vec<usize> =
        state.organizers.iter().enumerate().filter(|(_, one)| one.account == account).map(|(at, _)| at).collect();
    for when in MEETINGS {
        // Each third account has nobody in its room; the account key's has.
        if when == When::Now && account % 3 == 2 {
            continue;
        }
        let plan = plan(state, &mut dice, when, people, hour);
        let organizer = dice.pick(&organizers).copied().unwrap_or_default();
        let at = state.schedule(organizer, plan, made);
        let participants = participants(state, &mut dice, people, hour);
        let Some(meeting) = state.meetings.get_mut(at) else { continue };
        match when {
            When::Now => meeting.participants = participants,
            When::ClosedEarly => meeting.close(meeting.plan.start.plus_ms(5 * MINUTE_MS)),
            When::Past | When::Future | When::Series(_) => {}
        }
    }
}

fn plan(state: &State, dice: &mut Dice, when: When, people: usize, hour: Timestamp) -> Plan {
    let days = (1 + dice.below(30)) * DAY_MS;
    // Between 7 and 17 o'clock on whole half hours, or half an hour ago.
    let of_day = (14 + dice.below(20)) * 30 * MINUTE_MS;
    let day_ms = hour.millis() - hour.millis() % DAY_MS;
    let start_ms = match when {
        When::Now => hour.millis().saturating_sub(30 * MINUTE_MS),
        When::Past | When::ClosedEarly | When::Series(_) => day_ms.saturating_sub(days) + of_day,
        When::Future => day_ms + days + of_day,
    };
    let start = Timestamp::from_millis(start_ms);
    // What is open now stays open for a working day, so that there is time to look at it.
    let minutes = if when == When::Now { 8 * 60 } else { 30 * (1 + dice.below(4)) };
    let recurrence = match when {
        When::Series(pattern) => Some(Recurrence { pattern, every: 1 + dice.below(3), ends: ends(dice, start) }),
        _ => None,
    };
    let invited = (0..dice.below(6)).filter_map(|_| someone(state.seed, dice, people)).map(|one| one.email).collect();
    Plan {
        topic: dice.pick(&TOPICS).copied().unwrap_or_default().to_owned(),
        start,
        minutes,
        kind: dice.pick(&TYPES).copied().unwrap_or(TYPES[0]),
        recorded: dice.chance(25),
        dial_in: dice.chance(40),
        invited,
        recurrence,
        permission: if dice.chance(30) { dice.pick(&state.permissions).map(|one| one.id.clone()) } else { None },
    }
}

/// Late enough that every series has something to come.
fn ends(dice: &mut Dice, start: Timestamp) -> Ends {
    match dice.below(3) {
        0 => Ends::Never,
        1 => Ends::On(start.plus_ms((150 + dice.below(200)) * DAY_MS)),
        _ => Ends::After(40 + dice.below(40)),
    }
}

fn participants(state: &State, dice: &mut Dice, people: usize, hour: Timestamp) -> Vec<Participant> {
    let number = 2 + dice.below(11);
    let mut inside: Vec<Participant> = Vec::new();
    for _ in 0..number {
        let joined_ms = hour.millis().saturating_sub(dice.below(25) * MINUTE_MS);
        let Some(person) = someone(state.seed, dice, people) else { break };
        // Nobody is there twice.
        if inside.iter().all(|other| other.email != person.email) {
            let name = format!("{} {}", person.first_name, person.last_name);
            inside.push(Participant { name, email: person.email, joined_at: Timestamp::from_millis(joined_ms) });
        }
    }
    inside
}

fn someone(seed: u64, dice: &mut Dice, people: usize) -> Option<organisation::Named> {
    (people > 0).then(|| organisation::named(seed, dice.index(people)))
}

fn dice(state: &State, what: &str, at: usize) -> Dice {
    Dice::of(state.seed, what, u64::try_from(at).unwrap_or(u64::MAX))
}
