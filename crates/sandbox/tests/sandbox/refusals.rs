//! What every answer has in common, and what is refused before any operation. Must not sign in by itself.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::bench::Bench;

#[tokio::test]
async fn each_answer_carries_a_tracking_id_of_its_own() {
    let bench = Bench::new().await;
    let mut seen = Vec::new();
    for path in ["/groups", "/groups", "/groups/x", "/nowhere"] {
        let answer = bench.get(path).await;
        let id = answer.header("x-zm-trackingid").expect("a tracking id").to_owned();
        assert!(id.contains("rid=WEB_"), "{id}");
        assert!(!seen.contains(&id), "{id} comes twice");
        seen.push(id);
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_unknown_endpoints() {
    let bench = Bench::new().await;
    for (method, path) in [
        ("GET", "/nowhere"),
        ("GET", "/groups/"),
        ("GET", "/groups/a/b"),
        ("GET", "/groups/a/settings/registration/more"),
        ("PUT", "/groups/a/settings"),
        ("PUT", "/users/a"),
    ] {
        bench.send(method, path, None).await.is_refused(404, 2300, "This API endpoint is not recognized.");
    }
}

#[tokio::test]
async fn bodies_that_are_no_json_object_are_refused() {
    let bench = Bench::new().await;
    let path = format!("/zoom/v2{}", bench.clinical("/settings").await);
    let message = "The request body should be a valid JSON object.";
    for (media_type, body) in [
        ("application/json", ""),
        ("application/json", "{\"in_meeting\":"),
        ("application/json", "[]"),
        ("text/plain", "{}"),
    ] {
        let request = Request::patch(&path)
            .header("authorization", format!("Bearer {}", bench.token()))
            .header("content-type", media_type)
            .body(Body::from(body));
        bench.raw(request.expect("a request")).await.is_refused(400, 300, message);
    }
}

#[tokio::test]
async fn unknown_group_is_refused_by_each_operation_on_it() {
    let bench = Bench::new().await;
    let empty = json!({});
    let member = json!({"action": "move", "target_group_id": "x"});
    let people = json!({"members": [{"id": "x"}], "admins": [{"id": "x"}]});
    let operations: [(&str, &str, Option<&Value>); 16] = [
        ("GET", "", None),
        ("PATCH", "", Some(&json!({"name": "Other"}))),
        ("DELETE", "", None),
        ("GET", "/members", None),
        ("POST", "/members", Some(&people)),
        ("PATCH", "/members/x", Some(&member)),
        ("DELETE", "/members/x", None),
        ("GET", "/admins", None),
        ("POST", "/admins", Some(&people)),
        ("DELETE", "/admins/x", None),
        ("GET", "/settings", None),
        ("PATCH", "/settings?option=meeting_security", Some(&empty)),
        ("GET", "/lock_settings", None),
        ("PATCH", "/lock_settings", Some(&empty)),
        ("GET", "/settings/registration", None),
        ("PATCH", "/settings/registration", Some(&empty)),
    ];
    for (method, rest, body) in operations {
        let answer = bench.send(method, &format!("/groups/none{rest}"), body).await;
        answer.is_refused(404, 4130, "A group with this none does not exist.");
    }
}

#[tokio::test]
async fn path_of_no_vendor_is_plainly_not_found() {
    let bench = Bench::new().await;
    let answer = bench.raw(Request::get("/nobody/v1").body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status.as_u16(), 404);
    assert_eq!(bench.ledger().await.len(), 1, "only the sign-in is a vendor's request");
}
