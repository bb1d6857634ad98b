//! Permission by field: a role that may set one leaf of an operation sets that one, sees its own leaves, and is told of
//! nothing else. The table of roles is in `roles`.

use roomkey_schema::Role;
use roomkey_tests::{Ask, STORY_GROUP, Site};
use serde_json::{Value, json};

use super::roles::{LEAF, ask, catalog, is_denied, json, params};

#[tokio::test]
async fn a_leaf_that_is_not_the_roles_is_refused_by_name_recorded_and_never_sent() {
    let (site, catalog) = (Site::new().await, catalog());
    let params = params(&site).await;
    for (id, role, _, beyond) in LEAF {
        site.vendor.reset().await;
        let operation = catalog.operation(id).expect("an operation");
        let ask = || ask(operation, operation.variant(None).expect("a variant"), &params).by(role);
        let answer = site.call(ask().json(&json(beyond))).await;
        is_denied(&site, id, id, role, &answer).await;
        let fields = answer.json()["fields"].clone();
        let pointer = fields[0]["pointer"].as_str().expect("a pointer").to_owned();
        assert_eq!(fields.as_array().map(Vec::len), Some(1), "{id}: {fields}");
        assert!(["/topic", "/type", "/schedule_meeting/personal_meeting"].contains(&pointer.as_str()), "{pointer}");
        assert!(fields[0]["detail"].as_str().is_some_and(|detail| detail.contains("may not change this")), "{fields}");
        // Even when its value makes no sense: whoever tries is written down before anything is said about values.
        let mut nonsense = json!({});
        roomkey_schema::json::put(&mut nonsense, &pointer, json!([[]]));
        is_denied(&site, id, id, role, &site.call(ask().json(&nonsense)).await).await;
        site.call(ask().json(&json(beyond)).by(Role::Admin)).await.ok();
    }
}

#[tokio::test]
async fn a_parameter_that_does_something_besides_is_refused_like_a_leaf() {
    let site = Site::new().await;
    let params = params(&site).await;
    let path = format!("/api/zoom/users/{}?remove_tsp_credentials=true", params.get("userId").expect("somebody"));
    let ask = || Ask::new("PATCH", &path).json(&json!({"host_key": "482915"}));
    let before = site.vendor.ledger().await.len();
    let answer = site.call(ask().by(Role::Helpdesk)).await;
    assert_eq!(answer.problem(403, "forbidden").fields[0].pointer, "remove_tsp_credentials");
    assert_eq!(site.vendor.ledger().await.len(), before);
    site.call(ask().by(Role::Admin)).await.ok();
}

#[tokio::test]
async fn what_is_read_is_cut_down_to_the_roles_leaves_and_so_is_what_a_write_answers() {
    let site = Site::new().await;
    let params = params(&site).await;
    let user = params.get("userId").expect("somebody");
    let path = format!("/api/zoom/users/{user}/settings");
    let desk = site.get(Role::Helpdesk, &path).await.ok();
    let mut seen = Vec::new();
    leaves(&desk, "", &mut |pointer| seen.push(pointer.to_owned()));
    let mine = [
        "/in_meeting/waiting_room",
        "/schedule_meeting/pmi_password",
        "/schedule_meeting/require_password_for_pmi_meetings",
    ];
    assert_eq!(seen, mine);
    assert_eq!(desk["schedule_meeting"]["pmi_password"], true, "set or not, never what it is");
    assert_eq!(site.get(Role::Helpdesk, &format!("{path}?option=meeting_security")).await.ok(), json!({}));
    let body = json!({"schedule_meeting": {"pmi_password": "Ab3456"}});
    let written = site.call(Ask::new("PATCH", &path).by(Role::Helpdesk).json(&body)).await.ok();
    assert_eq!((&written["value"], &written["not_applied"]), (&desk, &json!([])));
    let stale = Ask::new("PATCH", &path).by(Role::Helpdesk).json(&body).header("if-match", "\"stale\"");
    let answer = site.call(stale).await;
    answer.problem(412, "conflict");
    assert_eq!(answer.json()["current"], desk);
    let group = params.get("groupId").expect("a group");
    let names = site.get(Role::Helpdesk, &format!("/api/zoom/groups/{group}")).await.ok();
    assert_eq!(names, json!({"id": group, "name": STORY_GROUP}));
}

#[tokio::test]
async fn the_description_and_the_forms_for_a_role_have_its_leaves_only() {
    let site = Site::new().await;
    let described = async |role| site.get(role, "/api/openapi.json").await.ok();
    let desk = described(Role::Helpdesk).await;
    let body = |path: &str, method: &str| {
        desk["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"].clone()
    };
    let members = |schema: &Value| schema["properties"].as_object().map(|all| all.keys().cloned().collect::<Vec<_>>());
    assert_eq!(members(&body("/zoom/users/{userId}", "patch")), Some(vec!["host_key".to_owned()]));
    let room = body("/webex/meetingPreferences/personalMeetingRoom", "put");
    assert_eq!((members(&room), &room["required"]), (Some(vec!["hostPin".to_owned()]), &json!(["hostPin"])));
    let settings = body("/zoom/users/{userId}/settings", "patch");
    assert_eq!(settings["oneOf"].as_array().map(Vec::len), Some(1), "the variants have none of its leaves");
    assert_eq!(members(&settings["oneOf"][0]["properties"]["schedule_meeting"]), Some(vec!["pmi_password".to_owned()]));
    let patch = &desk["paths"]["/zoom/users/{userId}"]["patch"];
    assert!(!patch.to_string().contains("remove_tsp_credentials"), "{patch}");
    let admin = described(Role::Admin).await;
    assert!(admin["paths"]["/zoom/users/{userId}"]["patch"].to_string().contains("remove_tsp_credentials"));
    let form = site.get(Role::Helpdesk, "/api/schema/zoom.user_settings").await.ok();
    let rows = form["sections"].as_array().into_iter().flatten().filter_map(|section| section["rows"].as_array());
    assert_eq!(rows.flatten().count(), 3, "{form}");
    let index = site.get(Role::Helpdesk, "/api/schema").await.ok();
    let resets = |place: &str| {
        let places = index["places"].as_array().into_iter().flatten();
        let card = places.filter(|known| known["id"] == place).map(|place| place["card"]["resets"].clone()).next();
        card.into_iter().flat_map(|all| all.as_array().cloned().unwrap_or_default()).collect::<Vec<_>>().len()
    };
    assert_eq!((resets("zoom.user"), resets("webex.room"), resets("connect.meeting")), (2, 1, 1));
}

fn leaves(value: &Value, pointer: &str, visit: &mut impl FnMut(&str)) {
    match value.as_object() {
        Some(members) => {
            for (name, member) in members {
                leaves(member, &roomkey_schema::json::child(pointer, name), visit);
            }
        }
        None => visit(pointer),
    }
}
