//! What is found by which filter, page by page.

use axum::http::StatusCode;
use roomkey_schema::Role;
use serde_json::json;

use super::{append, applied, found, page};
use crate::support::Stage;

#[tokio::test]
async fn an_intent_and_its_outcome_are_one_entry_and_one_without_is_open() {
    let stage = Stage::new().await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let done = applied(&stage, "dana", "g1").await;
    let open = append(
        &stage,
        json!({"at": stage.app.recorder.now(), "kind": "intent", "actor": "dana", "request_id": "r2",
            "vendor": "zoom", "operation": "zoom.group_settings.update", "objects": {"groupId": "g1"}}),
    )
    .await;
    let page = page(&auditor, "actor=Dana").await;
    let seqs: Vec<_> = page.items.iter().map(|entry| (entry.seq, entry.result.as_deref())).collect();
    assert_eq!(seqs, [(open, None), (done, Some("applied"))]);
    assert_eq!(page.before, None);
    assert_eq!(page.items[1].changes[0].pointer, "/in_meeting/chat");
    assert_eq!(found(&auditor, "result=open").await, [open]);
    assert_eq!(found(&auditor, "result=applied").await, [done]);
}

#[tokio::test]
async fn each_filter_narrows_and_together_they_all_do() {
    let stage = Stage::new().await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let first = applied(&stage, "dana", "g1").await;
    stage.clock.advance_ms(60_000);
    let middle = stage.app.recorder.now();
    let second = applied(&stage, "omar", "g2").await;
    let reveal = json!({"at": stage.app.recorder.now(), "kind": "reveal", "actor": "omar", "request_id": "r",
        "vendor": "webex", "operation": "webex.room.get", "query": {"userEmail": "Kim@Example.com", "option": "g2"},
        "reason": "Caller at the Door", "secret": "/hostPin"});
    let shown = append(&stage, reveal).await;
    for (query, expected) in [
        ("actor=dana".to_owned(), vec![first]),
        ("actor=DANA".to_owned(), vec![first]),
        ("actor=dan".to_owned(), vec![]),
        ("object=zoom:g2".to_owned(), vec![second]),
        ("object=zoom:g1&object=zoom:g2".to_owned(), vec![second, first]),
        ("object=webex:g2".to_owned(), vec![]),
        ("object=webex:kim%40example.com".to_owned(), vec![shown]),
        ("vendor=webex".to_owned(), vec![shown]),
        ("operation=zoom.group_settings.update".to_owned(), vec![second, first]),
        ("kind=reveal".to_owned(), vec![shown]),
        ("kind=intent&actor=omar".to_owned(), vec![second]),
        (format!("actor=omar&kind=intent&until={middle}"), vec![]),
        (format!("kind=intent&until={middle}"), vec![first]),
        (format!("kind=intent&from={middle}"), vec![second]),
        ("q=at+the+door".to_owned(), vec![shown]),
        ("q=KIM@".to_owned(), vec![shown]),
        ("q=omar&vendor=zoom".to_owned(), vec![second]),
        ("q=nobody".to_owned(), vec![]),
        ("kind=signed_in&actor=auditor&q=&vendor=".to_owned(), vec![1]),
    ] {
        assert_eq!(found(&auditor, &query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn pages_join_without_a_gap_while_rows_are_appended() {
    let stage = Stage::new().await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let mut all = Vec::new();
    for _ in 0..7 {
        all.push(applied(&stage, "dana", "g1").await);
    }
    all.reverse();
    let mut seen = Vec::new();
    let mut query = "object=zoom:g1&limit=3".to_owned();
    loop {
        let page = page(&auditor, &query).await;
        seen.extend(page.items.iter().map(|entry| entry.seq));
        applied(&stage, "dana", "g1").await;
        match page.before {
            Some(before) => query = format!("object=zoom:g1&limit=3&before={before}"),
            None => break,
        }
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    let stage = Stage::new().await;
    let auditor = stage.signed_in(Role::Auditor).await;
    for (query, name) in [
        ("objects=zoom:a", "objects"),
        ("object=a", "object"),
        ("object=zoom:", "object"),
        ("object=acme:a", "object"),
        ("vendor=acme", "vendor"),
        ("kind=outcom", "kind"),
        ("result=good", "result"),
        ("from=yesterday", "from"),
        ("until=2027-01-15", "until"),
        ("before=0", "before"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        (&format!("q={}", "x".repeat(300)), "q"),
    ] {
        let answer = auditor.get(&format!("/api/audit?{query}")).await;
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::BAD_REQUEST, "validation"), "{query}");
        let problem = answer.json();
        assert_eq!(problem["fields"][0]["pointer"], name, "{query}");
        assert!(problem["detail"].as_str().unwrap().contains(name), "{problem}");
    }
    let twice = auditor.get("/api/audit?actor=a&actor=b").await;
    assert_eq!((twice.status, twice.kind().as_str()), (StatusCode::BAD_REQUEST, "bad_request"));
    assert!(twice.json()["detail"].as_str().unwrap().contains("actor"));
}

#[tokio::test]
async fn a_row_of_another_release_is_shown_as_far_as_it_can_be_read() {
    let stage = Stage::new().await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let seq =
        append(&stage, json!({"at": "2031-01-01T00:00:00.000Z", "kind": "beamed", "actor": "zoe", "new": 1})).await;
    let page = page(&auditor, "actor=zoe").await;
    assert_eq!((page.items[0].seq, page.items[0].kind.as_str(), page.items[0].actor.as_str()), (seq, "beamed", "zoe"));
}

#[tokio::test]
async fn rows_from_before_the_index_are_found() {
    use roomkey_proxy::audit::key;
    use roomkey_proxy::store::entries::Search;
    use roomkey_proxy::store::sqlite::SqliteStore;
    use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
    let stage = Stage::new().await;
    let done = applied(&stage, "dana", "g1").await;
    // The database as the release before had it.
    let path = stage.data.path().join(key::DATABASE_FILE);
    let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(&path)).await.unwrap();
    for what in [
        "TRIGGER audit_rows_are_indexed",
        "TRIGGER audit_outcomes_are_indexed",
        "VIEW record_rows",
        "VIEW record_row_objects",
        "TABLE record_index",
        "TABLE record_objects",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(format!("DROP {what}"))).execute(&pool).await.unwrap();
    }
    sqlx::query("DELETE FROM _sqlx_migrations WHERE version = 6").execute(&pool).await.unwrap();
    pool.close().await;
    let store = SqliteStore::open(&path).await.unwrap();
    let objects = vec![("zoom".to_owned(), "g1".to_owned())];
    let result = Some("applied".to_owned());
    let search = Search { objects, result, ..Search::default() };
    let found = roomkey_proxy::store::entries::EntryStore::entries(&store, &search, 10).await.unwrap();
    assert_eq!(found.iter().map(|entry| entry.began.seq).collect::<Vec<_>>(), [done]);
    assert!(found[0].ended.is_some());
}
