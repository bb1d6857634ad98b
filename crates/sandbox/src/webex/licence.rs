//! What a site allows a person: only Webex XML reads and writes it. Must not hold rooms.

use serde::{Deserialize, Serialize};

use super::person::Person;
use super::room::fresh;
use super::seed::ADMINISTRATORS;
use crate::dice::Dice;

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Licence {
    pub(crate) active: bool,
    pub(crate) host: bool,
    /// Whether it may change others. An account can look like an administrator's without it.
    pub(crate) site_admin: bool,
    /// For calling in by phone: not the PIN of the room.
    pub(crate) audio_pin: String,
    pub(crate) meeting_types: Vec<u32>,
}

impl Licence {
    pub(super) fn start(seed: u64, person: &Person) -> Self {
        let mut dice = Dice::of(seed, "webex licence", person.number);
        // The last of the administrators is one by name only.
        let site_admin = ADMINISTRATORS[..5].contains(&person.email.as_str());
        Self {
            active: true,
            host: true,
            site_admin,
            audio_pin: fresh(&mut dice, 4),
            meeting_types: if dice.chance(30) { vec![9, 214, 11] } else { vec![214] },
        }
    }
}
