//! Where everything is in the account of the start: ids that paths of tests are filled with.
//! Must not change anything.

use roomkey_sandbox::Options;
use serde_json::Value;

use crate::bench::{Bench, options};

/// Names in braces, such as `{user}`, and what they stand for.
pub(crate) struct Account(Vec<(&'static str, String)>);

/// Enough people for every kind of person to be there.
pub(crate) async fn bench() -> Bench {
    Bench::with(Options { people: 2000, ..options() }).await
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

fn number(user: &Value) -> u64 {
    text(&user["employee_unique_id"])[1..].parse().expect("a number")
}

impl Account {
    pub(crate) async fn of(bench: &Bench) -> Self {
        let active = bench.read("/users?page_size=2000").await["users"].as_array().expect("users").clone();
        let pending =
            bench.read("/users?page_size=2000&status=pending").await["users"].as_array().expect("users").clone();
        let pick = |fits: &dyn Fn(&Value) -> bool, skip: usize| {
            let mut found = active.iter().filter(|user| user["role_id"] == "2" && fits(user)).skip(skip);
            found.next().expect("such a person").clone()
        };
        let licensed = |user: &Value| user["type"] == 2;
        // With devices, a work e-mail address, no events, no webinars, in one group.
        let plain = |user: &Value| {
            licensed(user)
                && number(user).is_multiple_of(3)
                && number(user).is_multiple_of(50)
                && user["group_ids"].as_array().map(Vec::len) == Some(1)
        };
        let user = pick(&plain, 0);
        let other = pick(&plain, 1);
        let basic = pick(&|user| user["type"] == 1, 0);
        let single_sign_on = pick(&|user| number(user) % 3 == 2, 0);
        let with_webinar = pick(&|user| licensed(user) && number(user) % 10 == 1, 0);
        let with_events = pick(&|user| licensed(user) && number(user) % 50 == 13, 0);
        let admin = active.iter().find(|user| user["role_id"] == "1").expect("an administrator");
        let expired = pending.iter().find(|user| number(user) % 4 == 3).expect("an ended invitation");
        let (mut host, mut assistant) = (String::new(), String::new());
        for user in active.iter().filter(|user| number(user) % 25 == 7 && licensed(user)) {
            let list = bench.read(&format!("/users/{}/assistants", text(&user["id"]))).await;
            if let Some(found) = list["assistants"].get(0) {
                (host, assistant) = (text(&user["id"]), text(&found["id"]));
                break;
            }
        }
        let clinical = bench.group("Clinical staff").await;
        let member = bench.read(&format!("/groups/{clinical}/members")).await["members"][0]["id"].clone();
        let group_admin = bench.read(&format!("/groups/{clinical}/admins")).await["admins"][0]["email"].clone();
        let settings = bench.read(&format!("/groups/{clinical}/settings")).await;
        let contacts = bench.read("/contacts/groups").await;
        let contact = text(&contacts["groups"][0]["group_id"]);
        let contact_member =
            bench.read(&format!("/contacts/groups/{contact}/members")).await["group_members"][0]["id"].clone();
        let divisions = bench.read("/divisions").await["divisions"].as_array().expect("divisions").clone();
        let division = |at: usize| text(&divisions[at]["division_id"]);
        let devices = bench.read(&format!("/users/{}/collaboration_devices", text(&user["id"]))).await;
        Self(vec![
            ("user", text(&user["id"])),
            ("user_email", text(&user["email"])),
            ("user_group", text(&user["group_ids"][0])),
            ("other", text(&other["id"])),
            ("other_email", text(&other["email"])),
            ("basic", text(&basic["id"])),
            ("sso", text(&single_sign_on["id"])),
            ("webinar", text(&with_webinar["id"])),
            ("events", text(&with_events["id"])),
            ("admin", text(&admin["id"])),
            ("admin_email", text(&admin["email"])),
            ("expired", text(&expired["id"])),
            ("host", host),
            ("assistant", assistant),
            ("group", clinical),
            ("library", bench.group("Library").await),
            ("member", text(&member)),
            ("group_admin", text(&group_admin)),
            ("background", text(&settings["in_meeting"]["virtual_background_settings"]["files"][0]["id"])),
            ("contact", contact),
            ("contact_member", text(&contact_member)),
            ("main_division", division(0)),
            ("division", division(1)),
            ("empty_division", division(4)),
            ("device", text(&devices["collaboration_devices"][0]["id"])),
            ("template", format!("{}-1", text(&user["id"]))),
        ])
    }

    pub(crate) fn id(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| *known == name);
        &found.unwrap_or_else(|| panic!("nothing is called {name}")).1
    }

    /// Puts ids in the place of names in braces.
    pub(crate) fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
    }

    /// The same in every text of a value.
    pub(crate) fn fill_value(&self, value: &Value) -> Value {
        serde_json::from_str(&self.fill(&value.to_string())).expect("JSON")
    }
}
