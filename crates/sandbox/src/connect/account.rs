//! The account: which features of meetings are on, and what it was told to refuse.
//! Must not know people or meetings.

use std::collections::BTreeSet;

use super::errors::Refusal;

pub(super) const ACCOUNT_ID: &str = "7";
/// The name of the account's own server; nobody has to use it.
pub(super) const DOMAIN: &str = "connect.example.com";
/// Named after what is forbidden: it is written `false` to let hosts require passcodes, and shows when they may.
pub(super) const PASSCODE_FEATURE: &str = "fid-meeting-passcode-notallowed";

/// The features that are known, and whether they are on at the start.
const FEATURES: [(&str, bool); 8] = [
    ("fid-archive", true),
    ("fid-archive-force", false),
    ("fid-archive-publish-link", true),
    ("fid-chat-transcripts", false),
    ("fid-meeting-app-sharing", true),
    ("fid-meeting-auto-promote", false),
    ("fid-meeting-breakout", true),
    (PASSCODE_FEATURE, false),
];

pub(super) struct Account {
    /// Those that `meeting-feature-info` lists.
    pub(super) listed: BTreeSet<&'static str>,
    /// Beyond so many rows a list without a part of it is too much.
    pub(super) row_limit: Option<usize>,
    pub(super) refusal: Option<Refusal>,
}

impl Account {
    pub(super) fn new() -> Self {
        let listed = FEATURES.into_iter().filter(|(_, on)| *on).map(|(name, _)| name).collect();
        Self { listed, row_limit: None, refusal: None }
    }

    /// A known feature by its name.
    pub(super) fn feature(name: &str) -> Option<&'static str> {
        FEATURES.into_iter().map(|(known, _)| known).find(|known| *known == name)
    }

    /// Takes `enable` as it is sent.
    pub(super) fn update(&mut self, feature: &'static str, enable: bool) {
        self.show(feature, enable != (feature == PASSCODE_FEATURE));
    }

    pub(super) fn show(&mut self, feature: &'static str, listed: bool) {
        if listed {
            self.listed.insert(feature);
        } else {
            self.listed.remove(feature);
        }
    }
}
