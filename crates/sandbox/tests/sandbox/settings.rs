//! Group settings in their four variants: what is read, what a change does and what follows from it.
//! Must not test locks: they have their own file.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bench::{Bench, answer_schema, misfits};

const TEMPLATE: &str = "/groups/{groupId}/settings";
const WAITING: &str = "/in_meeting/waiting_room";
const SECURITY_WAITING: &str = "/meeting_security/waiting_room";
const BEFORE_HOST: &str = "/schedule_meeting/join_before_host";

async fn change(bench: &Bench, query: &str, body: Value) {
    let answer = bench.patch(&bench.clinical(&format!("/settings{query}")).await, body).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NO_CONTENT, ""));
}

async fn settings(bench: &Bench, query: &str) -> Value {
    bench.read(&bench.clinical(&format!("/settings{query}")).await).await
}

/// The three switches of the waiting room's story.
async fn switches(bench: &Bench) -> [bool; 3] {
    let (plain, security) = (settings(bench, "").await, settings(bench, "?option=meeting_security").await);
    [plain.pointer(WAITING), security.pointer(SECURITY_WAITING), plain.pointer(BEFORE_HOST)]
        .map(|value| value.and_then(Value::as_bool).expect("a switch"))
}

#[tokio::test]
async fn each_variant_of_each_group_has_the_documented_shape() {
    let bench = Bench::new().await;
    let groups = bench.read("/groups").await;
    let contradicted = ["/in_meeting/language_interpretation/languages", "/in_meeting/unchecked_data_center_regions"];
    for option in [None, Some("meeting_authentication"), Some("recording_authentication"), Some("meeting_security")] {
        let schema = answer_schema("GET", TEMPLATE, "200", option);
        for group in groups["groups"].as_array().expect("groups") {
            let query = option.map(|option| format!("?option={option}")).unwrap_or_default();
            let path = format!("/groups/{}/settings{query}", group["id"].as_str().expect("an id"));
            let value = bench.read(&path).await;
            // Two fields of the document call an array what the example shows as a string; the example is kept.
            let expected: &[&str] = if option.is_none() { &contradicted } else { &[] };
            assert_eq!(misfits(&schema, &value), expected, "{path}");
        }
    }
}

#[tokio::test]
async fn every_documented_field_but_the_retired_one_is_read() {
    let bench = Bench::new().await;
    for option in [None, Some("meeting_authentication"), Some("recording_authentication"), Some("meeting_security")] {
        let query = option.map(|option| format!("?option={option}")).unwrap_or_default();
        let value = settings(&bench, &query).await;
        let schema = answer_schema("GET", TEMPLATE, "200", option);
        let mut missing = Vec::new();
        collect_missing(&schema, &value, "", &mut missing);
        let expected: &[&str] = if option.is_none() { &["/schedule_meeting/force_pmi_jbh_password"] } else { &[] };
        assert_eq!(missing, expected, "{option:?}");
    }
}

fn collect_missing(schema: &Value, value: &Value, at: &str, missing: &mut Vec<String>) {
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        match value.get(name) {
            Some(found) => collect_missing(inner, found, &format!("{at}/{name}"), missing),
            None => missing.push(format!("{at}/{name}")),
        }
    }
}

#[tokio::test]
async fn groups_differ_and_stay_plausible() {
    let bench = Bench::new().await;
    let groups = bench.read("/groups").await;
    let mut on = 0;
    for group in groups["groups"].as_array().expect("groups") {
        let id = group["id"].as_str().expect("an id");
        let plain = bench.read(&format!("/groups/{id}/settings")).await;
        let security = bench.read(&format!("/groups/{id}/settings?option=meeting_security")).await;
        assert_eq!(plain.pointer(WAITING), security.pointer(SECURITY_WAITING), "{group}");
        assert_ne!(plain.pointer(WAITING), plain.pointer(BEFORE_HOST), "{group}");
        assert_eq!(plain["in_meeting"]["chat"], true);
        on += usize::from(plain.pointer(WAITING) == Some(&json!(true)));
    }
    assert!((10..=35).contains(&on), "{on} of 40 groups have a waiting room");
}

#[tokio::test]
async fn change_shows_at_once_and_moves_nothing_else() {
    let bench = Bench::new().await;
    let before = settings(&bench, "").await;
    change(
        &bench,
        "",
        json!({"in_meeting": {"allow_participants_chat_with": 3}, "recording": {"auto_recording": "cloud"}}),
    )
    .await;
    let after = settings(&bench, "").await;
    let mut expected = before.clone();
    expected["in_meeting"]["allow_participants_chat_with"] = json!(3);
    expected["recording"]["auto_recording"] = json!("cloud");
    assert_ne!(before, after);
    assert_eq!(after, expected);
    let other = bench.read(&format!("/groups/{}/settings", bench.group("Cardiology").await)).await;
    assert_ne!(other["recording"]["auto_recording"], "cloud");
}

