//! How each documented error code is provoked: what is changed first, what is sent, and what has to come back.
//! Must not hold codes that nothing provokes: those are in `unprovoked.rs`, with a reason each.

use serde_json::{Value, json};

use crate::bench::{File, Sent};

/// What is done before the call that is refused.
pub(crate) enum Before {
    /// `POST /_sandbox/mutate` at a path.
    Mutate(&'static str, Value),
    Put(&'static str, Value),
    Patch(&'static str, Value),
}

pub(crate) struct Case {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    pub(crate) code: u64,
    pub(crate) status: u16,
    pub(crate) before: Vec<Before>,
    pub(crate) path: &'static str,
    pub(crate) sent: Sent,
}

impl Case {
    fn new(operation: &'static str, path: &'static str, code: u64, sent: Sent) -> Self {
        let (method, template) = operation.split_once(' ').expect("a method and a path");
        Self { method, template, code, status: 400, before: Vec::new(), path, sent }
    }

    fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    fn after(mut self, before: Before) -> Self {
        self.before.push(before);
        self
    }

    fn account(self, patch: Value) -> Self {
        self.after(Before::Mutate("account", patch))
    }
}

fn get(operation: &'static str, path: &'static str, code: u64) -> Case {
    Case::new(operation, path, code, Sent::Nothing)
}

fn json(operation: &'static str, path: &'static str, code: u64, body: Value) -> Case {
    Case::new(operation, path, code, Sent::Json(body))
}

fn form(operation: &'static str, path: &'static str, code: u64, file: File) -> Case {
    Case::new(operation, path, code, Sent::Form(vec![file]))
}

pub(crate) fn cases() -> Vec<Case> {
    let parts =
        [contacts(), divisions(), groups(), creation(), people(), changes(), passwords(), licences(), uploads()];
    parts.into_iter().flatten().collect()
}

fn contacts() -> Vec<Case> {
    let many: Vec<Value> = (0..51).map(|_| json!({"type": 1, "id": "{user}"})).collect();
    let members = json!({"group_members": many});
    vec![
        json("POST /contacts/groups", "/contacts/groups", 300, json!({"group_name": "x", "group_members": many})),
        get("GET /contacts/groups/{groupId}", "/contacts/groups/none", 300),
        get("DELETE /contacts/groups/{groupId}", "/contacts/groups/none", 300),
        json("PATCH /contacts/groups/{groupId}", "/contacts/groups/none", 300, json!({})),
        get("GET /contacts/groups/{groupId}/members", "/contacts/groups/none/members", 300),
        json("POST /contacts/groups/{groupId}/members", "/contacts/groups/{contact}/members", 300, members),
        get("DELETE /contacts/groups/{groupId}/members", "/contacts/groups/{contact}/members?member_ids=none", 300),
    ]
}

fn divisions() -> Vec<Case> {
    let body = json!({"division_name": "One more"});
    let users = json!({"users": [{"user_id": "{user}"}]});
    vec![
        json("POST /divisions", "/divisions", 40_005, json!({"division_name": 7})),
        json("POST /divisions", "/divisions", 42_006, body).account(json!({"maximum_divisions": 5})),
        get("DELETE /divisions/{divisionId}", "/divisions/{main_division}", 42_011),
        get("DELETE /divisions/{divisionId}", "/divisions/{division}", 42_012),
        json("POST /divisions/{divisionId}/users", "/divisions/none/users", 40_406, users).status(404),
    ]
}

fn groups() -> Vec<Case> {
    const MEMBER: &str = "PATCH /groups/{groupId}/members/{memberId}";
    let cardiology = json!({"name": "Cardiology"});
    let moved = |to: &str| json!({"action": "move", "target_group_id": to});
    vec![
        json("POST /groups", "/groups", 300, json!({})),
        json("POST /groups", "/groups", 4132, cardiology.clone()).status(409),
        json("PATCH /groups/{groupId}", "/groups/{group}", 4132, cardiology).status(409),
        get("GET /groups/{groupId}", "/groups/groupOfAnotherAccount0", 1010),
        get("GET /groups/{groupId}/admins", "/groups/{group}/admins?next_page_token=x", 300),
        json("POST /groups/{groupId}/admins", "/groups/{group}/admins", 300, json!({"admins": []})),
        get("DELETE /groups/{groupId}/admins/{userId}", "/groups/{group}/admins/nobody", 4138),
        get("GET /groups/{groupId}/members", "/groups/{group}/members?next_page_token=x", 300),
        get("DELETE /groups/{groupId}/members/{memberId}", "/groups/groupOfAnotherAccount0/members/{member}", 1010),
        get("DELETE /groups/{groupId}/members/{memberId}", "/groups/{group}/members/nobody", 4131).status(404),
        json(MEMBER, "/groups/{group}/members/{member}", 300, moved("")),
        json(MEMBER, "/groups/{group}/members/{member}", 1010, moved("groupOfAnotherAccount0")),
        json(MEMBER, "/groups/{group}/members/nobody", 4131, moved("{library}")).status(404),
        get("GET /groups/{groupId}/settings/registration", "/groups/{group}/settings/registration?type=x", 300),
        json(
            "PATCH /groups/{groupId}/settings/registration",
            "/groups/{group}/settings/registration?type=x",
            300,
            json!({}),
        ),
        get(
            "DELETE /groups/{groupId}/settings/virtual_backgrounds",
            "/groups/{group}/settings/virtual_backgrounds?file_ids=none",
            300,
        ),
    ]
}

fn creation() -> Vec<Case> {
    let case = |code: u64, action: &str, info: Value| {
        let mut body = json!({"action": action, "user_info": {"email": "new.person@example.com", "type": 1}});
        for (name, value) in info.as_object().expect("fields") {
            body["user_info"][name] = value.clone();
        }
        json("POST /users", "/users", code, body)
    };
    let email = |email: &str| json!({"email": email});
    vec![
        case(300, "create", json!({"type": 3})),
        case(1005, "create", email("{user_email}")).status(409),
        case(1009, "create", email("elsewhere@example.org")),
        case(1102, "create", json!({"feature": {"zoom_phone": true}}))
            .status(404)
            .account(json!({"phone_licences": 0})),
        case(1107, "create", email("new@blocked.example")),
        case(1108, "create", json!({"type": 99})),
        case(1116, "create", json!({})).account(json!({"limited_domains": ["only.example"]})),
        case(2002, "ssoCreate", json!({})).account(json!({"single_sign_on": false})),
        case(2032, "ssoCreate", json!({})).account(json!({"pre_provision": false})),
        case(2033, "create", json!({})).account(json!({"maximum_basic": 1})),
        case(2034, "create", json!({"type": 2})).account(json!({"maximum_licensed": 1})),
        case(2038, "create", json!({"feature": {"zoom_one_type": 64}})).account(json!({"maximum_workplace": 0})),
        case(3412, "create", json!({"type": 4})).account(json!({"maximum_unlicensed": 0})),
        case(11_321, "create", email("new@unsafe.example")),
    ]
}

fn people() -> Vec<Case> {
    const PRESENCE: &str = "/users/{user}/presence_status";
    let away = json!({"status": "Away"});
    let unpresent = || json!({"presence": false});
    let pending = || Before::Mutate("users/{user}", json!({"status": "pending"}));
    let action = |action: &str| json!({"action": action});
    vec![
        get("GET /users", "/users?next_page_token=x", 300),
        get("GET /users/email", "/users/email", 300),
        get("GET /users/vanity_name", "/users/vanity_name", 300),
        json(
            "POST /users/features",
            "/users/features",
            300,
            json!({"feature_type": "user_type", "feature_value": "7", "users": [{"id": "{user}"}]}),
        ),
        get("GET /users/{userId}", "/users/{expired}", 1120),
        get("DELETE /users/{userId}", "/users/{expired}", 1120),
        get("DELETE /users/{userId}", "/users/{user}?transfer_email={user_email}", 300),
        get("DELETE /users/{userId}", "/users/{user}", 1000)
            .after(Before::Mutate("users/{user}", json!({"call_queue_manager": true}))),
        get("DELETE /users/{userId}", "/users/{user}", 1107).account(json!({"managed_domains": ["example.com"]})),
        get("DELETE /users/{userId}", "/users/{admin}", 1117),
        get(
            "GET /users/{userId}/collaboration_devices/{collaborationDeviceId}",
            "/users/{user}/collaboration_devices/none",
            1238,
        )
        .status(404),
        json("PUT /users/{userId}/email", "/users/{admin}/email", 1000, json!({"email": "other@example.com"})),
        get("GET /users/{userId}/presence_status", PRESENCE, 5301).after(pending()),
        get("GET /users/{userId}/presence_status", PRESENCE, 5411).account(unpresent()),
        json("PUT /users/{userId}/presence_status", PRESENCE, 5301, away.clone()).after(pending()),
        json("PUT /users/{userId}/presence_status", PRESENCE, 5411, away).account(unpresent()),
        json("PUT /users/{userId}/status", "/users/{user}/status", 300, action("clock_in")).after(pending()),
        json("PUT /users/{userId}/status", "/users/{user}/status", 2033, action("activate"))
            .after(Before::Put("/users/{user}/status", action("deactivate")))
            .account(json!({"maximum_basic": 1})),
        json("PUT /users/{userId}/status", "/users/{user}/status", 3412, action("activate"))
            .after(Before::Mutate("users/{user}", json!({"type": 4, "status": "inactive"})))
            .account(json!({"maximum_unlicensed": 1})),
    ]
}

fn changes() -> Vec<Case> {
    const USER: &str = "PATCH /users/{userId}";
    let case = |code: u64, body: Value| json(USER, "/users/{user}", code, body);
    vec![
        case(300, json!({"about_me": "see https://example.com"})),
        case(1108, json!({"type": 99})),
        json(USER, "/users/{basic}", 1109, json!({"vanity_name": "lobby"})),
        json(USER, "/users/{expired}", 1120, json!({})),
        case(2033, json!({"type": 1})).account(json!({"maximum_basic": 1})),
        json(USER, "/users/{basic}", 2034, json!({"type": 2})).account(json!({"maximum_licensed": 1})),
        case(2038, json!({"zoom_one_type": 64})).account(json!({"maximum_workplace": 0})),
        case(2039, json!({"zoom_one_type": 0})).account(json!({"maximum_basic": 1})),
        case(3412, json!({"type": 4})).account(json!({"maximum_unlicensed": 0})),
        case(4100, json!({"vanity_name": "lobby"}))
            .after(Before::Patch("/users/{other}", json!({"vanity_name": "lobby"}))),
    ]
}

fn passwords() -> Vec<Case> {
    const PATH: &str = "/users/{user}/password";
    let body = |password: &str| json!({"password": password});
    let case = |code: u64, password: &str| json("PUT /users/{userId}/password", PATH, code, body(password));
    let put = |password: &str| Before::Put(PATH, body(password));
    let good = "if42!LfH@";
    vec![
        case(300, "short"),
        json("PUT /users/{userId}/password", "/users/{admin}/password", 1117, body(good)),
        json("PUT /users/{userId}/password", "/users/{sso}/password", 1123, body(good)),
        case(1124, good).account(json!({"password": {"length": 12}})),
        case(1125, "42!42!42!"),
        case(1126, "iff!LfH@@"),
        case(1127, "if42LfHHf"),
        case(1128, "if42!lfh@"),
        case(1129, good).after(put(good)).after(put("Other.42.words")),
        case(1130, "aaaaaaaaa"),
        case(1131, "abcdefgh1"),
        case(1136, "Password!42"),
    ]
}

fn licences() -> Vec<Case> {
    const SETTINGS: &str = "PATCH /users/{userId}/settings";
    let case = |path: &'static str, code: u64, feature: Value| json(SETTINGS, path, code, json!({"feature": feature}));
    let user = |code: u64, feature: Value| case("/users/{user}/settings", code, feature);
    let basic = |code: u64, feature: Value| case("/users/{basic}/settings", code, feature);
    let level = |level: &str| json!({"concurrent_meeting": level});
    let given =
        |level: &str| Before::Patch("/users/{other}/settings", json!({"feature": {"concurrent_meeting": level}}));
    vec![
        get("GET /users/{userId}/settings", "/users/{expired}/settings", 1120),
        json(SETTINGS, "/users/{expired}/settings", 1120, json!({})),
        user(300, json!({"webinar": 7})),
        basic(1108, json!({"large_meeting": true})),
        basic(1122, json!({"webinar": true})),
        case("/users/{events}/settings", 1204, json!({"webinar": true})),
        case("/users/{webinar}/settings", 1205, json!({"zoom_events": true})),
        basic(1206, json!({"zoom_events": true})),
        basic(1207, level("Basic")),
        user(1208, level("Basic")).account(json!({"maximum_concurrent_basic": 0})),
        user(1209, level("Basic")).after(given("Basic")).account(json!({"maximum_concurrent_basic": 1})),
        user(1210, level("Plus")).account(json!({"maximum_concurrent_plus": 0})),
        user(1211, level("Plus")).after(given("Plus")).account(json!({"maximum_concurrent_plus": 1})),
        user(1228, json!({"zoom_revenue_accelerator": true})).account(json!({"maximum_sales": 0})),
        user(1242, json!({"zoom_whiteboard": true, "zoom_whiteboard_plus": true})),
    ]
}

fn uploads() -> Vec<Case> {
    const GROUP: &str = "POST /groups/{groupId}/settings/virtual_backgrounds";
    let text = |part: &'static str| (part, "notes.txt", "text/plain", b"just words".to_vec());
    vec![
        form(GROUP, "/groups/{group}/settings/virtual_backgrounds", 120, text("file")),
        form(GROUP, "/groups/none/settings/virtual_backgrounds", 1001, crate::bench::png("file")).status(404),
        form(
            "POST /users/{userId}/settings/virtual_backgrounds",
            "/users/{user}/settings/virtual_backgrounds",
            120,
            text("file"),
        ),
        get(
            "DELETE /users/{userId}/settings/virtual_backgrounds",
            "/users/{user}/settings/virtual_backgrounds?file_ids=none",
            300,
        ),
        form("POST /users/{userId}/picture", "/users/{user}/picture", 120, text("pic_file")),
        form("POST /users/{userId}/picture", "/users/{user}/picture", 300, text("file")),
    ]
}
