//! A person's settings: what the groups say, what was set for the person, and what a lock forbids.
//! Must not hold a whole sheet for each person: a sheet is put together when it is read, and only changes are kept.

use serde_json::{Value, json};

use super::person::Person;
use super::shapes::Shapes;
use super::sheet::{Holder, Sheet};
use super::side_effects::{TWINS, following};
use super::state::{GroupNumber, State};
use crate::dice::Dice;
use crate::merge::{leaves, merge, nested};

pub(super) const BACKGROUNDS: &str = "/in_meeting/virtual_background_settings/files";

/// Settings that some people have otherwise than their group from the start, each with a chance of ten percent.
const DEVIATIONS: [&str; 6] = [
    "/in_meeting/annotation",
    "/in_meeting/co_host",
    "/in_meeting/private_chat",
    "/recording/local_recording",
    "/schedule_meeting/host_video",
    "/email_notification/jbh_reminder",
];

/// Locks whose setting stands elsewhere than they do. An empty pointer is the whole sheet.
const MOVED: [(&str, Sheet, &str); 7] = [
    ("/schedule_meeting/meeting_authentication", Sheet::MeetingAuthentication, ""),
    ("/recording/recording_authentication", Sheet::RecordingAuthentication, ""),
    ("/in_meeting/auto_generated_captions", Sheet::Settings, "/in_meeting/manual_captioning/auto_generated_captions"),
    ("/in_meeting/manual_captions", Sheet::Settings, "/in_meeting/manual_captioning/manual_captions"),
    ("/in_meeting/save_captions", Sheet::Settings, "/in_meeting/manual_captioning/save_captions"),
    ("/in_meeting/full_transcript", Sheet::Settings, "/in_meeting/closed_captioning/view_full_transcript"),
    ("/in_meeting/save_caption", Sheet::Settings, "/in_meeting/closed_captioning/save_caption"),
];

/// A setting, or all below a pointer, that a group binds its people to.
pub(super) struct Lock {
    sheet: Sheet,
    pointer: String,
    group: GroupNumber,
}

