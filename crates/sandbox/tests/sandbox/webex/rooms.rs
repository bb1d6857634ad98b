//! Rooms: read, written as a whole, judged, and apart on each site. Must not test tokens or limits.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{ME, SECOND_SITE, SITES, Webex, is_misfit, is_refused, room_of};

fn body() -> Value {
    json!({
        "topic": "Tuesday rounds",
        "hostPin": "3421",
        "enabledAutoLock": true,
        "autoLockMinutes": 15,
        "enabledNotifyHost": false,
        "supportCoHost": true,
        "supportAnyoneAsCoHost": false,
        "coHosts": [{"email": "admin2@example.com", "displayName": "Admin Two"}],
    })
}

#[tokio::test]
async fn written_room_is_answered_whole_and_read_back_the_same() {
    let webex = Webex::new().await;
    let path = room_of("admin3@example.com");
    let before = webex.read(&path).await;
    let answer = webex.put(&path, &body()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let mut expect = before.clone();
    for (name, value) in body().as_object().expect("fields") {
        expect[name] = value.clone();
    }
    assert_eq!(answer.json(), expect);
    assert_eq!(webex.read(&path).await, expect);
    assert_eq!(before["personalMeetingRoomLink"], "https://demo.webex.example/meet/admin3");
    assert_eq!(before["sipAddress"], "admin3@demo.webex.example");
    assert!(before["telephony"]["accessCode"].is_string() && before["dialInIpAddress"].is_string());
    assert_eq!(before["telephony"]["callInNumbers"][0]["tollType"], "toll");
    assert_eq!(before["telephony"]["links"][0]["method"], "GET");
}

#[tokio::test]
async fn room_sent_back_as_it_was_read_is_taken_and_unknown_fields_are_passed_over() {
    let webex = Webex::new().await;
    let mut room = webex.read(&room_of(ME)).await;
    room["hostPin"] = json!("9042");
    let mut sent = room.clone();
    sent["personalMeetingRoomLink"] = json!("https://elsewhere.example");
    sent["colour"] = json!("blue");
    sent.as_object_mut().expect("fields").remove("supportAnyoneAsCoHost");
    assert_eq!(webex.put(&room_of(ME), &sent).await.json(), room);
}

#[tokio::test]
async fn without_an_address_it_is_the_token_s_own_room() {
    let webex = Webex::new().await;
    assert_eq!(webex.read(super::ROOM).await, webex.read(&room_of(ME)).await);
    assert_eq!(webex.put(super::ROOM, &body()).await.status, StatusCode::OK);
    assert_eq!(webex.read(&room_of(ME)).await["topic"], "Tuesday rounds");
}

#[tokio::test]
async fn sites_have_rooms_of_their_own_and_pins_of_their_own_length() {
    let webex = Webex::new().await;
    let (first, second) = (room_of(ME), format!("{}&siteUrl={SECOND_SITE}", room_of(ME)));
    assert_eq!(webex.read(&second).await["hostPin"].as_str().map(str::len), Some(6));
    is_misfit(&webex.put(&second, &body()).await, &["hostPin: The host PIN has 6 digits on this site."]);
    let mut longer = body();
    longer["hostPin"] = json!("342109");
    assert_eq!(webex.put(&second, &longer).await.status, StatusCode::OK);
    assert_ne!(webex.read(&first).await["topic"], "Tuesday rounds");
    is_misfit(&webex.put(&first, &longer).await, &["hostPin: The host PIN has 4 digits on this site."]);
}

#[tokio::test]
async fn pins_against_the_rules_are_refused_by_what_is_wrong_with_them() {
    let webex = Webex::new().await;
    for (pin, fault) in [
        (json!("1111"), "hostPin: The host PIN must not be one digit repeated."),
        (json!("3456"), "hostPin: The host PIN must not run up or down."),
        (json!("4321"), "hostPin: The host PIN must not run up or down."),
        (json!("12"), "hostPin: The host PIN has 4 digits on this site."),
        (json!("12a4"), "hostPin: The host PIN is digits only."),
        (json!(""), "hostPin: The host PIN is digits only."),
        (json!(3421), "hostPin is a text of digits."),
    ] {
        let mut sent = body();
        sent["hostPin"] = pin;
        is_misfit(&webex.put(&room_of(ME), &sent).await, &[fault]);
    }
}

#[tokio::test]
async fn missing_and_wrong_fields_are_all_named_and_nothing_is_changed() {
    let webex = Webex::new().await;
    let before = webex.read(&room_of(ME)).await;
    let names = ["topic", "hostPin", "enabledAutoLock", "enabledNotifyHost", "supportCoHost"];
    let mut missing: Vec<String> = names.iter().map(|name| format!("{name} is missing.")).collect();
    missing.insert(3, "autoLockMinutes is missing.".to_owned());
    missing.push("coHosts is missing.".to_owned());
    is_misfit(&webex.put(&room_of(ME), &json!({})).await, &missing.iter().map(String::as_str).collect::<Vec<_>>());
    for (name, value, fault) in [
        ("topic", json!(""), "topic is a text of 1 to 128 characters."),
        ("topic", json!("ü".repeat(129)), "topic is a text of 1 to 128 characters."),
        ("topic", json!(7), "topic is a text of 1 to 128 characters."),
        ("enabledAutoLock", json!("true"), "enabledAutoLock is true or false."),
        ("autoLockMinutes", json!(7), "autoLockMinutes is one of 0, 5, 10, 15 and 20."),
        ("autoLockMinutes", json!("5"), "autoLockMinutes is one of 0, 5, 10, 15 and 20."),
        ("supportAnyoneAsCoHost", json!(null), "supportAnyoneAsCoHost is true or false."),
        ("coHosts", json!({}), "coHosts is a list."),
        ("coHosts", json!([{"displayName": "X"}]), "coHosts[0].email is an e-mail address."),
        ("coHosts", json!([{"email": "a@b", "displayName": 1}]), "coHosts[0].displayName is a text."),
    ] {
        let mut sent = body();
        sent[name] = value;
        is_misfit(&webex.put(&room_of(ME), &sent).await, &[fault]);
    }
    assert_eq!(webex.read(&room_of(ME)).await, before);
    let mut longest = body();
    longest["topic"] = json!("ü".repeat(128));
    assert_eq!(webex.put(&room_of(ME), &longest).await.status, StatusCode::OK);
}

#[tokio::test]
async fn bodies_that_are_no_json_objects_are_refused() {
    let webex = Webex::new().await;
    let send = async |content_type: &str, text: &'static str| {
        let mut request = webex.request("PUT", &room_of(ME), None);
        request.headers_mut().insert("content-type", content_type.parse().expect("a type"));
        *request.body_mut() = text.into();
        webex.bench.raw(request).await
    };
    is_refused(&send("text/plain", "{}").await, 415, "The content type application/json is wanted.");
    is_refused(&send("application/json", "{").await, 400, "The body is not a JSON object.");
    is_refused(&send("application/json;charset=utf-8", "[]").await, 400, "The body is not a JSON object.");
}

