//! A Personal Meeting Room: what can be changed of it, how it starts, and how it is read.
//! Must not judge a change: `judge.rs` does, and a change behind the client's back is not judged at all.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::person::Person;
use super::pin;
use super::site::Site;
use crate::dice::Dice;

/// After how many minutes a room may lock itself.
pub(super) const LOCK_MINUTES: [u64; 5] = [0, 5, 10, 15, 20];

/// Somebody who may host in the owner's absence.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CoHost {
    pub(crate) email: String,
    #[serde(default)]
    pub(crate) display_name: String,
}

/// What can be changed of a room, in the names of the REST API.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "these are the vendor's switches")]
pub(crate) struct Room {
    pub(crate) topic: String,
    pub(crate) host_pin: String,
    pub(crate) enabled_auto_lock: bool,
    pub(crate) auto_lock_minutes: u64,
    pub(crate) enabled_notify_host: bool,
    pub(crate) support_co_host: bool,
    pub(crate) support_anyone_as_co_host: bool,
    pub(crate) co_hosts: Vec<CoHost>,
}

/// What nobody can change of a room.
pub(crate) struct Fixed {
    pub(crate) link: String,
    pub(crate) access_code: String,
    sip_address: String,
    meeting: String,
}

impl Room {
    /// The room of a person as it is at the start; some have a PIN from before today's rules.
    pub(super) fn start(seed: u64, people: &[Person], person: &Person, site: Site) -> Self {
        let mut dice = Dice::of(seed, &format!("webex room {}", site.url()), person.number);
        let old_pin = dice.chance(2);
        let host_pin = if old_pin { old(&mut dice, site.pin_length()) } else { fresh(&mut dice, site.pin_length()) };
        let mut room = Self {
            topic: format!("Room of {}", person.display_name()),
            host_pin,
            enabled_auto_lock: dice.chance(40),
            auto_lock_minutes: dice.pick(&LOCK_MINUTES[1..]).copied().unwrap_or(10),
            enabled_notify_host: dice.chance(70),
            support_co_host: dice.chance(50),
            support_anyone_as_co_host: dice.chance(20),
            co_hosts: Vec::new(),
        };
        let other = dice.pick(people).filter(|other| other.on_webex && other.number != person.number);
        if let Some(other) = other.filter(|_| room.support_co_host && !room.support_anyone_as_co_host) {
            room.co_hosts.push(CoHost { email: other.email.clone(), display_name: other.display_name() });
        }
        room
    }

    /// The room as it is read.
    pub(super) fn whole(&self, fixed: &Fixed) -> Value {
        json!({
            "topic": self.topic,
            "hostPin": self.host_pin,
            "enabledAutoLock": self.enabled_auto_lock,
            "autoLockMinutes": self.auto_lock_minutes,
            "enabledNotifyHost": self.enabled_notify_host,
            "supportCoHost": self.support_co_host,
            "supportAnyoneAsCoHost": self.support_anyone_as_co_host,
            "coHosts": self.co_hosts,
            "personalMeetingRoomLink": fixed.link,
            "sipAddress": fixed.sip_address,
            "dialInIpAddress": "192.0.2.70",
            "telephony": {
                "accessCode": fixed.access_code,
                "callInNumbers": [{"label": "US Toll", "callInNumber": "+1-555-0100", "tollType": "toll"}],
                "links": [{
                    "rel": "globalCallinNumbers",
                    "href": format!("/v1/meetings/{}/globalCallinNumbers", fixed.meeting),
                    "method": "GET",
                }],
            },
        })
    }
}

impl Fixed {
    pub(crate) fn of(seed: u64, person: &Person, site: Site) -> Self {
        let mut dice = Dice::of(seed, &format!("webex fixed {}", site.url()), person.number);
        let name = person.email.split('@').next().unwrap_or_default();
        Self {
            link: format!("https://{}/meet/{name}", site.url()),
            access_code: (1_000_000_000 + dice.below(9_000_000_000)).to_string(),
            sip_address: format!("{name}@{}", site.url()),
            meeting: format!("{:016x}{:016x}", dice.throw(), dice.throw()),
        }
    }
}

/// A PIN that today's rules allow.
pub(super) fn fresh(dice: &mut Dice, length: usize) -> String {
    loop {
        let pin: String = (0..length).map(|_| char::from(b'0' + u8::try_from(dice.below(10)).unwrap_or(0))).collect();
        if length == 0 || pin::judge(&pin, length).is_ok() {
            return pin;
        }
    }
}

/// A PIN from before the rules: one digit again and again, a run, or one digit short.
fn old(dice: &mut Dice, length: usize) -> String {
    match dice.below(3) {
        0 => "7".repeat(length),
        1 => "123456789".chars().take(length).collect(),
        _ => fresh(dice, length.saturating_sub(1)),
    }
}
