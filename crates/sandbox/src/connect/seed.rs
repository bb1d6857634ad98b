//! Who is on Connect at the start, and which folders and meetings there are.
//! Must not depend on anything but the seed and the number of people.

use super::passcode;
use super::person::Person;
use super::sco::{Kind, Sco};
use crate::clock::Timestamp;
use crate::dice::Dice;
use crate::names::UNITS;
use crate::organisation;

/// The folders that everything is in.
pub(super) const SHARED_MEETINGS: u64 = 11_001;
pub(super) const USER_MEETINGS: u64 = 11_002;
const ACCOUNT_FOLDER: u64 = 11_000;
/// Ids count up from these; what is thrown makes gaps between them.
const FIRST_SHARED_FOLDER: u64 = 11_100;
const FIRST_CONTENT: u64 = 11_200;
const FIRST_MEETING: u64 = 20_000;
const FIRST_PERSON: u64 = 10_000_000;

/// Those who can sign in, before everybody else: an administrator, and a host who is none.
const ACCOUNTS: [(&str, &str, bool); 2] =
    [("admin@example.com", "Connect Administrator", true), ("host@example.com", "Connect Host", false)];
const DEMO_HOST: usize = 1;
/// 600 meetings for 5,000 people.
const MEETINGS_PER_HUNDRED: usize = 12;
/// The demo's host has three and a shared folder one, however few people there are.
const FEWEST_MEETINGS: usize = 4;
/// Nobody has more meetings of their own.
const MEETINGS_OF_ONE: usize = 3;
const SHARED_FOLDERS: usize = 8;
const TOPICS: [&str; 12] = [
    "Case conference",
    "Consultation hour",
    "Course planning",
    "Handover",
    "Journal club",
    "Morning round",
    "Project review",
    "Seminar",
    "Supervision",
    "Team meeting",
    "Training",
    "Tutorial",
];
const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// Those that addresses are made of.
const SMALL_LETTERS: usize = 26;

const DAY_MS: u64 = 86_400_000;
const QUARTER_MS: u64 = 900_000;
/// 2019-01-01: nothing is older.
const FIRST_DAY: u64 = 17_897;
/// 2026-01-01: nothing was changed later, and no meeting is planned earlier.
const LAST_DAY: u64 = 20_454;

/// People with the two accounts first; folders and meetings in the order of their ids.
pub(super) fn plant(seed: u64, count: usize) -> (Vec<Person>, Vec<Sco>) {
    let mut people: Vec<Person> = ACCOUNTS
        .iter()
        .enumerate()
        .map(|(at, (login, name, administrator))| Person {
            has_password: true,
            administrator: *administrator,
            ..person(seed, at, (*name).to_owned(), (*login).to_owned())
        })
        .collect();
    let members = (0..count).filter_map(|at| member(seed, at)).enumerate();
    people.extend(members.map(|(at, person)| match person.email {
        None => Person { email: organisation::shared(at), ..person },
        Some(_) => person,
    }));
    let mut scos = folders(seed);
    scos.extend(meetings(seed, count, &people));
    let own = people.iter().enumerate().map(|(at, person)| Sco {
        owner: Some(at),
        ..sco(seed, person.folder, USER_MEETINGS, Kind::Folder, person.login.clone())
    });
    scos.extend(own);
    (people, scos)
}

/// Somebody of the organisation, four in five of whom have an account.
fn member(seed: u64, at: usize) -> Option<Person> {
    if !Dice::of(seed, "connect membership", wide(at)).chance(80) {
        return None;
    }
    let named = organisation::named(seed, at);
    let name = format!("{} {}", named.first_name, named.last_name);
    // Who has a second address signs in with what stands before the sign, as accounts of old do.
    let alias = organisation::alias(seed, at);
    let login = alias.as_ref().and_then(|alias| alias.split('@').next()).map_or(named.email, str::to_owned);
    Some(Person { email: alias, ..person(seed, at + ACCOUNTS.len(), name, login) })
}

fn person(seed: u64, number: usize, name: String, login: String) -> Person {
    let id = FIRST_PERSON + 8 * wide(number) + Dice::of(seed, "connect person", wide(number)).below(4);
    Person { id, folder: id + 4, name, login, email: None, administrator: false, has_password: false }
}

/// The two that everything is in, and the shared ones with a piece of content each.
fn folders(seed: u64) -> Vec<Sco> {
    let folder = |id, parent, name: &str| sco(seed, id, parent, Kind::Folder, name.to_owned());
    let shared = |sco| Sco { shared: true, ..sco };
    let mut scos = vec![
        shared(folder(SHARED_MEETINGS, ACCOUNT_FOLDER, "Shared Meetings")),
        folder(USER_MEETINGS, ACCOUNT_FOLDER, "User Meetings"),
    ];
    let units = || UNITS.iter().take(SHARED_FOLDERS);
    scos.extend((FIRST_SHARED_FOLDER..).zip(units()).map(|(id, unit)| shared(folder(id, SHARED_MEETINGS, unit.name))));
    scos.extend(
        (FIRST_CONTENT..).zip(FIRST_SHARED_FOLDER..).zip(units()).map(|((id, parent), unit)| {
            shared(sco(seed, id, parent, Kind::Content, format!("{}: welcome", unit.name)))
        }),
    );
    scos
}

