//! The body of a room's update: which fields are wanted, of what kind, and what their values may be.
//! Must not use the project's own validators: this is the judge that they are measured by.

use serde_json::Value;

use super::pin;
use super::room::{CoHost, LOCK_MINUTES, Room};
use super::site::Site;

const TOPIC_LENGTH: usize = 128;

/// What is wrong with a body, one sentence for each field.
struct Judge<'a> {
    body: &'a Value,
    faults: Vec<String>,
}

/// The room that a body asks for, or all that is wrong with it. Fields that nobody can write are passed over.
pub(super) fn judged(body: &Value, held: &Room, site: Site) -> Result<Room, Vec<String>> {
    let mut judge = Judge { body, faults: Vec::new() };
    let room = Room {
        topic: judge.topic(),
        host_pin: judge.host_pin(site),
        enabled_auto_lock: judge.switch("enabledAutoLock"),
        auto_lock_minutes: judge.minutes(),
        enabled_notify_host: judge.switch("enabledNotifyHost"),
        support_co_host: judge.switch("supportCoHost"),
        support_anyone_as_co_host: match body.get("supportAnyoneAsCoHost") {
            None => held.support_anyone_as_co_host,
            Some(_) => judge.switch("supportAnyoneAsCoHost"),
        },
        co_hosts: judge.co_hosts(),
    };
    if judge.faults.is_empty() { Ok(room) } else { Err(judge.faults) }
}

impl Judge<'_> {
    /// A field that has to be there.
    fn wanted(&mut self, name: &str) -> Option<Value> {
        let found = self.body.get(name).cloned();
        if found.is_none() {
            self.faults.push(format!("{name} is missing."));
        }
        found
    }

    fn switch(&mut self, name: &str) -> bool {
        match self.wanted(name) {
            Some(Value::Bool(on)) => return on,
            Some(_) => self.faults.push(format!("{name} is true or false.")),
            None => {}
        }
        false
    }

    fn topic(&mut self) -> String {
        match self.wanted("topic") {
            Some(Value::String(topic)) if (1..=TOPIC_LENGTH).contains(&topic.chars().count()) => return topic,
            Some(_) => self.faults.push(format!("topic is a text of 1 to {TOPIC_LENGTH} characters.")),
            None => {}
        }
        String::new()
    }

    fn host_pin(&mut self, site: Site) -> String {
        match self.wanted("hostPin") {
            Some(Value::String(text)) => match pin::judge(&text, site.pin_length()) {
                Ok(()) => return text,
                Err(fault) => self.faults.push(format!("hostPin: {fault}")),
            },
            Some(_) => self.faults.push("hostPin is a text of digits.".to_owned()),
            None => {}
        }
        String::new()
    }

    fn minutes(&mut self) -> u64 {
        let value = self.wanted("autoLockMinutes");
        let minutes = value.as_ref().and_then(Value::as_u64).filter(|minutes| LOCK_MINUTES.contains(minutes));
        if value.is_some() && minutes.is_none() {
            self.faults.push("autoLockMinutes is one of 0, 5, 10, 15 and 20.".to_owned());
        }
        minutes.unwrap_or_default()
    }

    fn co_hosts(&mut self) -> Vec<CoHost> {
        let entries = match self.wanted("coHosts") {
            Some(Value::Array(entries)) => entries,
            Some(_) => {
                self.faults.push("coHosts is a list.".to_owned());
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let mut hosts = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let email = entry.get("email").and_then(Value::as_str).filter(|email| email.contains('@'));
            let name = match entry.get("displayName") {
                None | Some(Value::Null) => Some(String::new()),
                Some(value) => value.as_str().map(str::to_owned),
            };
            match (email, name) {
                (Some(email), Some(display_name)) => hosts.push(CoHost { email: email.to_owned(), display_name }),
                (None, _) => self.faults.push(format!("coHosts[{index}].email is an e-mail address.")),
                (_, None) => self.faults.push(format!("coHosts[{index}].displayName is a text.")),
            }
        }
        hosts
    }
}
