//! Settings documents that are handed over at the start. Must not use the vendor's own document.

use axum::http::StatusCode;
use roomkey_sandbox::{Options, router};
use serde_json::{Value, json};

use crate::bench::{Bench, options};

fn made_up() -> Value {
    let body = json!({"$ref": "#/components/schemas/Room"});
    json!({
        "openapi": "3.1.0",
        "x-vendor": "zoom",
        "components": {"schemas": {"Room": {"type": "object", "properties": {
            "light": {"type": "string", "enum": ["dim", "bright"]},
            "signs": {"type": "array", "items": {"type": "string"}},
            "door": {"type": "object", "properties": {"open": {"type": "boolean"}, "code": {"type": "integer"}}},
        }}}},
        "paths": {
            "/spaces/{spaceId}/options": {
                "get": {"responses": {"200": {"content": {"application/json": {
                    "schema": body, "example": {"light": "dim", "signs": ["a", "b"], "door": {"open": true, "code": 9_007_199_254_740_993_u64}},
                }}}}},
                "patch": {"requestBody": {"content": {"application/json": {"schema": body}}}},
                "put": {"requestBody": {"content": {"application/json": {"schema": body}}}},
            },
            "/spaces": {"get": {"responses": {}}},
        },
    })
}

async fn bench() -> Bench {
    Bench::with(Options { documents: vec![("spaces.openapi.json".to_owned(), made_up().to_string())], ..options() })
        .await
}

#[tokio::test]
async fn document_starts_as_its_example_with_whole_numbers() {
    let bench = bench().await;
    let answer = bench.get("/spaces/one/options").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text.contains("\"code\":9007199254740993"), "{}", answer.text);
    assert!(answer.header("x-zm-trackingid").is_some());
}

#[tokio::test]
async fn patch_merges_objects_and_replaces_arrays_for_that_path_alone() {
    let bench = bench().await;
    let answer = bench.patch("/spaces/one/options", json!({"signs": ["c"], "door": {"open": false}})).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    let one = bench.read("/spaces/one/options").await;
    assert_eq!(
        one,
        json!({"light": "dim", "signs": ["c"], "door": {"open": false, "code": 9_007_199_254_740_993_u64}})
    );
    assert_eq!(bench.read("/spaces/two/options").await["signs"], json!(["a", "b"]));
}

#[tokio::test]
async fn put_replaces_the_whole() {
    let bench = bench().await;
    bench.send("PUT", "/spaces/one/options", Some(&json!({"light": "bright"}))).await;
    assert_eq!(bench.read("/spaces/one/options").await, json!({"light": "bright"}));
}

#[tokio::test]
async fn body_is_judged_by_the_document_with_its_components() {
    let bench = bench().await;
    let answer = bench.patch("/spaces/one/options", json!({"light": "red", "door": {"open": 1}})).await;
    answer.is_refused(400, 300, "Validation Failed.");
    assert_eq!(answer.json()["errors"].as_array().map(Vec::len), Some(2));
    assert_eq!(bench.read("/spaces/one/options").await["light"], "dim");
}

#[tokio::test]
async fn paths_without_a_pair_are_unknown_endpoints() {
    let bench = bench().await;
    bench.get("/spaces").await.is_refused(404, 2300, "This API endpoint is not recognized.");
    bench.delete("/spaces/one/options").await.is_refused(404, 2300, "This API endpoint is not recognized.");
}

#[tokio::test]
async fn documents_need_a_token_and_obey_faults_mutations_and_resets() {
    let bench = bench().await;
    let request = axum::http::Request::get("/zoom/v2/spaces/one/options").body(axum::body::Body::empty());
    bench.raw(request.expect("a request")).await.is_refused(401, 124, "Invalid access token.");
    let change = json!({"vendor": "zoom", "path": "spaces/one/options", "patch": {"light": "bright"}});
    assert_eq!(bench.control("POST", "mutate", change).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read("/spaces/one/options").await["light"], "bright");
    bench.faults(json!([{"path": "spaces/*", "fault": {"kind": "ignore"}}])).await;
    assert_eq!(bench.patch("/spaces/one/options", json!({"light": "dim"})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read("/spaces/one/options").await["light"], "bright");
    bench.control("POST", "reset", Value::Null).await;
    assert_eq!(bench.read("/spaces/one/options").await["light"], "dim");
}

#[test]
fn faulty_documents_stop_the_start_and_are_named() {
    let mut unsound = made_up();
    unsound["components"]["schemas"]["Room"] = json!({"type": 7});
    let mut stranger = made_up();
    stranger.as_object_mut().expect("an object").remove("x-vendor");
    for (name, text, told) in [
        ("a.openapi.json", "{".to_owned(), "document a.openapi.json, at \"\""),
        ("acme.openapi.json", stranger.to_string(), "a vendor named \"acme\""),
        ("b.openapi.json", json!({"x-vendor": "zoom"}).to_string(), "document b.openapi.json, at \"/paths\""),
        ("c.openapi.json", unsound.to_string(), "at \"/paths/~1spaces~1{spaceId}~1options/patch/requestBody\""),
    ] {
        let problem = router(Options { documents: vec![(name.to_owned(), text)], ..options() }).expect_err(name);
        assert!(problem.to_string().contains(told), "{problem}");
    }
}

#[tokio::test]
async fn file_name_names_the_vendor_when_the_document_does_not() {
    let mut document = made_up();
    document.as_object_mut().expect("an object").remove("x-vendor");
    let documents = vec![("zoom.spaces.openapi.json".to_owned(), document.to_string())];
    let bench = Bench::with(Options { documents, ..options() }).await;
    assert_eq!(bench.get("/spaces/one/options").await.status, StatusCode::OK);
}
