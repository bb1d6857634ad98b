//! One file for each resource of the users and groups API.
//! Must not speak HTTP beyond making a `Reply`: sign-in, limits and shapes were dealt with before.

pub(super) mod admins;
pub(super) mod assistants;
mod authentication;
pub(super) mod backgrounds;
pub(super) mod channels;
pub(super) mod contact_groups;
pub(super) mod contact_members;
pub(super) mod devices;
pub(super) mod divisions;
pub(super) mod features;
pub(super) mod groups;
mod licences;
mod listing;
pub(super) mod members;
mod named;
pub(super) mod picture;
pub(super) mod presence;
pub(super) mod settings;
pub(super) mod sign_in;
pub(super) mod templates;
pub(super) mod user_change;
pub(super) mod user_create;
pub(super) mod user_delete;
pub(super) mod user_settings;
pub(super) mod users;
