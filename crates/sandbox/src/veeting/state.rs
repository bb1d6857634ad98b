//! What a Veeting instance holds: accounts, organizers, meetings and permission profiles.
//! Must not know HTTP, nor judge what it is told.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::account::{Account, Organizer};
use super::errors::VeetingError;
use super::keys::Caller;
use super::meeting::Meeting;
use super::mint::Mint;

/// What participants of a meeting may do; meetings are given one by its id.
#[derive(Clone)]
pub(super) struct Permission {
    pub(super) id: String,
    pub(super) name: &'static str,
}

#[derive(Clone)]
pub(super) struct State {
    pub(super) seed: u64,
    pub(super) whitelabel_id: String,
    pub(super) accounts: Vec<Account>,
    pub(super) organizers: Vec<Organizer>,
    pub(super) permissions: Vec<Permission>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) mint: Mint,
    /// Mails that a real instance would have sent, the oldest first.
    pub(super) outbox: Vec<Value>,
}

impl State {
    pub(super) fn find_meeting(&self, id: &str) -> Option<usize> {
        self.meetings.iter().position(|meeting| meeting.id == id)
    }

    /// A meeting that the caller can see. What is not there is refused like what is not allowed.
    pub(super) fn meeting(&self, caller: Caller, id: &str) -> Result<usize, VeetingError> {
        let at = self.find_meeting(id).ok_or(VeetingError::NotAllowed)?;
        let is_seen = self.meetings.get(at).is_some_and(|meeting| caller.sees(meeting.account));
        if is_seen { Ok(at) } else { Err(VeetingError::NotAllowed) }
    }

    pub(super) fn is_used(&self, email: &str) -> bool {
        self.organizers.iter().any(|one| one.email.eq_ignore_ascii_case(email))
    }

    /// Accounts as they are read, each with its place in the list.
    pub(super) fn shown_accounts(&self) -> Vec<(usize, Value)> {
        // Counted once for all: an instance may have thousands of meetings.
        let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
        self.meetings.iter().for_each(|meeting| counts.entry(meeting.account).or_default().0 += 1);
        self.organizers.iter().for_each(|one| counts.entry(one.account).or_default().1 += 1);
        let shown = self.accounts.iter().enumerate().map(|(at, account)| {
            let (meetings, organizers) = counts.get(&at).copied().unwrap_or_default();
            (at, account.whole(meetings, organizers))
        });
        shown.collect()
    }

    pub(super) fn send_password(&mut self, email: &str) {
        self.outbox.push(json!({"vendor": super::NAME, "to": email, "mail": "password"}));
    }
}
