//! One file for each resource of Webex REST.
//! Must not deal with sign-in and limits: that was done before.

pub(super) mod people;
pub(super) mod room;
pub(super) mod sites;
