//! One file for each resource of the users and groups API.
//! Must not speak HTTP beyond making a `Reply`: sign-in, limits and shapes were dealt with before.

pub(super) mod admins;
mod authentication;
pub(super) mod groups;
pub(super) mod members;
pub(super) mod settings;
pub(super) mod users;
