//! Somebody with a Connect account. Must not hold anything of a real person.

use super::account::ACCOUNT_ID;
use super::xml::Element;

/// Everybody who can sign in has this one.
const PASSWORD: &str = "demo-password";
/// What filters and orders of people may name.
pub(super) const FIELDS: [&str; 9] =
    ["principal-id", "account-id", "type", "has-children", "is-primary", "is-hidden", "name", "login", "email"];

pub(super) struct Person {
    pub(super) id: u64,
    /// Their own folder of meetings.
    pub(super) folder: u64,
    pub(super) name: String,
    /// The login is the e-mail address of most people.
    pub(super) login: String,
    /// Another e-mail address.
    pub(super) email: Option<String>,
    pub(super) administrator: bool,
    /// Others have passwords that nobody knows.
    pub(super) has_password: bool,
}

impl Person {
    pub(super) fn is_password(&self, text: &str) -> bool {
        self.has_password && text == PASSWORD
    }

    pub(super) fn row(&self) -> Element<'_> {
        principal(self.id, "user", false)
            .text("name", &self.name)
            .text("login", &self.login)
            .text("email", self.email.as_ref().unwrap_or(&self.login))
    }

    /// The person beside what they may do somewhere.
    pub(super) fn permission(&self, permission: &'static str) -> Element<'_> {
        Element::new("principal")
            .attribute("principal-id", self.id.to_string())
            .attribute("is-primary", "false")
            .attribute("type", "user")
            .attribute("has-children", "false")
            .attribute("permission-id", permission)
            .text("name", &self.name)
            .text("login", &self.login)
    }
}

/// The groups that every account has.
pub(super) fn groups() -> [Element<'static>; 2] {
    [(10_001, "admins", "Administrators"), (10_002, "live-admins", "Meeting Hosts")]
        .map(|(id, kind, name)| principal(id, kind, true).text("name", name).text("login", name))
}

fn principal(id: u64, kind: &'static str, is_group: bool) -> Element<'static> {
    let flag = if is_group { "true" } else { "false" };
    Element::new("principal")
        .attribute("principal-id", id.to_string())
        .attribute("account-id", ACCOUNT_ID)
        .attribute("type", kind)
        .attribute("has-children", flag)
        .attribute("is-primary", flag)
        .attribute("is-hidden", "false")
}