/// Those of the demo's host, a tenth in the shared folders, and up to three each of many people.
fn meetings(seed: u64, count: usize, people: &[Person]) -> Vec<Sco> {
    let total = (count * MEETINGS_PER_HUNDRED / 100).max(FEWEST_MEETINGS);
    let shared = (total / 10).max(1);
    let others = total - MEETINGS_OF_ONE - shared;
    let members = people.len() - ACCOUNTS.len();
    let hosts = others.div_ceil(MEETINGS_OF_ONE);
    let mut dice = Dice::of(seed, "connect hosts", 0);
    let mut found = Vec::with_capacity(total);
    for number in 0..total {
        let (host, folder, name) = if number < MEETINGS_OF_ONE {
            own(people, DEMO_HOST, number)
        } else if let Some(at) = (number - MEETINGS_OF_ONE).checked_sub(shared) {
            let host = ACCOUNTS.len() + at / MEETINGS_OF_ONE * members / hosts;
            own(people, host, at % MEETINGS_OF_ONE)
        } else {
            let at = number - MEETINGS_OF_ONE;
            let host = if members == 0 { DEMO_HOST } else { ACCOUNTS.len() + dice.index(members) };
            (host, FIRST_SHARED_FOLDER + wide(at % SHARED_FOLDERS), shared_name(at))
        };
        let shared = folder < FIRST_MEETING;
        found.push(Sco { shared, ..meeting(seed, number, folder, name, host, people.len()) });
    }
    found
}

/// The n-th meeting that somebody has of their own.
fn own(people: &[Person], host: usize, number: usize) -> (usize, u64, String) {
    let (folder, name) = people.get(host).map_or((USER_MEETINGS, ""), |person| (person.folder, person.name.as_str()));
    (host, folder, format!("{} with {name}", TOPICS[(host + number) % TOPICS.len()]))
}

/// Each name comes once in its folder.
fn shared_name(at: usize) -> String {
    let (unit, round) = (UNITS[at % SHARED_FOLDERS].name, at / SHARED_FOLDERS);
    let again = round / TOPICS.len();
    let suffix = if again == 0 { String::new() } else { format!(" {}", again + 1) };
    format!("{unit}: {}{suffix}", TOPICS[round % TOPICS.len()])
}

fn meeting(seed: u64, number: usize, folder: u64, name: String, host: usize, people: usize) -> Sco {
    let mut dice = Dice::of(seed, "connect meeting", wide(number));
    let id = FIRST_MEETING + 4 * wide(number) + dice.below(4);
    let mut meeting = sco(seed, id, folder, Kind::Meeting, name);
    if dice.chance(30) {
        let length = 4 + dice.index(passcode::LENGTH - 3);
        meeting.passcode = Some(letters(&mut dice, length, LETTERS));
    }
    if dice.chance(70) {
        let begin = LAST_DAY * DAY_MS + dice.below(180) * DAY_MS + (28 + dice.below(40)) * QUARTER_MS;
        let end = begin + (2 + dice.below(7)) * QUARTER_MS;
        meeting.planned = Some((Timestamp::from_millis(begin), Timestamp::from_millis(end)));
    }
    if dice.chance(40) {
        "Bring your questions & your notes.".clone_into(&mut meeting.description);
    }
    meeting.hosts.push(host);
    let second = dice.chance(20);
    let mut others: Vec<usize> = (0..=dice.below(3)).map(|_| ACCOUNTS.len() + dice.index(people)).collect();
    others.retain(|at| *at != host && *at < people);
    others.sort_unstable();
    others.dedup();
    if second {
        meeting.hosts.extend(others.pop());
    }
    meeting.guests = others;
    meeting
}

fn sco(seed: u64, id: u64, folder: u64, kind: Kind, name: String) -> Sco {
    let mut dice = Dice::of(seed, "connect sco", id);
    let created_day = FIRST_DAY + dice.below(LAST_DAY - FIRST_DAY);
    let created = created_day * DAY_MS + dice.below(DAY_MS);
    let modified = (created_day + dice.below(LAST_DAY - created_day)) * DAY_MS + dice.below(DAY_MS);
    let address = letters(&mut dice, 11, &LETTERS[..SMALL_LETTERS]);
    Sco {
        id,
        folder,
        kind,
        name,
        description: String::new(),
        url_path: if kind == Kind::Folder { format!("/f{id}/") } else { format!("/r{address}/") },
        created: Timestamp::from_millis(created),
        modified: Timestamp::from_millis(modified.max(created)),
        planned: None,
        shared: false,
        owner: None,
        hosts: Vec::new(),
        guests: Vec::new(),
        passcode: None,
    }
}

fn letters(dice: &mut Dice, length: usize, from: &[u8]) -> String {
    (0..length).filter_map(|_| dice.pick(from).copied().map(char::from)).collect()
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