#[tokio::test]
async fn arrays_are_replaced_whole() {
    let bench = Bench::new().await;
    change(&bench, "", json!({"in_meeting": {"data_center_regions": ["NL"]}})).await;
    assert_eq!(settings(&bench, "").await["in_meeting"]["data_center_regions"], json!(["NL"]));
}

#[tokio::test]
async fn waiting_room_on_turns_join_before_host_off_in_both_variants() {
    let bench = Bench::new().await;
    assert_eq!(switches(&bench).await, [false, false, true], "where the story starts");
    change(&bench, "", json!({"in_meeting": {"waiting_room": true}})).await;
    assert_eq!(switches(&bench).await, [true, true, false]);
}

#[tokio::test]
async fn waiting_room_on_in_the_security_variant_does_the_same() {
    let bench = Bench::new().await;
    change(&bench, "?option=meeting_security", json!({"meeting_security": {"waiting_room": true}})).await;
    assert_eq!(switches(&bench).await, [true, true, false]);
}

#[tokio::test]
async fn join_before_host_on_turns_the_waiting_room_off() {
    let bench = Bench::new().await;
    change(&bench, "", json!({"in_meeting": {"waiting_room": true}})).await;
    change(&bench, "", json!({"schedule_meeting": {"join_before_host": true}})).await;
    assert_eq!(switches(&bench).await, [false, false, true]);
}

#[tokio::test]
async fn waiting_room_off_leaves_join_before_host_alone() {
    let bench = Bench::new().await;
    change(&bench, "", json!({"in_meeting": {"waiting_room": true}})).await;
    change(&bench, "", json!({"in_meeting": {"waiting_room": false}})).await;
    assert_eq!(switches(&bench).await, [false, false, false]);
}

#[tokio::test]
async fn waiting_room_wins_when_both_are_turned_on_at_once() {
    let bench = Bench::new().await;
    let both = json!({"in_meeting": {"waiting_room": true}, "schedule_meeting": {"join_before_host": true}});
    change(&bench, "", both).await;
    assert_eq!(switches(&bench).await, [true, true, false]);
}

#[tokio::test]
async fn end_to_end_encryption_goes_through_both_variants_and_ends_cloud_recording() {
    let bench = Bench::new().await;
    let security = "?option=meeting_security";
    let on = json!({"meeting_security": {"end_to_end_encrypted_meetings": true, "encryption_type": "e2ee"}});
    for off in [
        ("", json!({"in_meeting": {"e2e_encryption": false}})),
        (security, json!({"meeting_security": {"end_to_end_encrypted_meetings": false}})),
    ] {
        change(&bench, "", json!({"recording": {"cloud_recording": true}})).await;
        change(&bench, security, on.clone()).await;
        let plain = settings(&bench, "").await;
        assert_eq!(plain["in_meeting"]["e2e_encryption"], true);
        assert_eq!(plain["recording"]["cloud_recording"], false);
        change(&bench, off.0, off.1).await;
        assert_eq!(settings(&bench, "").await["in_meeting"]["e2e_encryption"], false);
        let held = settings(&bench, security).await["meeting_security"].clone();
        assert_eq!(held["end_to_end_encrypted_meetings"], false);
        assert_eq!(held["encryption_type"], "enhanced_encryption");
    }
}

#[tokio::test]
async fn passcode_in_the_link_is_one_switch_in_two_variants() {
    let bench = Bench::new().await;
    let held =
        settings(&bench, "").await["schedule_meeting"]["embed_password_in_join_link"].as_bool().expect("a switch");
    change(&bench, "", json!({"schedule_meeting": {"embed_password_in_join_link": !held}})).await;
    let security = settings(&bench, "?option=meeting_security").await;
    assert_eq!(security["meeting_security"]["embed_password_in_join_link"], !held);
}

#[tokio::test]
async fn fields_that_cannot_be_written_or_are_unknown_are_accepted_without_effect() {
    let bench = Bench::new().await;
    let before = settings(&bench, "").await;
    change(
        &bench,
        "",
        json!({
            "schedule_meeting": {"personal_meeting": !before["schedule_meeting"]["personal_meeting"].as_bool().expect("a switch")},
            "mail_calendar": {"email_management": "nonsense"},
            "made_up": true,
            "in_meeting": {"made_up": 1},
        }),
    )
    .await;
    assert_eq!(settings(&bench, "").await, before);
}

#[tokio::test]
async fn field_that_can_be_written_but_not_read_is_accepted() {
    let bench = Bench::new().await;
    let before = settings(&bench, "").await;
    change(&bench, "", json!({"schedule_meeting": {"require_password_for_all_meetings": true}})).await;
    assert_eq!(settings(&bench, "").await, before);
}

