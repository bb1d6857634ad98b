//! A person of the account: what is kept of everybody, and what is kept only of those who were changed.
//! Must not know HTTP or JSON answers (`profile.rs` has those), nor hold anything of a real person: names are common
//! ones, addresses are at example.com.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Map, Value};

use super::divisions::DivisionNumber;
use super::sheet::Sheet;
use super::state::GroupNumber;
use crate::clock::Timestamp;
use crate::dice::Dice;

const DAY_MS: u64 = 86_400_000;
/// 2019-01-01: nobody's account is older.
const FIRST_DAY: u64 = 17_897;
/// 2026-01-01: nobody signed in later.
const LAST_DAY: u64 = 20_454;
const TIME_ZONES: [&str; 4] = ["Europe/London", "America/New_York", "Europe/Berlin", "America/Chicago"];
/// License options go beyond what a double can count.
const LICENSES: [u64; 3] = [32, 18_014_398_509_481_984, 576_460_752_303_423_500];

pub(super) const BASIC: u8 = 1;
pub(super) const LICENSED: u8 = 2;
pub(super) const UNLICENSED: u8 = 4;
/// Without meetings at all; only single sign-on makes such people.
pub(super) const NONE: u8 = 99;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Active,
    Inactive,
    Pending,
    /// Deleted or let go: found by nobody. The position is not used again.
    Gone,
}

impl Status {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Active, Self::Inactive, Self::Pending].into_iter().find(|status| status.name() == name)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Pending => "pending",
            Self::Gone => "gone",
        }
    }
}

/// How a person signs in, as Zoom numbers it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Login {
    Api = 99,
    WorkEmail = 100,
    SingleSignOn = 101,
}

/// What somebody's client says about them.
#[derive(Clone, Debug)]
pub(super) struct Presence {
    pub(super) status: &'static str,
    pub(super) since: Timestamp,
    /// When "do not disturb" is over.
    pub(super) ends: Option<Timestamp>,
}

pub(super) struct Person {
    /// The position in the account's list of people.
    pub(super) number: u64,
    pub(super) id: String,
    pub(super) email: String,
    pub(super) first_name: Cow<'static, str>,
    pub(super) last_name: Cow<'static, str>,
    pub(super) department: Cow<'static, str>,
    pub(super) status: Status,
    /// `BASIC`, `LICENSED`, `UNLICENSED` or `NONE`.
    pub(super) kind: u8,
    /// The primary group first.
    pub(super) groups: Vec<GroupNumber>,
    pub(super) division: DivisionNumber,
    edits: Option<Box<Edits>>,
}

/// What most people have nothing of.
#[derive(Default)]
pub(super) struct Edits {
    /// Fields of the profile as they are read.
    pub(super) fields: Map<String, Value>,
    pub(super) display_name: Option<String>,
    pub(super) host_key: Option<String>,
    pub(super) vanity_name: Option<String>,
    pub(super) login: Option<Login>,
    pub(super) created: Option<Timestamp>,
    pub(super) invitation_ends: Option<Timestamp>,
    pub(super) email_changes: Vec<Timestamp>,
    /// Sums of passwords, the newest last. The passwords themselves are not kept.
    pub(super) passwords: Vec<u64>,
    pub(super) presence: Option<Presence>,
    /// How often the tokens were revoked.
    pub(super) revoked: u64,
    /// Whether there is a picture; unknown as long as nobody touched it.
    pub(super) picture: Option<String>,
    pub(super) picture_removed: bool,
    pub(super) backgrounds: Vec<Value>,
    pub(super) call_queue_manager: bool,
    /// What was set for this person, on top of what the groups say.
    pub(super) settings: HashMap<Sheet, Value>,
    /// Positions of people whose templates came here when they left.
    pub(super) inherited_from: Vec<usize>,
}

/// What is derived from the seed for one person.
pub(super) struct Derived {
    pub(super) created: Timestamp,
    pub(super) last_login: Timestamp,
    pub(super) pmi: u64,
    pub(super) host_key: u64,
    pub(super) time_zone: &'static str,
    pub(super) license: u64,
    pub(super) phone: u64,
}

impl Person {
    pub(super) fn new(number: u64, id: String, email: String, kind: u8, status: Status) -> Self {
        Self {
            number,
            id,
            email,
            first_name: Cow::Borrowed(""),
            last_name: Cow::Borrowed(""),
            department: Cow::Borrowed(""),
            status,
            kind,
            groups: Vec::new(),
            division: 0,
            edits: None,
        }
    }

