//! The vendor misbehaves; the person reads what happened and what to do, and nothing is done twice.

use axum::http::StatusCode;
use roomkey_proxy::audit::unfinished;
use roomkey_schema::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Browser, Stage, in_ms};

struct Scene {
    stage: Stage,
    admin: Browser,
    path: String,
    waiting_room: bool,
}

impl Scene {
    /// A group's settings, with a vendor that is given little time.
    async fn new() -> Self {
        let stage = Stage::with(|config| {
            if let Some(zoom) = &mut config.vendors.zoom {
                zoom.timeout_ms = 400;
            }
        })
        .await;
        let admin = stage.signed_in(Role::Admin).await;
        let path = format!("/api/zoom/groups/{}/settings", stage.group(&admin).await);
        let before = admin.get(&path).await.json();
        let waiting_room = before["in_meeting"]["waiting_room"].as_bool().unwrap();
        Self { stage, admin, path, waiting_room }
    }

    /// The next calls of that method go wrong so.
    async fn fault(&self, method: &str, fault: Value) {
        self.stage.faults(json!([{"method": method, "path": "groups/*/settings", "fault": fault}])).await;
    }

    async fn read(&self) -> Answer {
        self.admin.get(&self.path).await
    }

    async fn turn_over(&self) -> Answer {
        self.admin.write("PATCH", &self.path, &json!({"in_meeting": {"waiting_room": !self.waiting_room}})).await
    }

    async fn last_outcome(&self) -> Value {
        self.stage.record().await.pop().unwrap()
    }

    async fn patches(&self) -> usize {
        self.stage.ledger().await.iter().filter(|line| line.starts_with("PATCH")).count()
    }
}

#[tokio::test]
async fn a_refusal_says_what_to_do_and_quotes_the_vendor() {
    let scene = Scene::new().await;
    let body = json!({"code": 300, "message": "Validation Failed.", "errors": [{"field": "in_meeting.chat", "message": "Invalid field."}]});
    for status in [400, 200] {
        scene.fault("PATCH", json!({"kind": "status", "status": status, "body": body})).await;
        let answer = scene.turn_over().await;
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "vendor_refused"));
        let problem = answer.json();
        assert_eq!((problem["vendor"].as_str(), problem["vendor_code"].as_str()), (Some("zoom"), Some("300")));
        assert!(problem["detail"].as_str().unwrap().ends_with("Zoom said: “Validation Failed.”"));
        assert_eq!(problem["fields"][0]["pointer"], "/in_meeting/chat");
        let outcome = scene.last_outcome().await;
        assert_eq!((outcome["result"].as_str(), outcome["vendor_code"].as_str()), (Some("refused"), Some("300")));
    }
}

#[tokio::test]
async fn a_group_that_does_not_exist_is_not_found() {
    let scene = Scene::new().await;
    let answer = scene.admin.get("/api/zoom/groups/no-such-group/settings").await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::NOT_FOUND, "vendor_refused"));
    assert_eq!(answer.json()["vendor_code"], "4130");
    assert!(!answer.json()["tracking_id"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn too_many_calls_say_when_to_come_back_and_the_class_pauses() {
    let scene = Scene::new().await;
    let cases =
        [(in_ms(&scene.stage, 60_000), in_ms(&scene.stage, 60_000)), ("90".to_owned(), in_ms(&scene.stage, 90_000))];
    for (said, retry_at) in cases {
        scene.fault("GET", json!({"kind": "status", "status": 429, "retry_after": said})).await;
        let answer = scene.read().await;
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::TOO_MANY_REQUESTS, "vendor_rate_limited"));
        assert_eq!(answer.json()["retry_at"], retry_at);
        let asked = scene.stage.ledger().await.len();
        scene.stage.faults(json!([])).await;
        assert_eq!(scene.read().await.kind(), "vendor_rate_limited", "we do not ask again before the time");
        assert_eq!(scene.stage.ledger().await.len(), asked);
        scene.stage.clock.advance_ms(90_000);
        assert!(scene.read().await.status != StatusCode::TOO_MANY_REQUESTS);
        scene.stage.clock.advance_ms(-90_000);
    }
}

#[tokio::test]
async fn a_failing_vendor_is_named_and_tracked() {
    let scene = Scene::new().await;
    scene.fault("GET", json!({"kind": "status", "status": 500})).await;
    let answer = scene.read().await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::BAD_GATEWAY, "vendor_failed"));
    assert!(answer.json()["detail"].as_str().unwrap().contains("Zoom's service failed with status 500"));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer() {
    let scene = Scene::new().await;
    scene.fault("GET", json!({"kind": "cut", "bytes": 20})).await;
    let answer = scene.read().await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::BAD_GATEWAY, "vendor_failed"));
}

#[tokio::test]
async fn a_vendor_that_hangs_on_a_read_times_out() {
    let scene = Scene::new().await;
    scene.fault("GET", json!({"kind": "hang"})).await;
    let answer = scene.read().await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::GATEWAY_TIMEOUT, "vendor_timeout"));
}

#[tokio::test]
async fn a_write_whose_answer_never_came_is_read_back_and_found_done() {
    let scene = Scene::new().await;
    scene.fault("PATCH", json!({"kind": "apply_then_hang"})).await;
    let answer = scene.turn_over().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["value"]["in_meeting"]["waiting_room"], !scene.waiting_room);
    assert_eq!(scene.last_outcome().await["result"], "applied");
    assert_eq!(scene.patches().await, 1);
}

