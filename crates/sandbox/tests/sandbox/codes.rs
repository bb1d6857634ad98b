//! Every documented error code is either provoked here, with status, code and a message, or listed as one that
//! cannot be.
//! Must not name codes that the document does not have for the operation.

use std::collections::BTreeSet;

use roomkey_sandbox::Options;
use serde_json::{Value, json};

use crate::account::{Account, bench};
use crate::bench::{Answer, Bench, Sent, operation, operations, options};
use crate::calls::{Row, rows};
use crate::provoked::{Before, cases};
use crate::unprovoked::UNPROVOKED;

type Seen = BTreeSet<(String, u64)>;

/// The codes that an operation documents.
fn documented(method: &str, template: &str) -> BTreeSet<u64> {
    let responses = operation(method, template)["responses"].clone();
    let lists =
        responses.as_object().expect("answers").values().filter_map(|answer| answer["x-error-codes"].as_array());
    lists.flatten().filter_map(Value::as_u64).collect()
}

#[track_caller]
fn is_refused(answer: &Answer, status: u16, code: u64, what: &str) {
    let body = answer.json();
    assert_eq!((answer.status.as_u16(), &body["code"]), (status, &json!(code)), "{what}: {}", answer.text);
    assert!(body["message"].as_str().is_some_and(|message| !message.is_empty()), "{what}: {}", answer.text);
    let errors = body["errors"].as_array();
    let named = |error: &Value| error["field"].is_string() && error["message"].is_string();
    assert!(errors.is_none_or(|errors| errors.iter().all(named)), "{what}: {}", answer.text);
}

fn filled(account: &Account, sent: &Sent) -> Sent {
    match sent {
        Sent::Json(body) => Sent::Json(account.fill_value(body)),
        other => other.clone(),
    }
}

async fn prepare(bench: &Bench, account: &Account, before: &Before) {
    let answer = match before {
        Before::Mutate(path, change) => return bench.mutate(&account.fill(path), change.clone()).await,
        Before::Put(path, body) => bench.put(&account.fill(path), account.fill_value(body)).await,
        Before::Patch(path, body) => bench.patch(&account.fill(path), account.fill_value(body)).await,
    };
    assert!(answer.status.is_success(), "{}", answer.text);
}

/// The codes that one thing provokes in all operations: a token, the plan, an unknown person or group.
async fn provoke_common(bench: &Bench, account: &Account, row: &Row, seen: &mut Seen) {
    let name = format!("{} {}", row.method, row.template);
    let codes = documented(row.method, row.template);
    let mut said = |code: u64, answer: &Answer, status: u16| {
        is_refused(answer, status, code, &name);
        seen.insert((name.clone(), code));
    };
    let (path, sent) = (account.fill(row.path), filled(account, &row.sent));
    for (code, authorization) in [(124, "Bearer made-up"), (30_031_004, "Bearer made-up"), (30_031_002, "")] {
        if codes.contains(&code) {
            let mut request = bench.request(row.method, &path, None);
            request.headers_mut().insert("authorization", authorization.parse().expect("a header"));
            said(code, &bench.raw(request).await, 401);
        }
    }
    for (code, known) in [(1001, ["{user}", "{host}", "{assistant}"]), (4130, ["{group}", "{library}", ""])] {
        // The first id of the path is the one that is looked up.
        let unknown = known
            .iter()
            .find(|name| !name.is_empty() && row.path.split('/').nth(2).is_some_and(|part| part.starts_with(**name)));
        if let Some(name) = unknown.filter(|_| codes.contains(&code)) {
            let answer = bench.call(row.method, &account.fill(&row.path.replacen(name, "none", 1)), &sent).await;
            said(code, &answer, 404);
        }
    }
    if codes.contains(&200) {
        bench.mutate("account", json!({"paid": false})).await;
        said(200, &bench.call(row.method, &path, &sent).await, 400);
        bench.mutate("account", json!({"paid": true})).await;
    }
}

#[tokio::test]
async fn each_documented_error_code_is_provoked_or_has_a_reason_not_to_be() {
    let bench = bench().await;
    let account = Account::of(&bench).await;
    let mut seen = Seen::new();
    // All of these are refused: nothing has to be set back in between.
    for row in &rows() {
        provoke_common(&bench, &account, row, &mut seen).await;
    }
    for case in cases() {
        for before in &case.before {
            prepare(&bench, &account, before).await;
        }
        let answer = bench.call(case.method, &account.fill(case.path), &filled(&account, &case.sent)).await;
        let name = format!("{} {}", case.method, case.template);
        is_refused(&answer, case.status, case.code, &format!("{name} {}", case.code));
        assert!(documented(case.method, case.template).contains(&case.code), "{name} has no {}", case.code);
        seen.insert((name, case.code));
        if !case.before.is_empty() {
            bench.control("POST", "reset", Value::Null).await;
        }
    }
    // An account without people has nobody in whose name a client could speak.
    let nobody = Bench::with(Options { people: 0, ..options() }).await;
    is_refused(&nobody.get("/users/me/zak").await, 400, 1001, "GET /users/me/zak");
    seen.insert(("GET /users/me/zak".to_owned(), 1001));

    for (name, code, reason) in UNPROVOKED {
        assert!(!reason.is_empty() && !seen.contains(&(name.to_owned(), code)), "{name} {code} is provoked");
        seen.insert((name.to_owned(), code));
    }
    let mut all = Seen::new();
    for (method, template) in operations() {
        all.extend(documented(&method, &template).into_iter().map(|code| (format!("{method} {template}"), code)));
    }
    let missing: Vec<_> = all.difference(&seen).collect();
    assert!(missing.is_empty(), "nothing is said about {missing:?}");
    let undocumented: Vec<_> = seen.difference(&all).collect();
    assert!(undocumented.is_empty(), "the document does not have {undocumented:?}");
}