    pub(super) fn edits(&self) -> Option<&Edits> {
        self.edits.as_deref()
    }

    pub(super) fn edits_mut(&mut self) -> &mut Edits {
        self.edits.get_or_insert_default()
    }

    pub(super) fn display_name(&self) -> String {
        let chosen = self.edits().and_then(|edits| edits.display_name.clone());
        chosen.unwrap_or_else(|| format!("{} {}", self.first_name, self.last_name).trim().to_owned())
    }

    /// 0 owner, 1 admin, 2 member.
    pub(super) fn role_id(&self) -> &'static str {
        match self.number {
            0 => "0",
            1..=5 => "1",
            _ => "2",
        }
    }

    pub(super) fn is_admin(&self) -> bool {
        self.role_id() != "2"
    }

    pub(super) fn is_licensed(&self) -> bool {
        self.kind == LICENSED
    }

    pub(super) fn employee_id(&self) -> String {
        format!("E{:06}", self.number)
    }

    /// Where the person with an employee id stands, if there is one: the number in it is the position.
    pub(super) fn position_of(employee_id: &str) -> Option<usize> {
        employee_id.strip_prefix('E')?.parse().ok()
    }

    /// Most people sign in with a work e-mail address, every third over single sign-on.
    pub(super) fn login(&self) -> Login {
        let by_number = if self.number % 3 == 2 { Login::SingleSignOn } else { Login::WorkEmail };
        self.edits().and_then(|edits| edits.login).unwrap_or(by_number)
    }

    /// An invitation that nobody took up in time. Of those from the start, every fourth.
    pub(super) fn invitation_ended(&self, now: Timestamp) -> bool {
        let ends = self.edits().and_then(|edits| edits.invitation_ends);
        self.status == Status::Pending && ends.map_or(self.number % 4 == 3, |ends| ends <= now)
    }

    pub(super) fn is_call_queue_manager(&self) -> bool {
        self.edits().is_some_and(|edits| edits.call_queue_manager)
    }

    pub(super) fn pmi(&self, seed: u64) -> u64 {
        let chosen = self.edits().and_then(|edits| edits.fields.get("pmi")?.as_u64());
        chosen.unwrap_or_else(|| self.derived(seed).pmi)
    }

    /// What a person has of a feature of the settings: what was set, or else `start`.
    pub(super) fn feature<'a>(&'a self, name: &str) -> Option<&'a Value> {
        self.edits()?.settings.get(&Sheet::Settings)?.get("feature")?.get(name)
    }

    pub(super) fn has_feature(&self, name: &str) -> bool {
        self.feature(name).and_then(Value::as_bool).unwrap_or_else(|| self.starts_with(name))
    }

    /// The switches of the features that a person has at the start.
    pub(super) fn starts_with(&self, feature: &str) -> bool {
        let licensed = self.is_licensed();
        match feature {
            "zoom_phone" => self.number.is_multiple_of(3),
            "webinar" => licensed && self.number % 10 == 1,
            "large_meeting" => licensed && self.number % 10 == 2,
            "zoom_events" => licensed && self.number % 50 == 13,
            "zoom_whiteboard" => licensed && self.number.is_multiple_of(4),
            "zoom_workforce_management" => licensed && self.number % 9 == 4,
            "zoom_compliance_management" => licensed && self.number % 11 == 5,
            _ => false,
        }
    }

    pub(super) fn derived(&self, seed: u64) -> Derived {
        let mut dice = Dice::of(seed, "profile", self.number);
        let created_day = FIRST_DAY + dice.below(LAST_DAY - FIRST_DAY);
        let login_day = created_day + dice.below(LAST_DAY - created_day + 1);
        Derived {
            created: Timestamp::from_millis(created_day * DAY_MS + dice.below(DAY_MS)),
            last_login: Timestamp::from_millis(login_day * DAY_MS + dice.below(DAY_MS)),
            pmi: 2_000_000_000 + dice.below(7_999_999_999),
            host_key: 100_000 + dice.below(900_000),
            time_zone: dice.pick(&TIME_ZONES).copied().unwrap_or("UTC"),
            license: dice.pick(&LICENSES).copied().unwrap_or(32),
            phone: dice.below(10_000),
        }
    }
}
