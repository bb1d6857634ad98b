//! Accounts and their organizers: what is held of them and how they are read. Must not know HTTP.

use serde_json::{Value, json};

use super::instant;
use super::mint::Mint;
use crate::clock::Timestamp;

pub(super) const TRIAL: &str = "trial";
pub(super) const PAID: &str = "paid";

#[derive(Clone)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) name: String,
    /// Whether it is tried or paid for.
    pub(super) kind: &'static str,
    pub(super) paid_until: Timestamp,
    /// Of the one meeting room that each account has.
    pub(super) room_id: String,
}

/// Somebody who can schedule meetings in one account.
#[derive(Clone)]
pub(super) struct Organizer {
    pub(super) id: String,
    /// Where the account stands in the list.
    pub(super) account: usize,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: String,
    pub(super) language: String,
    ics_token: String,
}

impl Account {
    /// The ids are given in the order in which the vendor's own document shows them: organizer, account, room.
    pub(super) fn of(mint: &mut Mint, at: Timestamp, name: &str, kind: &'static str, paid_until: Timestamp) -> Self {
        let (id, room_id) = (mint.id(at), mint.id(at));
        Self { id, name: name.to_owned(), kind, paid_until, room_id }
    }

    /// As it is read; the organizer who came with the account does not count.
    pub(super) fn whole(&self, meetings: usize, organizers: usize) -> Value {
        json!({
            "name": self.name,
            "accountType": self.kind,
            "numberOfMeetings": meetings,
            "numberOfMeetingOrganizers": organizers.saturating_sub(1),
            "numberOfMeetingRooms": 1,
            "paidUntil": instant::written(self.paid_until),
            "iceCandidatesToFilter": [],
            "customDialInNumbers": [],
            "displayStandardDialInNumbersInInvite": true,
            "defaultMeetingPermissions": null,
            "defaultMeetingType": "standard",
            "defaultMeetingHasDialin": false,
            "defaultMeetingHasRecording": false,
            "autoExtendMeetings": false,
            "autoDeleteMeetingsAfterXDays": 360,
            "id": self.id,
            "canAddMeetingOrganizer": true,
            "accountRooms": [],
        })
    }
}

impl Organizer {
    pub(super) fn of(
        mint: &mut Mint,
        at: Timestamp,
        account: usize,
        name: (&str, &str),
        email: &str,
        language: &str,
    ) -> Self {
        Self {
            id: mint.id(at),
            account,
            first_name: name.0.to_owned(),
            last_name: name.1.to_owned(),
            email: email.to_owned(),
            language: language.to_owned(),
            ics_token: mint.token(),
        }
    }

    pub(super) fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    pub(super) fn whole(&self) -> Value {
        json!({
            "email": self.email,
            "firstName": self.first_name,
            "lastName": self.last_name,
            "externalUserId": null,
            "preferredLanguage": self.language,
            "timezone": "Europe/Paris",
            "additionalTimezones": [],
            "id": self.id,
            "icsToken": self.ics_token,
            "icsPath": format!("/api/v6/meeting/calender/user/{}", self.ics_token),
        })
    }
}