#[tokio::test]
async fn a_write_that_hangs_is_read_back_and_found_not_done() {
    let scene = Scene::new().await;
    scene.fault("PATCH", json!({"kind": "hang"})).await;
    let answer = scene.turn_over().await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::GATEWAY_TIMEOUT, "vendor_timeout"));
    assert!(answer.json()["detail"].as_str().unwrap().contains("it is not there"), "{}", answer.text);
    let outcome = scene.last_outcome().await;
    assert_eq!(outcome["result"], "unknown");
    assert_eq!(outcome["not_applied"], json!(["/in_meeting/waiting_room"]));
    assert_eq!(scene.patches().await, 1, "a write is never repeated blindly");
}

#[tokio::test]
async fn a_write_that_nobody_can_read_back_is_unknown() {
    let scene = Scene::new().await;
    let hang = |method: &str, after: u64| json!({"method": method, "path": "groups/*/settings", "after": after, "fault": {"kind": "hang"}});
    scene.stage.faults(json!([hang("PATCH", 0), hang("GET", 1)])).await;
    let answer = scene.turn_over().await;
    assert_eq!(answer.kind(), "vendor_timeout");
    assert!(answer.json()["detail"].as_str().unwrap().contains("nobody can say"), "{}", answer.text);
    assert_eq!(scene.last_outcome().await["result"], "unknown");
}

#[tokio::test]
async fn a_vendor_that_says_yes_and_does_nothing_is_caught() {
    let scene = Scene::new().await;
    scene.fault("PATCH", json!({"kind": "ignore"})).await;
    let answer = scene.turn_over().await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["not_applied"], json!(["/in_meeting/waiting_room"]));
    let outcome = scene.last_outcome().await;
    assert_eq!(outcome["result"], "accepted");
    assert_eq!(outcome["not_applied"], json!(["/in_meeting/waiting_room"]));
}

#[tokio::test]
async fn an_accepted_write_that_cannot_be_read_back_says_so() {
    let scene = Scene::new().await;
    let fault =
        json!({"method": "GET", "path": "groups/*/settings", "after": 1, "fault": {"kind": "status", "status": 500}});
    scene.stage.faults(json!([fault])).await;
    let answer = scene.turn_over().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["read_back_problem"]["kind"], "vendor_failed");
    assert_eq!(answer.json().get("value"), None);
    assert_eq!(scene.last_outcome().await["result"], "accepted");
}

#[tokio::test]
async fn a_token_that_ends_in_between_is_renewed_without_a_word() {
    let scene = Scene::new().await;
    let fault = |method: &str| json!({"method": method, "path": "groups/*/settings", "times": 1, "fault": {"kind": "expire_token"}});
    scene.stage.faults(json!([fault("GET"), fault("PATCH")])).await;
    let answer = scene.turn_over().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["not_applied"], json!([]));
}

#[tokio::test]
async fn a_vendor_that_is_down_is_unreachable_and_the_console_still_signs_in() {
    let stage = Stage::with(|config| {
        if let Some(zoom) = &mut config.vendors.zoom {
            zoom.base_url = "http://127.0.0.1:9/zoom/v2".to_owned();
            zoom.token_url = "http://127.0.0.1:9/zoom/oauth/token".to_owned();
        }
    })
    .await;
    let admin = stage.signed_in(Role::Admin).await;
    let answer = admin.get("/api/zoom/groups").await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "vendor_unreachable"));
}

#[tokio::test]
async fn bad_credentials_are_told_without_the_secret() {
    let stage = Stage::with(|config| {
        if let Some(zoom) = &mut config.vendors.zoom {
            zoom.client_secret = Some("wrong-canary-secret".into());
        }
    })
    .await;
    let admin = stage.signed_in(Role::Admin).await;
    let answer = admin.get("/api/zoom/groups").await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "vendor_credentials"));
    assert!(!answer.text.contains("canary"));
}

#[tokio::test]
async fn a_write_whose_caller_goes_away_is_still_brought_to_its_end() {
    let scene = Scene::new().await;
    scene.fault("PATCH", json!({"kind": "hang", "ms": 100})).await;
    let caller = Browser { router: scene.admin.router.clone(), cookie: scene.admin.cookie.clone() };
    let (path, body) = (scene.path.clone(), json!({"in_meeting": {"waiting_room": !scene.waiting_room}}));
    let call = tokio::spawn(async move { caller.write("PATCH", &path, &body).await });
    while scene.last_outcome().await["kind"] != "intent" {
        tokio::task::yield_now().await;
    }
    call.abort();
    assert!(call.await.is_err_and(|error| error.is_cancelled()), "the caller went away before the answer");
    scene.stage.app.tasks.close();
    scene.stage.app.tasks.wait().await;
    let outcome = scene.last_outcome().await;
    assert_eq!((outcome["kind"].as_str(), outcome["result"].as_str()), (Some("outcome"), Some("applied")));
}

#[tokio::test]
async fn a_change_that_a_crash_interrupted_is_unknown_in_the_record() {
    let scene = Scene::new().await;
    scene.turn_over().await;
    let intent = scene.stage.record().await.into_iter().find(|row| row["kind"] == "intent").unwrap();
    let entry = serde_json::from_value(intent).unwrap();
    let app = &scene.stage.app;
    let seq = app.recorder.append(&entry).await.unwrap();
    assert_eq!(unfinished::close(&*app.store, &app.recorder).await.unwrap(), 1);
    let outcome = scene.last_outcome().await;
    assert_eq!((outcome["kind"].as_str(), outcome["intent"].as_u64()), (Some("outcome"), Some(seq)));
    assert_eq!((outcome["result"].as_str(), outcome["problem"].as_str()), (Some("unknown"), Some("interrupted")));
    assert_eq!(unfinished::close(&*app.store, &app.recorder).await.unwrap(), 0, "it is noted once");
}