impl Lock {
    fn binds(&self, sheet: Sheet, pointer: &str) -> bool {
        let below = pointer.strip_prefix(self.pointer.as_str());
        self.sheet == sheet && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

fn is_bound(locks: &[Lock], sheet: Sheet, pointer: &str) -> bool {
    locks.iter().any(|lock| lock.binds(sheet, pointer))
}

impl State {
    /// A person's sheet as it is read: the primary group's settings, the person's own, and over both what a lock says.
    pub(super) fn personal(&mut self, shapes: &Shapes, at: usize, sheet: Sheet) -> Value {
        let mut value = shapes.example(Holder::Person, sheet).clone();
        let Some(person) = self.people.get(at) else {
            return value;
        };
        let own = person.edits().and_then(|edits| edits.settings.get(&sheet)).cloned();
        let backgrounds = person.edits().map(|edits| edits.backgrounds.clone()).unwrap_or_default();
        let (primary, start) =
            (person.groups.first().copied(), (sheet == Sheet::Settings).then(|| start(person, self.seed)));
        let deviating = deviating(person, self.seed);
        let seed = self.seed;
        let inherited = primary.and_then(|group| self.sheet_of(shapes, group, sheet).cloned());
        inherit(&mut value, &inherited.unwrap_or_else(|| sheet.start(shapes, seed, "account")));
        if sheet == Sheet::Settings {
            for pointer in deviating {
                flip(&mut value, pointer);
            }
        }
        if let Some(start) = start {
            merge(&mut value, &start);
        }
        if let Some(own) = own {
            merge(&mut value, &own);
        }
        for lock in self.locks(shapes, at).into_iter().filter(|lock| lock.sheet == sheet) {
            let says = self.sheet_of(shapes, lock.group, sheet).and_then(|held| held.pointer(&lock.pointer)).cloned();
            if let (Some(held), Some(says)) = (value.pointer_mut(&lock.pointer), says) {
                inherit(held, &says);
            }
        }
        if sheet == Sheet::Settings
            && let Some(Value::Array(files)) = value.pointer_mut(BACKGROUNDS)
        {
            files.extend(backgrounds);
        }
        value
    }

    /// Changes what a person may change: a locked setting keeps its value, and so does one that would move a
    /// locked one.
    pub(super) fn change_personal(&mut self, shapes: &Shapes, at: usize, sheet: Sheet, patch: &Value) {
        let locks = self.locks(shapes, at);
        let mut taken = Value::Null;
        for (pointer, value) in leaves(patch) {
            let uploaded = sheet == Sheet::Settings && pointer == BACKGROUNDS;
            if uploaded || is_bound(&locks, sheet, &pointer) || self.moves_locked(shapes, at, sheet, &pointer, value) {
                continue;
            }
            merge(&mut taken, &nested(&pointer, value.clone()));
        }
        if taken.is_null() {
            return;
        }
        self.set_personal(at, sheet, &taken);
        for (sheet, pointer, value) in following(sheet, &leaves(&taken)) {
            if !is_bound(&locks, sheet, pointer) {
                self.set_personal(at, sheet, &nested(pointer, value));
            }
        }
    }

    /// Sets without asking.
    pub(super) fn set_personal(&mut self, at: usize, sheet: Sheet, patch: &Value) {
        if let Some(person) = self.people.get_mut(at) {
            merge(person.edits_mut().settings.entry(sheet).or_insert_with(|| json!({})), patch);
        }
    }

    fn moves_locked(&mut self, shapes: &Shapes, at: usize, sheet: Sheet, pointer: &str, value: &Value) -> bool {
        let locks = self.locks(shapes, at);
        following(sheet, &[(pointer.to_owned(), value)]).into_iter().any(|(other, target, wanted)| {
            is_bound(&locks, other, target) && self.personal(shapes, at, other).pointer(target) != Some(&wanted)
        })
    }

    /// All that the groups of a person bind the person to.
    fn locks(&mut self, shapes: &Shapes, at: usize) -> Vec<Lock> {
        let groups = self.people.get(at).map(|person| person.groups.clone()).unwrap_or_default();
        let mut found = Vec::new();
        for group in groups {
            for (locks, sheet) in [(Sheet::Locks, Sheet::Settings), (Sheet::SecurityLocks, Sheet::MeetingSecurity)] {
                let held = self.sheet_of(shapes, group, locks).cloned().unwrap_or_default();
                for (pointer, _) in leaves(&held).into_iter().filter(|(_, on)| **on == Value::Bool(true)) {
                    found.extend(bound(sheet, &pointer).map(|(sheet, pointer)| Lock { sheet, pointer, group }));
                }
            }
        }
        found
    }

    fn sheet_of(&mut self, shapes: &Shapes, group: GroupNumber, sheet: Sheet) -> Option<&Value> {
        let id = self.groups.iter().find(|one| one.number == group)?.id.clone();
        self.sheet(shapes, &id, sheet).ok().map(|held| &*held)
    }
}

/// What a lock binds: its own setting, or where that has moved, and its twin in the other variant.
fn bound(sheet: Sheet, pointer: &str) -> impl Iterator<Item = (Sheet, String)> {
    let moved = MOVED.iter().find(|(lock, _, _)| *lock == pointer).map(|(_, sheet, pointer)| (*sheet, *pointer));
    let (sheet, pointer) = moved.unwrap_or((sheet, pointer));
    let twin = TWINS.iter().find_map(|(plain, security)| match sheet {
        Sheet::Settings if *plain == pointer => Some((Sheet::MeetingSecurity, (*security).to_owned())),
        Sheet::MeetingSecurity if *security == pointer => Some((Sheet::Settings, (*plain).to_owned())),
        _ => None,
    });
    std::iter::once((sheet, pointer.to_owned())).chain(twin)
}

/// Takes over what the group says where the person's sheet has the same field of the same type.
fn inherit(held: &mut Value, says: &Value) {
    match (held, says) {
        (Value::Object(held), Value::Object(says)) => {
            for (name, value) in held {
                if let Some(says) = says.get(name) {
                    inherit(value, says);
                }
            }
        }
        (held @ Value::Bool(_), Value::Bool(_))
        | (held @ Value::Number(_), Value::Number(_))
        | (held @ Value::String(_), Value::String(_))
        | (held @ Value::Array(_), Value::Array(_)) => *held = says.clone(),
        _ => {}
    }
}

fn deviating(person: &Person, seed: u64) -> Vec<&'static str> {
    let mut dice = Dice::of(seed, "deviations", person.number);
    DEVIATIONS.into_iter().filter(|_| dice.chance(10)).collect()
}

fn flip(value: &mut Value, pointer: &str) {
    if let Some(Value::Bool(on)) = value.pointer_mut(pointer) {
        *on = !*on;
    }
}

/// What starts otherwise for each person: features, and the passcode of the personal meeting.
fn start(person: &Person, seed: u64) -> Value {
    const NAMES: [&str; 7] = [
        "zoom_phone",
        "webinar",
        "large_meeting",
        "zoom_events",
        "zoom_whiteboard",
        "zoom_workforce_management",
        "zoom_compliance_management",
    ];
    let mut switches = json!({"meeting_capacity": if person.is_licensed() { 300 } else { 100 }});
    for name in NAMES {
        switches[name] = person.starts_with(name).into();
    }
    let passcode = 100_000 + Dice::of(seed, "passcode", person.number).below(900_000);
    json!({"feature": switches, "schedule_meeting": {"pmi_password": passcode.to_string()}})
}
