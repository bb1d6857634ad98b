//! Settings that move other settings, as Zoom's do: one table, each row with its reason.
//! Must not grow a rule engine: a row says "when this is set to that, these follow".

use serde_json::Value;

use super::sheet::Sheet;

/// A leaf of a sheet and a value.
pub(super) type Setting = (Sheet, &'static str, Follow);

/// What a leaf is set to.
#[derive(Clone, Copy)]
pub(super) enum Follow {
    Off,
    On,
    /// The value that was sent.
    Same,
    Text(&'static str),
}

impl Follow {
    fn value(self, sent: &Value) -> Value {
        match self {
            Self::Off => Value::Bool(false),
            Self::On => Value::Bool(true),
            Self::Same => sent.clone(),
            Self::Text(text) => Value::String(text.to_owned()),
        }
    }

    /// Whether a sent value is this one.
    fn is(self, sent: &Value) -> bool {
        matches!(self, Self::Same) || self.value(sent) == *sent
    }
}

struct Effect {
    when: Setting,
    then: &'static [Setting],
}

const WAITING_ROOM: &str = "/in_meeting/waiting_room";
const SECURITY_WAITING_ROOM: &str = "/meeting_security/waiting_room";
const JOIN_BEFORE_HOST: &str = "/schedule_meeting/join_before_host";
const CLOUD_RECORDING: &str = "/recording/cloud_recording";
const EMBED: &str = "/schedule_meeting/embed_password_in_join_link";
const SECURITY_EMBED: &str = "/meeting_security/embed_password_in_join_link";
const ENCRYPTION_TYPE: &str = "/meeting_security/encryption_type";
const E2E: &str = "/in_meeting/e2e_encryption";
const SECURITY_E2E: &str = "/meeting_security/end_to_end_encrypted_meetings";

/// Switches that two variants show: in the settings, and in their security variant.
pub(super) const TWINS: [(&str, &str); 3] =
    [(WAITING_ROOM, SECURITY_WAITING_ROOM), (EMBED, SECURITY_EMBED), (E2E, SECURITY_E2E)];

/// Later rows win: a patch that turns both on ends with the waiting room on and join before host off.
const TABLE: [Effect; 14] = [
    // Who may come in before the host does not wait for the host.
    Effect {
        when: (Sheet::Settings, JOIN_BEFORE_HOST, Follow::On),
        then: &[
            (Sheet::Settings, WAITING_ROOM, Follow::Off),
            (Sheet::MeetingSecurity, SECURITY_WAITING_ROOM, Follow::Off),
        ],
    },
    // The waiting room is one switch that two variants show.
    Effect {
        when: (Sheet::Settings, WAITING_ROOM, Follow::Same),
        then: &[
            (Sheet::Settings, WAITING_ROOM, Follow::Same),
            (Sheet::MeetingSecurity, SECURITY_WAITING_ROOM, Follow::Same),
        ],
    },
    // The waiting room is one switch that two variants show.
    Effect {
        when: (Sheet::MeetingSecurity, SECURITY_WAITING_ROOM, Follow::Same),
        then: &[(Sheet::Settings, WAITING_ROOM, Follow::Same)],
    },
    // Who waits for the host cannot come in before the host.
    Effect {
        when: (Sheet::Settings, WAITING_ROOM, Follow::On),
        then: &[(Sheet::Settings, JOIN_BEFORE_HOST, Follow::Off)],
    },
    // Who waits for the host cannot come in before the host.
    Effect {
        when: (Sheet::MeetingSecurity, SECURITY_WAITING_ROOM, Follow::On),
        then: &[(Sheet::Settings, JOIN_BEFORE_HOST, Follow::Off)],
    },
    // The passcode in the link is one switch that two variants show.
    Effect {
        when: (Sheet::Settings, EMBED, Follow::Same),
        then: &[(Sheet::MeetingSecurity, SECURITY_EMBED, Follow::Same)],
    },
    // The passcode in the link is one switch that two variants show.
    Effect {
        when: (Sheet::MeetingSecurity, SECURITY_EMBED, Follow::Same),
        then: &[(Sheet::Settings, EMBED, Follow::Same)],
    },
    // End-to-end encryption is one switch that two variants show.
    Effect {
        when: (Sheet::Settings, E2E, Follow::Same),
        then: &[(Sheet::MeetingSecurity, SECURITY_E2E, Follow::Same)],
    },
    // End-to-end encryption is one switch that two variants show.
    Effect {
        when: (Sheet::MeetingSecurity, SECURITY_E2E, Follow::Same),
        then: &[(Sheet::Settings, E2E, Follow::Same)],
    },
    // Without end-to-end encryption there is one type of encryption left.
    Effect {
        when: (Sheet::Settings, E2E, Follow::Off),
        then: &[(Sheet::MeetingSecurity, ENCRYPTION_TYPE, Follow::Text("enhanced_encryption"))],
    },
    // Without end-to-end encryption there is one type of encryption left.
    Effect {
        when: (Sheet::MeetingSecurity, SECURITY_E2E, Follow::Off),
        then: &[(Sheet::MeetingSecurity, ENCRYPTION_TYPE, Follow::Text("enhanced_encryption"))],
    },
    // The cloud cannot record what it cannot decrypt.
    Effect {
        when: (Sheet::MeetingSecurity, ENCRYPTION_TYPE, Follow::Text("e2ee")),
        then: &[(Sheet::Settings, CLOUD_RECORDING, Follow::Off)],
    },
    // One switch has one lock.
    Effect {
        when: (Sheet::Locks, WAITING_ROOM, Follow::Same),
        then: &[(Sheet::SecurityLocks, SECURITY_WAITING_ROOM, Follow::Same)],
    },
    // One switch has one lock.
    Effect {
        when: (Sheet::SecurityLocks, SECURITY_WAITING_ROOM, Follow::Same),
        then: &[(Sheet::Locks, WAITING_ROOM, Follow::Same)],
    },
];

/// What follows from the leaves that were sent to a sheet, in the order in which it is to be set.
pub(super) fn following(sheet: Sheet, sent: &[(String, &Value)]) -> Vec<(Sheet, &'static str, Value)> {
    let mut found = Vec::new();
    for effect in &TABLE {
        let (when_sheet, when_pointer, when_value) = effect.when;
        let trigger = sent.iter().find(|(pointer, _)| when_sheet == sheet && pointer == when_pointer);
        if let Some((_, value)) = trigger.filter(|(_, value)| when_value.is(value)) {
            found.extend(effect.then.iter().map(|(sheet, pointer, follow)| (*sheet, *pointer, follow.value(value))));
        }
    }
    found
}
