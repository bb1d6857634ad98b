//! A meeting: what can be asked for of it, what is given to it, and how it is read.
//! Must not judge what is asked for, nor know when it is open: `room.rs` does.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::recurrence::{self, Recurrence};
use super::room::{Closing, Participant, Standing};
use super::state::State;
use super::{dial_in, instant};
use crate::clock::Timestamp;
use crate::merge::merge;

pub(super) const TYPES: [&str; 3] = ["standard", "classroom", "boardroom"];

/// What can be asked for of a meeting.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    pub(super) topic: String,
    /// Of a series, when its first occurrence starts.
    pub(super) start: Timestamp,
    pub(super) minutes: u64,
    pub(super) kind: &'static str,
    pub(super) recorded: bool,
    pub(super) dial_in: bool,
    /// E-mail addresses.
    pub(super) invited: Vec<String>,
    /// What makes a series of it.
    pub(super) recurrence: Option<Recurrence>,
    pub(super) permission: Option<String>,
}

/// Which occurrence of which series a meeting stands for, after it was changed alone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exception {
    pub(super) series: String,
    pub(super) occurrence: Timestamp,
}

#[derive(Clone)]
pub(super) struct Meeting {
    pub(super) id: String,
    /// By which people call it.
    number: String,
    /// Where the account and the organizer stand in their lists.
    pub(super) account: usize,
    pub(super) organizer: usize,
    pub(super) plan: Plan,
    pub(super) exception: Option<Exception>,
    /// Occurrences of a series that other meetings stand for, or that were deleted alone.
    pub(super) replaced: BTreeSet<Timestamp>,
    pub(super) closing: Option<Closing>,
    /// Everybody who came in; who is still there depends on the time.
    pub(super) participants: Vec<Participant>,
    made: Timestamp,
    changes: u64,
    ics_token: String,
}

impl State {
    /// Schedules a meeting and answers where it stands.
    pub(super) fn schedule(&mut self, organizer: usize, plan: Plan, made: Timestamp) -> usize {
        let meeting = Meeting {
            number: self.mint.number(),
            id: self.mint.id(made),
            account: self.organizers.get(organizer).map_or(0, |one| one.account),
            organizer,
            plan,
            exception: None,
            replaced: BTreeSet::new(),
            closing: None,
            participants: Vec::new(),
            made,
            changes: 0,
            ics_token: self.mint.token(),
        };
        self.meetings.push(meeting);
        self.meetings.len() - 1
    }
}

impl Meeting {
    /// Takes another plan. A meeting that was closed opens again when it now ends later than it was closed for.
    pub(super) fn replan(&mut self, plan: Plan) {
        self.plan = plan;
        self.changes += 1;
        let ends = self.end_of(self.plan.start);
        self.closing.take_if(|closing| closing.through < ends);
    }

    /// As it is read.
    pub(super) fn whole(&self, state: &State, now: Timestamp) -> Value {
        let (account, organizer) = (state.accounts.get(self.account), state.organizers.get(self.organizer));
        let standing = self.standing(now);
        let closed_at =
            self.closing.filter(|_| standing == Standing::Closed).map(|closing| instant::written(closing.at));
        let mut whole = json!({
            "invitedParticipants": self.plan.invited,
            "meetingId": self.number,
            "id": self.id,
            "topic": self.plan.topic,
            "startTime": instant::written(self.plan.start),
            "endTime": instant::written(self.end_of(self.plan.start)),
            // A number when it is asked for, a text when it is read: that is the vendor's way.
            "duration": self.plan.minutes.to_string(),
            "type": self.plan.kind,
            "roomId": account.map(|one| &one.room_id),
            "isRecurring": self.plan.recurrence.is_some(),
            "isDialin": self.plan.dial_in,
            "recurring": recurrence::shown(self.plan.recurrence.as_ref(), self.made),
            "isRecorded": self.plan.recorded,
            "agenda": "",
            "documents": [],
            "meetingPermissionId": self.plan.permission,
            "videoResolution": "standard",
            "dtClosedAt": closed_at,
            "whitelabelId": state.whitelabel_id,
            "addedByUserId": organizer.map(|one| &one.id),
            "addedByUserEmail": organizer.map(|one| &one.email),
            "accountId": account.map(|one| &one.id),
            "addedByUserName": organizer.map(super::account::Organizer::full_name),
            "timezone": "Europe/Zurich",
            "privateDataVisible": true,
            "icalSequence": self.changes.to_string(),
            "icsToken": self.ics_token,
            "isActive": !self.present(now).is_empty(),
            "isClosed": standing == Standing::Closed,
            "isOpen": standing == Standing::Open,
            "isDemo": false,
            "isPromo": false,
        });
        merge(&mut whole, &dial_in::shown(state.seed, &self.id, self.plan.dial_in));
        whole
    }
}
