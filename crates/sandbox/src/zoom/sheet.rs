//! The sheets of settings that a group has, one for each variant of a settings operation, and how they start.
//! Must not hold state: a sheet's start depends on the seed and the group only.

use serde_json::{Value, json};

use super::shapes::Shapes;
use crate::dice::Dice;
use crate::merge::{merge, properties};

/// How likely a documented switch stands the other way, and how likely a lock is on, in percent.
const FLIPPED: u64 = 35;
const LOCKED: u64 = 15;

/// Whose settings a sheet holds.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Holder {
    Group,
    Person,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Sheet {
    Settings,
    MeetingAuthentication,
    RecordingAuthentication,
    MeetingSecurity,
    Locks,
    SecurityLocks,
    WebinarRegistration,
    MeetingRegistration,
}

impl Sheet {
    pub(super) const ALL: [Self; 8] = [
        Self::Settings,
        Self::MeetingAuthentication,
        Self::RecordingAuthentication,
        Self::MeetingSecurity,
        Self::Locks,
        Self::SecurityLocks,
        Self::WebinarRegistration,
        Self::MeetingRegistration,
    ];

    /// The sheets that a person has too.
    pub(super) const PERSONAL: [Self; 4] =
        [Self::Settings, Self::MeetingAuthentication, Self::RecordingAuthentication, Self::MeetingSecurity];

    /// The path of the operation in the vendor's document.
    pub(super) fn template(self, holder: Holder) -> &'static str {
        match self {
            Self::Settings | Self::MeetingAuthentication | Self::RecordingAuthentication | Self::MeetingSecurity => {
                match holder {
                    Holder::Group => "/groups/{groupId}/settings",
                    Holder::Person => "/users/{userId}/settings",
                }
            }
            Self::Locks | Self::SecurityLocks => "/groups/{groupId}/lock_settings",
            Self::WebinarRegistration | Self::MeetingRegistration => "/groups/{groupId}/settings/registration",
        }
    }

    /// The value of the `option` parameter that selects it.
    pub(super) fn option(self) -> Option<&'static str> {
        match self {
            Self::Settings | Self::Locks | Self::WebinarRegistration | Self::MeetingRegistration => None,
            Self::MeetingAuthentication => Some("meeting_authentication"),
            Self::RecordingAuthentication => Some("recording_authentication"),
            Self::MeetingSecurity | Self::SecurityLocks => Some("meeting_security"),
        }
    }

    pub(super) fn invented_name(self, holder: Holder) -> &'static str {
        match self {
            Self::Settings if holder == Holder::Person => "user_settings",
            Self::Settings => "settings",
            Self::MeetingAuthentication => "meeting_authentication",
            Self::RecordingAuthentication => "recording_authentication",
            Self::MeetingSecurity => "meeting_security",
            Self::Locks => "locks",
            Self::SecurityLocks => "security_locks",
            Self::WebinarRegistration => "webinar_registration",
            Self::MeetingRegistration => "meeting_registration",
        }
    }

    /// The sheet of group settings that an `option` selects.
    pub(super) fn of_settings(option: Option<&str>) -> Option<Self> {
        Self::PERSONAL.into_iter().find(|sheet| sheet.option() == option)
    }

    /// The sheet of locks that an `option` selects.
    pub(super) fn of_locks(option: Option<&str>) -> Option<Self> {
        [Self::Locks, Self::SecurityLocks].into_iter().find(|sheet| sheet.option() == option)
    }

    /// The sheet of registration settings that a `type` selects; webinars when none is given.
    pub(super) fn of_registration(kind: Option<&str>) -> Option<Self> {
        match kind {
            None | Some("webinar") => Some(Self::WebinarRegistration),
            Some("meeting") => Some(Self::MeetingRegistration),
            Some(_) => None,
        }
    }

    fn is_locks(self) -> bool {
        matches!(self, Self::Locks | Self::SecurityLocks)
    }

    /// How this sheet stands at the start: the example, varied by the seed and `pattern`, which names the group.
    pub(super) fn start(self, shapes: &Shapes, seed: u64, pattern: &str) -> Value {
        let variation = Variation { sheet: self, seed, pattern };
        let mut value = shapes.example(Holder::Group, self).clone();
        let schemas = [shapes.read(Holder::Group, self), shapes.write(Holder::Group, self)];
        variation.apply(&mut value, &schemas, self.invented_name(Holder::Group), false);
        if let Some(agreed) = agreed(self, seed, pattern) {
            merge(&mut value, &agreed);
        }
        value
    }
}

