//! A person of the organisation as Webex knows them. Must not hold anything of a real person.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::dice::Dice;
use crate::names::JOBS;

const DAY_MS: u64 = 86_400_000;
/// 2019-01-01: nobody's account is older.
const FIRST_DAY: u64 = 17_897;
/// 2026-01-01: nobody was active later.
const LAST_DAY: u64 = 20_454;
const ID_KIND: &str = "ciscospark://us/PEOPLE/";
const ORGANISATION: &str = "ciscospark://us/ORGANIZATION/00000000-0000-4000-a000-00000000d0e0";
const NUMBER_BITS: u64 = 0xffff_ffff_ffff;
const STATUSES: [&str; 6] = ["active", "active", "inactive", "inactive", "meeting", "unknown"];

pub(crate) struct Person {
    /// What everything about the person is thrown by. Never used twice.
    pub(crate) number: u64,
    pub(crate) first_name: Cow<'static, str>,
    pub(crate) last_name: Cow<'static, str>,
    pub(crate) email: String,
    /// A second address.
    pub(crate) alias: Option<String>,
    pub(crate) department: &'static str,
    /// Whether there is an account at all.
    pub(crate) on_webex: bool,
    /// Whether the second site knows the person too.
    pub(crate) on_eu: bool,
}

impl Person {
    pub(crate) fn display_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }

    /// An id in the vendor's form: the base64 of a name that ends in a UUID, whose last part hides the number.
    pub(super) fn id(&self, seed: u64) -> String {
        let mut dice = Dice::of(seed, "webex person", self.number);
        let bits = dice.throw();
        let name = format!(
            "{ID_KIND}{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            bits >> 32,
            (bits >> 16) & 0xffff,
            (bits >> 8) & 0xfff,
            bits & 0xfff,
            (self.number ^ mask(seed)) & NUMBER_BITS
        );
        URL_SAFE_NO_PAD.encode(name)
    }

    /// The number that an id hides. Whether the rest of the id is right has to be looked at.
    pub(super) fn number_of(id: &str, seed: u64) -> Option<u64> {
        let bytes = URL_SAFE_NO_PAD.decode(id).ok()?;
        let name = String::from_utf8(bytes).ok()?;
        let last = name.strip_prefix(ID_KIND)?.rsplit('-').next()?;
        Some((u64::from_str_radix(last, 16).ok()? ^ mask(seed)) & NUMBER_BITS)
    }

    /// The person as the directory shows them. Who was never there has a status that says so and no last activity.
    pub(super) fn row(&self, seed: u64) -> Value {
        let mut dice = Dice::of(seed, "webex profile", self.number);
        let created_day = FIRST_DAY + dice.below(LAST_DAY - FIRST_DAY);
        let created = created_day * DAY_MS + dice.below(DAY_MS);
        let active = (created_day + dice.below(LAST_DAY - created_day + 1)) * DAY_MS + dice.below(DAY_MS);
        let mut row = json!({
            "id": self.id(seed),
            "emails": std::iter::once(&self.email).chain(&self.alias).collect::<Vec<_>>(),
            "displayName": self.display_name(),
            "firstName": self.first_name,
            "lastName": self.last_name,
            "department": self.department,
            "orgId": STANDARD_NO_PAD.encode(ORGANISATION),
            "created": written(created),
            "lastModified": written(active.max(created)),
            "status": "pending",
            "invitePending": false,
            "loginEnabled": true,
            "type": "person",
        });
        if !dice.chance(4) {
            row["status"] = dice.pick(&STATUSES).copied().into();
            row["lastActivity"] = written(active.max(created)).into();
        }
        if dice.chance(60) {
            row["title"] = dice.pick(&JOBS).copied().into();
        }
        row
    }
}

fn mask(seed: u64) -> u64 {
    Dice::of(seed, "webex person ids", 0).throw()
}

/// RFC 3339 with milliseconds, as Webex writes dates.
fn written(ms: u64) -> String {
    let seconds = Timestamp::from_millis(ms).to_string();
    format!("{}.{:03}Z", seconds.trim_end_matches('Z'), ms % 1000)
}