#[tokio::test]
async fn people_without_room_and_sites_that_are_not_theirs_are_told_apart() {
    let webex = Webex::new().await;
    let emails = webex.emails().await;
    is_refused(&webex.get(&room_of("no@example.com")).await, 404, "There is no person no@example.com.");
    let users = webex.bench.read("/users?page_size=2000").await["users"].clone();
    let users = users.as_array().expect("users").iter().filter_map(|user| user["email"].as_str());
    let outside = users.into_iter().find(|email| !emails.iter().any(|known| known == email)).expect("somebody");
    for path in [room_of(outside), format!("{SITES}?userEmail={outside}")] {
        is_refused(&webex.get(&path).await, 404, &format!("{outside} has no Webex account."));
    }
    let unknown = format!("{}&siteUrl=other.webex.example", room_of(ME));
    is_refused(&webex.get(&unknown).await, 400, "There is no site other.webex.example.");
    let mut one_site = None;
    for email in &emails {
        if webex.read(&format!("{SITES}?userEmail={email}")).await["sites"].as_array().map(Vec::len) == Some(1) {
            one_site = Some(email);
            break;
        }
    }
    let email = one_site.expect("somebody on one site");
    let path = format!("{}&siteUrl={SECOND_SITE}", room_of(email));
    is_refused(&webex.get(&path).await, 404, &format!("{email} is not on the site {SECOND_SITE}."));
}

#[tokio::test]
async fn some_rooms_start_odd_and_one_is_locked_once() {
    let webex = Webex::new().await;
    let (mut old_pins, mut zero, mut locked) = (0, 0, Vec::new());
    for email in webex.emails().await {
        let path = room_of(&email);
        let room = webex.read(&path).await;
        zero += u32::from(room["autoLockMinutes"] == 0);
        let answer = webex.put(&path, &room).await;
        match answer.status.as_u16() {
            200 => assert_eq!(answer.json(), room),
            400 => old_pins += 1,
            423 => {
                is_refused(&answer, 423, "The room is locked for the moment.");
                assert_eq!(answer.header("retry-after"), Some("5"));
                assert_eq!(webex.put(&path, &room).await.status, StatusCode::OK, "once only");
                locked.push(email);
            }
            other => panic!("{other}: {}", answer.text),
        }
    }
    assert_eq!((zero, locked.len()), (1, 1));
    assert!((1..40).contains(&old_pins), "{old_pins}");
    webex.bench.control("POST", "reset", Value::Null).await;
    let path = room_of(&locked[0]);
    let room = webex.read(&path).await;
    assert_eq!(webex.put(&path, &room).await.status, StatusCode::LOCKED, "and again after a reset");
}
