//! Accounts and organizers: seen, made, judged. Must not test what their meetings are.

use serde_json::{Value, json};

use super::{INSTANCE, Veeting, id, is_misfit, is_refused, with, without};

fn body() -> Value {
    json!({
        "sendPassword": true,
        "accountType": "paid",
        "adminFirstname": "Ada",
        "adminLastname": "Lovelace",
        "adminEmail": "ada.lovelace@example.com",
        "adminPreferredLanguage": "de",
        "paidUntil": "2027-04-19T19:03:41.203Z",
    })
}

async fn instance() -> Veeting {
    let mut veeting = Veeting::new().await;
    veeting.key(INSTANCE);
    veeting
}

#[tokio::test]
async fn made_account_is_listed_with_its_first_organizer_who_can_schedule_at_once() {
    let mut veeting = instance().await;
    let before = veeting.list("/account").await;
    let made = veeting.done("POST", "/account", Some(&body())).await;
    assert_eq!((&made["name"], &made["accountType"]), (&json!("ada.lovelace@example.com"), &json!("paid")));
    assert_eq!(made["paidUntil"], "2027-04-19T19:03:41.203Z");
    let after = veeting.list("/account").await;
    assert_eq!((&after[..before.len()], &after[before.len()..]), (&before[..], &[made.clone()][..]));
    let organizers = veeting.list(&format!("/account/admin/{}", id(&made))).await;
    assert_eq!(organizers.len(), 1);
    assert_eq!((&organizers[0]["firstName"], &organizers[0]["lastName"]), (&json!("Ada"), &json!("Lovelace")));
    assert_eq!(organizers[0]["preferredLanguage"], "de");
    veeting.behalf("x-user-id", id(&organizers[0]));
    let meeting = veeting.schedule(&super::tomorrow()).await;
    assert_eq!((&meeting["accountId"], &meeting["addedByUserName"]), (&made["id"], &json!("Ada Lovelace")));
    assert_eq!(veeting.read("/account").await[0]["numberOfMeetings"], 1);
}

#[tokio::test]
async fn trial_lasts_fourteen_days_whatever_was_asked_for() {
    let veeting = instance().await;
    let made = veeting.done("POST", "/account", Some(&with(&body(), "accountType", json!("trial")))).await;
    assert_eq!((&made["accountType"], &made["paidUntil"]), (&json!("trial"), &json!("2026-03-15T10:00:00.000Z")));
}

#[tokio::test]
async fn password_goes_into_the_outbox_when_it_is_to_be_sent() {
    let veeting = instance().await;
    let outbox = async || veeting.bench.control("GET", "outbox", Value::Null).await.json();
    let silent = with(&with(&body(), "sendPassword", json!(false)), "adminEmail", json!("silent@example.com"));
    veeting.done("POST", "/account", Some(&silent)).await;
    assert_eq!(outbox().await, json!([]));
    veeting.done("POST", "/account", Some(&body())).await;
    assert_eq!(outbox().await, json!([{"vendor": "veeting", "to": "ada.lovelace@example.com", "mail": "password"}]));
    veeting.bench.control("POST", "reset", Value::Null).await;
    assert_eq!(outbox().await, json!([]));
}

#[tokio::test]
async fn address_that_an_organizer_has_already_makes_no_second_account() {
    let veeting = instance().await;
    let accounts = veeting.list("/account").await;
    let organizers = veeting.list(&format!("/account/admin/{}", id(&accounts[4]))).await;
    let used = organizers[0]["email"].as_str().expect("an address").to_uppercase();
    let exists = (-10, "There is an account with this e-mail address already.");
    is_refused(&veeting.send("POST", "/account", Some(&with(&body(), "adminEmail", json!(used)))).await, exists);
    veeting.done("POST", "/account", Some(&body())).await;
    is_refused(&veeting.send("POST", "/account", Some(&body())).await, exists);
    assert_eq!(veeting.list("/account").await.len(), accounts.len() + 1);
}

#[tokio::test]
async fn body_that_does_not_fit_is_refused_by_what_is_wrong_with_it() {
    let veeting = instance().await;
    let accounts = veeting.list("/account").await;
    for name in body().as_object().expect("fields").keys() {
        let answer = veeting.send("POST", "/account", Some(&without(&body(), name))).await;
        is_misfit(&answer, &format!("{name} is missing."));
    }
    for (name, value, sentence) in [
        ("sendPassword", json!("yes"), "sendPassword is true or false."),
        ("accountType", json!("free"), "accountType is one of trial, paid."),
        ("adminFirstname", json!(" "), "adminFirstname is a text of 1 to 255 characters."),
        ("adminLastname", json!("x".repeat(256)), "adminLastname is a text of 1 to 255 characters."),
        ("adminEmail", json!("ada"), "adminEmail is an e-mail address."),
        ("adminPreferredLanguage", json!("German"), "adminPreferredLanguage is a language in two letters, such as en."),
        ("paidUntil", json!("2027-04-19"), "paidUntil is an instant such as 2026-03-01T10:00:00.000Z."),
        ("paidUntil", json!(null), "paidUntil is an instant such as 2026-03-01T10:00:00.000Z."),
    ] {
        is_misfit(&veeting.send("POST", "/account", Some(&with(&body(), name, value))).await, sentence);
    }
    let two = without(&with(&body(), "sendPassword", json!(1)), "adminEmail");
    let answer = veeting.send("POST", "/account", Some(&two)).await;
    is_misfit(&answer, "sendPassword is true or false. adminEmail is missing.");
    assert_eq!(veeting.list("/account").await, accounts, "and nothing was made");
}
