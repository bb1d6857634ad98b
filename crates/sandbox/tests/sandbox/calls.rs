//! How each operation of the document is called: path, body, and what is read afterwards. Used for what has to go well
//! and for what has to be refused.
//! Must not judge answers.

use serde_json::{Value, json};

use crate::bench::{Sent, png, request_example};

/// What is read after a call.
pub(crate) enum Then {
    /// At a pointer stands this.
    Is(&'static str, &'static str, Value),
    /// At a pointer stands a list with an item that has these fields.
    Has(&'static str, &'static str, Value),
    HasNot(&'static str, &'static str, Value),
    /// Reading is answered with this status.
    Status(&'static str, u16),
    /// Nothing changes.
    Nothing,
}

/// How an operation is called. Paths and bodies are filled by `Account`.
pub(crate) struct Row {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    pub(crate) path: &'static str,
    pub(crate) sent: Sent,
    pub(crate) then: Then,
}

fn read(template: &'static str, path: &'static str) -> Row {
    Row { method: "GET", template, path, sent: Sent::Nothing, then: Then::Nothing }
}

fn gone(template: &'static str, path: &'static str, then: Then) -> Row {
    Row { method: "DELETE", template, path, sent: Sent::Nothing, then }
}

/// A call with the documented example, with some of its ids set right.
fn example(method: &'static str, template: &'static str, path: &'static str, right: Value, then: Then) -> Row {
    let mut body = request_example(method, template);
    merge(&mut body, &right);
    Row { method, template, path, sent: Sent::Json(body), then }
}

fn merge(held: &mut Value, patch: &Value) {
    match (held, patch) {
        (Value::Object(held), Value::Object(patch)) => {
            for (name, value) in patch {
                merge(held.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (held, patch) => *held = patch.clone(),
    }
}

fn upload(template: &'static str, path: &'static str, part: &'static str, then: Then) -> Row {
    Row { method: "POST", template, path, sent: Sent::Form(vec![png(part)]), then }
}

const CONTACTS: &str = "/contacts/groups";
const CONTACT: &str = "/contacts/groups/{groupId}";
const CONTACT_MEMBERS: &str = "/contacts/groups/{groupId}/members";
const DIVISIONS: &str = "/divisions";
const DIVISION: &str = "/divisions/{divisionId}";
const DIVISION_USERS: &str = "/divisions/{divisionId}/users";
const GROUP: &str = "/groups/{groupId}";
const SETTINGS: &str = "/groups/{groupId}/settings";
const LOCKS: &str = "/groups/{groupId}/lock_settings";
const REGISTRATION: &str = "/groups/{groupId}/settings/registration";
const USER: &str = "/users/{userId}";
const USER_SETTINGS: &str = "/users/{userId}/settings";
const FILES: &str = "/in_meeting/virtual_background_settings/files";

pub(crate) fn rows() -> Vec<Row> {
    [contact_rows(), division_rows(), group_rows(), user_rows(), person_rows()].into_iter().flatten().collect()
}

fn contact_rows() -> Vec<Row> {
    let member = json!({"group_members": [{"type": 2, "id": "{library}"}]});
    vec![
        read(CONTACTS, "/contacts/groups"),
        example(
            "POST",
            CONTACTS,
            "/contacts/groups",
            member.clone(),
            Then::Has("/contacts/groups", "/groups", json!({"group_name": "Developers"})),
        ),
        read(CONTACT, "/contacts/groups/{contact}"),
        example(
            "PATCH",
            CONTACT,
            "/contacts/groups/{contact}",
            json!({}),
            Then::Is("/contacts/groups/{contact}", "/group_name", json!("Developers")),
        ),
        gone(CONTACT, "/contacts/groups/{contact}", Then::Status("/contacts/groups/{contact}", 400)),
        read(CONTACT_MEMBERS, "/contacts/groups/{contact}/members"),
        example(
            "POST",
            CONTACT_MEMBERS,
            "/contacts/groups/{contact}/members",
            member,
            Then::Has("/contacts/groups/{contact}/members?page_size=50", "/group_members", json!({"id": "{library}"})),
        ),
        gone(
            CONTACT_MEMBERS,
            "/contacts/groups/{contact}/members?member_ids={contact_member}",
            Then::HasNot(
                "/contacts/groups/{contact}/members?page_size=50",
                "/group_members",
                json!({"id": "{contact_member}"}),
            ),
        ),
    ]
}

fn division_rows() -> Vec<Row> {
    vec![
        read(DIVISIONS, "/divisions"),
        example(
            "POST",
            DIVISIONS,
            "/divisions",
            json!({}),
            Then::Has("/divisions", "/divisions", json!({"division_name": "my division", "total_members": 0})),
        ),
        read(DIVISION, "/divisions/{division}"),
        example(
            "PATCH",
            DIVISION,
            "/divisions/{division}",
            json!({}),
            Then::Is("/divisions/{division}", "/division_name", json!("my division")),
        ),
        gone(DIVISION, "/divisions/{empty_division}", Then::Status("/divisions/{empty_division}", 404)),
        read(DIVISION_USERS, "/divisions/{division}/users"),
        example(
            "POST",
            DIVISION_USERS,
            "/divisions/{empty_division}/users",
            json!({"users": [{"user_id": "{user}", "user_email": "{user_email}"}]}),
            Then::Has("/divisions/{empty_division}/users", "/users", json!({"user_id": "{user}"})),
        ),
    ]
}

fn group_rows() -> Vec<Row> {
    const ADMINS: &str = "/groups/{groupId}/admins";
    const MEMBERS: &str = "/groups/{groupId}/members";
    const MEMBER: &str = "/groups/{groupId}/members/{memberId}";
    const BACKGROUNDS: &str = "/groups/{groupId}/settings/virtual_backgrounds";
    let somebody = json!([{"id": "{other}", "email": "{other_email}"}]);
    let mut security =
        json!({"chat": {"chat_etiquette_tool": {"policies": []}, "share_files": {"share_option": "anyone"}}});
    security["in_meeting"] = json!({"webinar_live_streaming": {"live_streaming_service": ["facebook"]}});
    vec![
        read("/groups", "/groups"),
        example(
            "POST",
            "/groups",
            "/groups",
            json!({}),
            Then::Has("/groups", "/groups", json!({"name": "Developers"})),
        ),
        read(GROUP, "/groups/{group}"),
        example(
            "PATCH",
            GROUP,
            "/groups/{group}",
            json!({}),
            Then::Is("/groups/{group}", "/name", json!("Developers")),
        ),
        gone(GROUP, "/groups/{group}", Then::Status("/groups/{group}", 404)),
        read(ADMINS, "/groups/{group}/admins"),
        example(
            "POST",
            ADMINS,
            "/groups/{group}/admins",
            json!({"admins": somebody.clone()}),
            Then::Has("/groups/{group}/admins", "/admins", json!({"email": "{other_email}"})),
        ),
        gone(
            "/groups/{groupId}/admins/{userId}",
            "/groups/{group}/admins/{group_admin}",
            Then::HasNot("/groups/{group}/admins", "/admins", json!({"email": "{group_admin}"})),
        ),
        read("/groups/{groupId}/channels", "/groups/{group}/channels"),
        read(LOCKS, "/groups/{group}/lock_settings"),
        example(
            "PATCH",
            LOCKS,
            "/groups/{group}/lock_settings",
            json!({}),
            Then::Is("/groups/{group}/lock_settings", "/in_meeting/waiting_room", json!(true)),
        ),
        read(MEMBERS, "/groups/{group}/members"),
        example(
            "POST",
            MEMBERS,
            "/groups/{library}/members",
            json!({"members": somebody}),
            Then::Has("/groups/{library}/members?page_size=2000", "/members", json!({"id": "{other}"})),
        ),
        example(
            "PATCH",
            MEMBER,
            "/groups/{group}/members/{member}",
            json!({"target_group_id": "{library}"}),
            Then::Has("/groups/{library}/members?page_size=2000", "/members", json!({"id": "{member}"})),
        ),
        gone(
            MEMBER,
            "/groups/{group}/members/{member}",
            Then::HasNot("/groups/{group}/members?page_size=2000", "/members", json!({"id": "{member}"})),
        ),
        read(SETTINGS, "/groups/{group}/settings"),
        example(
            "PATCH",
            SETTINGS,
            "/groups/{group}/settings",
            security,
            Then::Is("/groups/{group}/settings", "/in_meeting/waiting_room", json!(true)),
        ),
        read(REGISTRATION, "/groups/{group}/settings/registration"),
        example(
            "PATCH",
            REGISTRATION,
            "/groups/{group}/settings/registration",
            json!({}),
            Then::Is("/groups/{group}/settings/registration", "/questions/0/field_name", json!("last_name")),
        ),
        upload(
            BACKGROUNDS,
            "/groups/{group}/settings/virtual_backgrounds",
            "file",
            Then::Has("/groups/{group}/settings", FILES, json!({"name": "lobby.png", "size": 12, "type": "image"})),
        ),
        gone(
            BACKGROUNDS,
            "/groups/{group}/settings/virtual_backgrounds?file_ids={background}",
            Then::HasNot("/groups/{group}/settings", FILES, json!({"id": "{background}"})),
        ),
    ]
}

fn user_rows() -> Vec<Row> {
    vec![
        read("/users", "/users"),
        example(
            "POST",
            "/users",
            "/users",
            json!({"user_info": {"division_ids": ["{division}"]}}),
            Then::Has("/users?status=pending&page_size=2000", "/users", json!({"email": "jchill@example.com"})),
        ),
        read("/users/email", "/users/email?email={user_email}"),
        read("/users/vanity_name", "/users/vanity_name?vanity_name=lobby"),
        read("/users/summary", "/users/summary"),
        read("/users/me/zak", "/users/me/zak"),
        example(
            "POST",
            "/users/features",
            "/users/features",
            json!({"users": [{"id": "{user}", "email": "{user_email}"}]}),
            Then::Is("/users/{user}", "/type", json!(1)),
        ),
        read(USER, "/users/{user}"),
        example(
            "PATCH",
            USER,
            "/users/{user}",
            json!({"group_id": "{library}", "division_ids": ["{division}"]}),
            Then::Is("/users/{user}", "/company", json!("Example, Inc.")),
        ),
        gone(
            USER,
            "/users/{user}?action=delete&transfer_email={other_email}&transfer_meeting=true",
            Then::Status("/users/{user}", 404),
        ),
        read(USER_SETTINGS, "/users/{user}/settings"),
        example(
            "PATCH",
            USER_SETTINGS,
            "/users/{user}/settings",
            json!({
                "audio_conferencing": {"participant_phone_masking": {"enable": true, "masking_type": "mask_default"}},
                // The document's own error for a person who has both.
                "feature": {"webinar": false},
            }),
            Then::Is("/users/{user}/settings", "/feature/concurrent_meeting", json!("Plus")),
        ),
        upload(
            "/users/{userId}/settings/virtual_backgrounds",
            "/users/{user}/settings/virtual_backgrounds",
            "file",
            Then::Has("/users/{user}/settings", FILES, json!({"name": "lobby.png", "size": 12, "type": "image"})),
        ),
        gone(
            "/users/{userId}/settings/virtual_backgrounds",
            "/users/{user}/settings/virtual_backgrounds?file_ids={uploaded}",
            Then::HasNot("/users/{user}/settings", FILES, json!({"name": "lobby.png"})),
        ),
    ]
}

fn person_rows() -> Vec<Row> {
    const ASSISTANTS: &str = "/users/{userId}/assistants";
    const SCHEDULERS: &str = "/users/{userId}/schedulers";
    vec![
        read(ASSISTANTS, "/users/{host}/assistants"),
        example(
            "POST",
            ASSISTANTS,
            "/users/{user}/assistants",
            json!({"assistants": [
                {"id": "{other}", "email": "{other_email}", "can_manage_host_private_event": true},
            ]}),
            Then::Has("/users/{other}/schedulers", "/schedulers", json!({"id": "{user}", "email": "{user_email}"})),
        ),
        gone(ASSISTANTS, "/users/{host}/assistants", Then::Is("/users/{host}/assistants", "/assistants", json!([]))),
        gone(
            "/users/{userId}/assistants/{assistantId}",
            "/users/{host}/assistants/{assistant}",
            Then::HasNot("/users/{host}/assistants", "/assistants", json!({"id": "{assistant}"})),
        ),
        read(SCHEDULERS, "/users/{assistant}/schedulers"),
        gone(
            SCHEDULERS,
            "/users/{assistant}/schedulers",
            Then::Is("/users/{host}/assistants", "/assistants", json!([])),
        ),
        gone(
            "/users/{userId}/schedulers/{schedulerId}",
            "/users/{assistant}/schedulers/{host}",
            Then::HasNot("/users/{assistant}/schedulers", "/schedulers", json!({"id": "{host}"})),
        ),
        read("/users/{userId}/collaboration_devices", "/users/{user}/collaboration_devices"),
        read(
            "/users/{userId}/collaboration_devices/{collaborationDeviceId}",
            "/users/{user}/collaboration_devices/{device}",
        ),
        example(
            "PUT",
            "/users/{userId}/email",
            "/users/{user}/email",
            json!({}),
            Then::Is("/users/{user}", "/email", json!("jchill@example.com")),
        ),
        read("/users/{userId}/meeting_summary_templates", "/users/{user}/meeting_summary_templates"),
        read("/users/{userId}/meeting_templates/{meetingTemplateId}", "/users/{user}/meeting_templates/{template}"),
        example("PUT", "/users/{userId}/password", "/users/{user}/password", json!({}), Then::Nothing),
        read("/users/{userId}/permissions", "/users/{user}/permissions"),
        upload("/users/{userId}/picture", "/users/{user}/picture", "pic_file", Then::Status("/users/{user}", 200)),
        gone("/users/{userId}/picture", "/users/{user}/picture", Then::Is("/users/{user}", "/pic_url", Value::Null)),
        read("/users/{userId}/presence_status", "/users/{user}/presence_status"),
        example(
            "PUT",
            "/users/{userId}/presence_status",
            "/users/{user}/presence_status",
            json!({}),
            Then::Is("/users/{user}/presence_status", "/status", json!("Available")),
        ),
        example(
            "PUT",
            "/users/{userId}/status",
            "/users/{user}/status",
            json!({}),
            Then::Is("/users/{user}", "/status", json!("inactive")),
        ),
        read("/users/{userId}/token", "/users/{user}/token"),
        gone("/users/{userId}/token", "/users/{user}/token", Then::Nothing),
    ]
}
