//! `POST /_sandbox/mutate` as Veeting takes it: changes behind the client's back, as another organizer makes them, and
//! people who come into the room and leave it. Must not judge.

use serde_json::Value;

use super::account::{PAID, TRIAL};
use super::room::Participant;
use super::state::State;
use super::{instant, judge};
use crate::clock::Timestamp;

impl State {
    /// Changes an account, an organizer (by id or address), a meeting (null deletes it) or who is in its room. The
    /// error is a sentence.
    pub(super) fn mutate(&mut self, path: &str, change: &Value, now: Timestamp) -> Result<(), String> {
        let path = path.trim_start_matches('/');
        let segments: Vec<&str> = path.split('/').collect();
        match (&segments[..], change) {
            (["accounts", id], _) => self.mutate_account(id, change),
            (["organizers", who], _) => self.mutate_organizer(who, change),
            (["meetings", id], Value::Null) => {
                let at = self.find_meeting(id).ok_or_else(|| no_meeting(id))?;
                self.meetings.remove(at);
                Ok(())
            }
            (["meetings", id], _) => self.mutate_meeting(id, change),
            (["meetings", id, "participants"], _) => self.mutate_participants(id, change, now),
            _ => Err(format!("Nothing is held at {path:?}.")),
        }
    }

    fn mutate_account(&mut self, id: &str, change: &Value) -> Result<(), String> {
        let account = self.accounts.iter_mut().find(|account| account.id == id);
        let account = account.ok_or_else(|| format!("There is no account {id}."))?;
        for (name, value) in change.as_object().ok_or("An object is wanted.")? {
            match (name.as_str(), value.as_str(), judge::at(value)) {
                ("name", Some(text), _) => text.clone_into(&mut account.name),
                ("accountType", Some(TRIAL), _) => account.kind = TRIAL,
                ("accountType", Some(PAID), _) => account.kind = PAID,
                ("paidUntil", _, Some(at)) => account.paid_until = at,
                _ => return Err(format!("An account has no {name:?} to change here.")),
            }
        }
        Ok(())
    }

    fn mutate_organizer(&mut self, who: &str, change: &Value) -> Result<(), String> {
        let organizer = self.organizers.iter_mut().find(|one| one.id == who || one.email.eq_ignore_ascii_case(who));
        let organizer = organizer.ok_or_else(|| format!("There is no organizer {who}."))?;
        for (name, value) in change.as_object().ok_or("An object is wanted.")? {
            match (name.as_str(), value) {
                ("firstName", Value::String(text)) => text.clone_into(&mut organizer.first_name),
                ("lastName", Value::String(text)) => text.clone_into(&mut organizer.last_name),
                ("email", Value::String(text)) => text.clone_into(&mut organizer.email),
                _ => return Err(format!("An organizer has no {name:?} to change here.")),
            }
        }
        Ok(())
    }

    fn mutate_meeting(&mut self, id: &str, change: &Value) -> Result<(), String> {
        let at = self.find_meeting(id).ok_or_else(|| no_meeting(id))?;
        let meeting = self.meetings.get_mut(at).ok_or_else(|| no_meeting(id))?;
        let mut plan = meeting.plan.clone();
        for (name, value) in change.as_object().ok_or("An object or null is wanted.")? {
            match (name.as_str(), value, judge::at(value), value.as_u64()) {
                ("topic", Value::String(text), ..) => text.clone_into(&mut plan.topic),
                ("isRecorded", Value::Bool(on), ..) => plan.recorded = *on,
                ("isDialin", Value::Bool(on), ..) => plan.dial_in = *on,
                ("startTime", _, Some(at), _) => plan.start = at,
                ("duration", _, _, Some(minutes)) => plan.minutes = minutes,
                _ => return Err(format!("A meeting has no {name:?} to change here.")),
            }
        }
        meeting.replan(plan);
        Ok(())
    }

    /// All who are to be in the room: `[{"name", "email", "joinedAt"}]`, the last one left out for those who come in
    /// now. A room has one meeting at a time.
    fn mutate_participants(&mut self, id: &str, change: &Value, now: Timestamp) -> Result<(), String> {
        let at = self.find_meeting(id).ok_or_else(|| no_meeting(id))?;
        let list = change.as_array().ok_or("A list of participants is wanted.")?;
        let people: Option<Vec<Participant>> = list.iter().map(|value| participant(value, now)).collect();
        let people = people.ok_or("Participants have a name, an email and, if anything, an instant joinedAt.")?;
        let account = self.meetings.get(at).map(|meeting| meeting.account);
        let in_room = |(other, meeting): (usize, &super::meeting::Meeting)| {
            other != at && Some(meeting.account) == account && !meeting.present(now).is_empty()
        };
        if !people.is_empty() && self.meetings.iter().enumerate().any(in_room) {
            return Err("The people of another meeting are in the room.".to_owned());
        }
        let meeting = self.meetings.get_mut(at).ok_or_else(|| no_meeting(id))?;
        let before = std::mem::replace(&mut meeting.participants, people);
        let is_wrong = meeting.present(now).len() < meeting.participants.len();
        if is_wrong || meeting.participants.iter().any(|one| one.joined_at > now) {
            meeting.participants = before;
            return Err("The meeting is not open, or was not when somebody is to have come in.".to_owned());
        }
        Ok(())
    }
}

fn no_meeting(id: &str) -> String {
    format!("There is no meeting {id}.")
}

fn participant(value: &Value, now: Timestamp) -> Option<Participant> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let joined_at = match value.get("joinedAt") {
        None => now,
        Some(at) => instant::read(at.as_str()?)?,
    };
    Some(Participant { name: text("name")?, email: text("email")?, joined_at })
}
