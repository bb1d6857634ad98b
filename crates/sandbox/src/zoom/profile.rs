//! How a person shows in answers: a row of the list, and the whole profile.
//! Must not change anybody.

use serde_json::{Value, json};

use super::person::{Derived, Person, Status};
use super::sheet::Sheet;
use crate::dice::Dice;
use crate::names;

/// Fields of a changed profile that the list of people shows too.
const ROW_FIELDS: [&str; 4] = ["license_info_list", "plan_united_type", "pmi", "timezone"];

/// Where a person is: ids that only the whole account knows.
pub(super) struct Place<'a> {
    pub(super) groups: Vec<&'a str>,
    pub(super) division: Option<&'a str>,
}

impl Person {
    /// A row of the list of users. Some fields are shown only to who asks for them with `include_fields`.
    pub(super) fn row(&self, seed: u64, place: &Place<'_>, include: &[&str]) -> Value {
        let derived = self.derived(seed);
        let mut row = json!({
            "id": self.id,
            "email": self.email,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "display_name": self.display_name(),
            "dept": self.department,
            "division_ids": place.division.as_slice(),
            "employee_unique_id": self.employee_id(),
            "group_ids": place.groups,
            "user_created_at": self.created(&derived),
            "created_at": self.created(&derived),
            "pmi": derived.pmi,
            "role_id": self.role_id(),
            "status": self.status.name(),
            "timezone": derived.time_zone,
            "type": self.kind,
            "verified": 1,
        });
        self.add_use(&mut row, &derived);
        for (name, value) in self.edits().iter().flat_map(|edits| &edits.fields) {
            if ROW_FIELDS.contains(&name.as_str()) {
                row[name] = value.clone();
            }
        }
        if include.contains(&"host_key") {
            row["host_key"] = Value::String(self.host_key(&derived));
        }
        if include.contains(&"custom_attributes") {
            row["custom_attributes"] = self.custom_attributes();
        }
        row
    }

    /// The whole profile.
    pub(super) fn profile(&self, seed: u64, place: &Place<'_>) -> Value {
        let derived = self.derived(seed);
        let role = match self.role_id() {
            "0" => "Owner",
            "1" => "Admin",
            _ => "Member",
        };
        let mut profile = json!({
            "id": self.id,
            "account_id": Dice::of(seed, "account", 0).id(),
            "account_number": 10_009_239,
            "cms_user_id": "",
            "company": "Example University Hospital",
            "cost_center": format!("CC{:03}", self.number % 200),
            "created_at": self.created(&derived),
            "custom_attributes": self.custom_attributes(),
            "dept": self.department,
            "display_name": self.display_name(),
            "division_ids": place.division.as_slice(),
            "email": self.email,
            "employee_unique_id": self.employee_id(),
            "first_name": self.first_name,
            "group_ids": place.groups,
            "jid": format!("{}@xmpp.example.com", self.id.to_lowercase()),
            "job_title": names::JOBS[usize::from(self.kind) % names::JOBS.len()],
            "language": "en-US",
            "last_name": self.last_name,
            "location": "Main site",
            "login_types": [self.login() as u8],
            "manager": "",
            "personal_meeting_url":
                format!("https://example.zoom.us/j/{}?pwd={}", self.pmi(seed), self.link_passcode(seed)),
            "phone_numbers": [{
                "code": "+1",
                "country": "US",
                "label": "Office",
                "number": format!("202555{:04}", derived.phone),
                "verified": true,
            }],
            "pmi": derived.pmi,
            "pronouns": "",
            "pronouns_option": 1,
            "role_id": self.role_id(),
            "role_name": role,
            "status": self.status.name(),
            "timezone": derived.time_zone,
            "type": self.kind,
            "use_pmi": false,
            "user_created_at": self.created(&derived),
            "vanity_url": self.vanity_url(),
            "verified": 1,
        });
        self.add_use(&mut profile, &derived);
        if let Some(picture) = self.picture(seed) {
            profile["pic_url"] = Value::String(picture);
        }
        for (name, value) in self.edits().iter().flat_map(|edits| &edits.fields) {
            profile[name] = value.clone();
        }
        profile
    }

    /// Every fourth person has a picture from the start.
    pub(super) fn picture(&self, seed: u64) -> Option<String> {
        let own = self.edits().and_then(|edits| edits.picture.clone());
        let removed = self.edits().is_some_and(|edits| edits.picture_removed);
        let planted =
            || (!removed && self.number.is_multiple_of(4)).then(|| Dice::of(seed, "picture", self.number).id());
        own.or_else(planted).map(|id| format!("https://example.zoom.us/p/v2/{id}"))
    }

    pub(super) fn custom_attributes(&self) -> Value {
        let changed = self.edits().and_then(|edits| edits.fields.get("custom_attributes"));
        changed.cloned().unwrap_or_else(
            || json!([{"key": "cbf_building", "name": "Building", "value": format!("B{}", self.number % 12 + 1)}]),
        )
    }

    fn created(&self, derived: &Derived) -> String {
        self.edits().and_then(|edits| edits.created).unwrap_or(derived.created).to_string()
    }

    /// What stands in the link for the passcode: another passcode makes another link.
    fn link_passcode(&self, seed: u64) -> String {
        let settings = self.edits().and_then(|edits| edits.settings.get(&Sheet::Settings));
        let own = settings.and_then(|settings| settings.pointer("/schedule_meeting/pmi_password")?.as_str());
        Dice::of(seed, own.unwrap_or("link"), self.number).id()
    }

    fn host_key(&self, derived: &Derived) -> String {
        let chosen = self.edits().and_then(|edits| edits.host_key.clone());
        chosen.unwrap_or_else(|| derived.host_key.to_string())
    }

    fn vanity_url(&self) -> String {
        let name = self.edits().and_then(|edits| edits.vanity_name.as_deref());
        name.map(|name| format!("https://example.zoom.us/my/{name}")).unwrap_or_default()
    }

    /// What only shows for a person who has a licence, or who has signed in.
    fn add_use(&self, value: &mut Value, derived: &Derived) {
        if self.is_licensed() {
            value["license_info_list"] = json!([{
                "license_type": "ZOOM_WORKPLACE_BUNDLE",
                "license_option": derived.license,
                "subscription_id": "0000001",
            }]);
        }
        // Somebody who was made here has not signed in yet.
        if self.status != Status::Pending && self.edits().is_none_or(|edits| edits.created.is_none()) {
            value["last_login_time"] = Value::String(derived.last_login.to_string());
            value["last_client_version"] = Value::String("6.2.11.5069(win)".to_owned());
        }
    }
}