#[tokio::test]
async fn wrong_values_are_refused_field_by_field_and_nothing_is_applied() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings").await;
    let before = bench.read(&path).await;
    let body = json!({
        "in_meeting": {"chat": "yes", "who_can_share_screen": "nobody", "private_chat": false},
        "recording": {"archive": {"type": 9}},
        "audio_conferencing": {"toll_free_and_fee_based_toll_call": {"numbers": [{"number": "1".repeat(31)}]}},
    });
    let answer = bench.patch(&path, body).await;
    answer.is_refused(400, 300, "Validation Failed.");
    let mut fields: Vec<String> =
        answer.json()["errors"].as_array().expect("errors").iter().map(|error| error["field"].to_string()).collect();
    fields.sort();
    assert_eq!(
        fields,
        [
            "\"audio_conferencing.toll_free_and_fee_based_toll_call.numbers[0].number\"",
            "\"in_meeting.chat\"",
            "\"in_meeting.who_can_share_screen\"",
            "\"recording.archive.type\"",
        ]
    );
    assert_eq!(bench.read(&path).await, before);
}

#[tokio::test]
async fn unknown_option_is_refused_for_reading_and_writing() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings?option=everything").await;
    bench.get(&path).await.is_refused(400, 300, "Invalid parameter: option.");
    bench.patch(&path, json!({})).await.is_refused(400, 300, "Invalid parameter: option.");
}

#[tokio::test]
async fn blocked_domains_have_their_documented_bounds() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings?option=meeting_security").await;
    let body = |domains: Value| json!({"meeting_security": {"block_user_domain_list": domains}});
    assert_eq!(bench.patch(&path, body(json!(["a.org", "b.net"]))).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read(&path).await["meeting_security"]["block_user_domain_list"], json!(["a.org", "b.net"]));
    bench.patch(&path, body(json!(["a.io"]))).await.names_fields(&["meeting_security.block_user_domain_list[0]"]);
    let many: Vec<String> = (0..21).map(|number| format!("domain{number}.org")).collect();
    bench.patch(&path, body(json!(many))).await.names_fields(&["meeting_security.block_user_domain_list"]);
}

#[tokio::test]
async fn chat_policies_are_switched_by_id_and_keep_their_text() {
    let bench = Bench::new().await;
    let before = settings(&bench, "").await["chat"]["chat_etiquette_tool"]["policies"].clone();
    let id = before[1]["id"].clone();
    assert_eq!(before[1]["status"], "deactivated");
    let body = |id: &Value| json!({"chat": {"chat_etiquette_tool": {"policies": [{"id": id, "status": "activated"}]}}});
    change(&bench, "", body(&id)).await;
    let mut expected = before;
    expected[1]["status"] = json!("activated");
    assert_eq!(settings(&bench, "").await["chat"]["chat_etiquette_tool"]["policies"], expected);
    let answer = bench.patch(&bench.clinical("/settings").await, body(&json!("none"))).await;
    answer.names_fields(&["chat.chat_etiquette_tool.policies[0].id"]);
}

#[tokio::test]
async fn authentication_profile_is_updated_shown_and_hidden_by_its_id() {
    let bench = Bench::new().await;
    for kind in ["meeting_authentication", "recording_authentication"] {
        let query = format!("?option={kind}");
        let before = settings(&bench, &query).await["authentication_options"].clone();
        let id = before[1]["id"].clone();
        assert_eq!(before[0]["default_option"], true);
        change(
            &bench,
            &query,
            json!({"authentication_option": {"id": id, "action": "update", "name": "Staff", "default_option": true}}),
        )
        .await;
        change(
            &bench,
            &query,
            json!({"authentication_option": {"id": before[0]["id"], "action": "hide"}, kind: false}),
        )
        .await;
        let after = settings(&bench, &query).await;
        let options = &after["authentication_options"];
        assert_eq!((&options[1]["name"], &options[1]["default_option"]), (&json!("Staff"), &json!(true)));
        assert_eq!((&options[0]["default_option"], &options[0]["visible"]), (&json!(false), &json!(false)));
        assert_eq!((&options[1]["type"], &after[kind]), (&before[1]["type"], &json!(false)));
        assert_eq!(misfits(&answer_schema("GET", TEMPLATE, "200", Some(kind)), &after), [""; 0]);
        change(&bench, &query, json!({"authentication_option": {"id": before[0]["id"], "action": "show"}})).await;
        assert_eq!(settings(&bench, &query).await["authentication_options"][0]["visible"], true);
    }
}

#[tokio::test]
async fn unknown_authentication_profile_is_refused_and_the_rest_of_the_change_too() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings?option=meeting_authentication").await;
    let before = bench.read(&path).await;
    let held = before["meeting_authentication"].as_bool().expect("a switch");
    for option in [json!({"id": "none", "action": "hide"}), json!({"action": "hide"})] {
        let body = json!({"authentication_option": option, "meeting_authentication": !held});
        bench.patch(&path, body).await.names_fields(&["authentication_option.id"]);
    }
    let wrong = json!({"authentication_option": {"id": "none", "action": "delete", "type": "internally"}});
    let answer = bench.patch(&path, wrong).await;
    answer.names_fields(&["authentication_option.action", "authentication_option.type"]);
    assert_eq!(bench.read(&path).await, before);
}
