//! A person of the account, as lists and profiles show it. What is not kept is derived from the seed when asked for.
//! Must not hold anything of a real person: names are common ones, addresses are at example.com.

use serde_json::{Value, json};

use super::names;
use super::state::GroupNumber;
use crate::clock::Timestamp;
use crate::dice::Dice;

const DAY_MS: u64 = 86_400_000;
/// 2019-01-01: nobody's account is older.
const FIRST_DAY: u64 = 17_897;
/// 2026-01-01: nobody signed in later.
const LAST_DAY: u64 = 20_454;
const TIME_ZONES: [&str; 4] = ["Europe/London", "America/New_York", "Europe/Berlin", "America/Chicago"];
/// License options go beyond what a double can count.
const LICENSES: [u64; 3] = [32, 18_014_398_509_481_984, 576_460_752_303_423_500];

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Active,
    Inactive,
    Pending,
}

impl Status {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Active, Self::Inactive, Self::Pending].into_iter().find(|status| status.name() == name)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Pending => "pending",
        }
    }
}

pub(super) struct Person {
    pub(super) number: u64,
    pub(super) id: String,
    pub(super) email: String,
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) department: &'static str,
    pub(super) status: Status,
    /// 1 basic, 2 licensed.
    pub(super) kind: u8,
    /// The primary group first.
    pub(super) groups: Vec<GroupNumber>,
}

/// What is derived from the seed for one person.
struct Derived {
    created: Timestamp,
    last_login: Timestamp,
    pmi: u64,
    host_key: u64,
    time_zone: &'static str,
    license: u64,
    phone: u64,
}

impl Person {
    pub(super) fn display_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// 0 owner, 1 admin, 2 member.
    pub(super) fn role_id(&self) -> &'static str {
        match self.number {
            0 => "0",
            1..=5 => "1",
            _ => "2",
        }
    }

    pub(super) fn employee_id(&self) -> String {
        format!("E{:06}", self.number)
    }

    fn derived(&self, seed: u64) -> Derived {
        let mut dice = Dice::of(seed, "profile", self.number);
        let created_day = FIRST_DAY + dice.below(LAST_DAY - FIRST_DAY);
        let login_day = created_day + dice.below(LAST_DAY - created_day + 1);
        Derived {
            created: Timestamp::from_millis(created_day * DAY_MS + dice.below(DAY_MS)),
            last_login: Timestamp::from_millis(login_day * DAY_MS + dice.below(DAY_MS)),
            pmi: 2_000_000_000 + dice.below(7_999_999_999),
            host_key: 100_000 + dice.below(900_000),
            time_zone: dice.pick(&TIME_ZONES).copied().unwrap_or("UTC"),
            license: dice.pick(&LICENSES).copied().unwrap_or(32),
            phone: dice.below(10_000),
        }
    }

    /// A row of the list of users. Some fields are shown only to who asks for them with `include_fields`.
    pub(super) fn row(&self, seed: u64, group_ids: &[&str], include: &[&str]) -> Value {
        let derived = self.derived(seed);
        let mut row = json!({
            "id": self.id,
            "email": self.email,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "display_name": self.display_name(),
            "dept": self.department,
            "employee_unique_id": self.employee_id(),
            "group_ids": group_ids,
            "created_at": derived.created.to_string(),
            "user_created_at": derived.created.to_string(),
            "pmi": derived.pmi,
            "role_id": self.role_id(),
            "status": self.status.name(),
            "timezone": derived.time_zone,
            "type": self.kind,
            "verified": 1,
        });
        self.add_use(&mut row, &derived);
        if include.contains(&"host_key") {
            row["host_key"] = Value::String(derived.host_key.to_string());
        }
        if include.contains(&"custom_attributes") {
            row["custom_attributes"] = self.custom_attributes();
        }
        row
    }

    /// The whole profile.
    pub(super) fn profile(&self, seed: u64, group_ids: &[&str]) -> Value {
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
            "created_at": derived.created.to_string(),
            "custom_attributes": self.custom_attributes(),
            "dept": self.department,
            "display_name": self.display_name(),
            "email": self.email,
            "employee_unique_id": self.employee_id(),
            "first_name": self.first_name,
            "group_ids": group_ids,
            "jid": format!("{}@xmpp.example.com", self.id.to_lowercase()),
            "job_title": names::JOBS[usize::from(self.kind) % names::JOBS.len()],
            "language": "en-US",
            "last_name": self.last_name,
            "location": "Main site",
            "login_types": [101],
            "manager": "",
            "personal_meeting_url":
                format!("https://example.zoom.us/j/{}?pwd={}", derived.pmi, Dice::of(seed, "link", self.number).id()),
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
            "user_created_at": derived.created.to_string(),
            "vanity_url": "",
            "verified": 1,
        });
        self.add_use(&mut profile, &derived);
        profile
    }

    /// What only shows for a person who has a licence, or who has signed in.
    fn add_use(&self, value: &mut Value, derived: &Derived) {
        if self.kind == 2 {
            value["license_info_list"] = json!([{
                "license_type": "ZOOM_WORKPLACE_BUNDLE",
                "license_option": derived.license,
                "subscription_id": "0000001",
            }]);
        }
        if self.status != Status::Pending {
            value["last_login_time"] = Value::String(derived.last_login.to_string());
            value["last_client_version"] = Value::String("6.2.11.5069(win)".to_owned());
        }
    }

    fn custom_attributes(&self) -> Value {
        json!([{"key": "cbf_building", "name": "Building", "value": format!("B{}", self.number % 12 + 1)}])
    }
}