/// The groups that the demo's and the tests' main story is about start from known ground: no waiting room, no lock.
pub(super) const STORY_GROUP: &str = "Clinical staff";

/// Switches that stand on two sheets, or exclude each other, start in agreement.
fn agreed(sheet: Sheet, seed: u64, pattern: &str) -> Option<Value> {
    let mut dice = Dice::of(seed, pattern, 0);
    let waiting_room = dice.chance(60) && pattern != STORY_GROUP;
    let join_before_host = !waiting_room;
    let embed = dice.chance(70);
    match sheet {
        Sheet::Settings => Some(json!({
            "in_meeting": {"waiting_room": waiting_room, "e2e_encryption": false, "chat": true},
            "schedule_meeting": {"join_before_host": join_before_host, "embed_password_in_join_link": embed},
            "recording": {"cloud_recording": true},
        })),
        Sheet::MeetingSecurity => Some(json!({"meeting_security": {
            "waiting_room": waiting_room,
            "embed_password_in_join_link": embed,
            "end_to_end_encrypted_meetings": false,
            "encryption_type": "enhanced_encryption",
        }})),
        Sheet::Locks => {
            Some(json!({"in_meeting": {"waiting_room": false}, "schedule_meeting": {"join_before_host": false}}))
        }
        Sheet::SecurityLocks => Some(json!({"meeting_security": {"waiting_room": false}})),
        _ => None,
    }
}

struct Variation<'a> {
    sheet: Sheet,
    seed: u64,
    pattern: &'a str,
}

impl Variation<'_> {
    /// Each leaf throws its own dice, so that one more field in the document does not change all the others.
    fn apply(&self, value: &mut Value, schemas: &[&Value], pointer: &str, in_list: bool) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    let inner: Vec<&Value> =
                        schemas.iter().filter_map(|schema| properties(schema)?.get(name)).collect();
                    self.apply(field, &inner, &format!("{pointer}/{name}"), in_list);
                }
            }
            Value::Array(items) => {
                let inner: Vec<&Value> = schemas.iter().filter_map(|schema| schema.get("items")).collect();
                for (index, item) in items.iter_mut().enumerate() {
                    self.apply(item, &inner, &format!("{pointer}/{index}"), true);
                }
            }
            // What is in a list hangs together (a code and its name): left as the example has it.
            Value::Bool(on) if !in_list => {
                let mut dice = self.dice(pointer);
                *on = if self.sheet.is_locks() { dice.chance(LOCKED) } else { *on != dice.chance(FLIPPED) };
            }
            Value::String(_) | Value::Number(_) => self.choose(value, schemas, pointer, in_list),
            Value::Bool(_) | Value::Null => {}
        }
    }

    /// Picks one of the documented choices; in a list only where the example shows what is no choice.
    fn choose(&self, value: &mut Value, schemas: &[&Value], pointer: &str, in_list: bool) {
        let mut lists = schemas.iter().filter_map(|schema| schema.get("enum")?.as_array());
        // Where reading and writing differ, what can be written is what the system holds.
        let Some(choices) = lists.next_back() else {
            return;
        };
        let picked = self.dice(pointer).pick(choices);
        if let Some(choice) = picked.filter(|_| !in_list || !choices.contains(value)) {
            *value = choice.clone();
        }
    }

    fn dice(&self, pointer: &str) -> Dice {
        Dice::of(self.seed, &format!("{}{pointer}", self.pattern), 1)
    }
}
