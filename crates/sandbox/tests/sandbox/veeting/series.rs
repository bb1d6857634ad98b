//! Series: changed as a whole or in one occurrence, closed in one, deleted whole. Must not test bodies that do not fit.

use serde_json::{Value, json};

use super::{NOT_ALLOWED, Veeting, id, is_refused, meeting, with};

/// Each Monday at 9 from tomorrow on.
fn mondays() -> Value {
    let recurring = json!({
        "frequencyType": "weekly", "frequency": 1, "monthlyPattern": "", "endsType": "after", "endsAfter": 4,
    });
    let body = meeting("2026-03-02T09:00:00.000Z", "2026-03-02T10:00:00.000Z", 60);
    with(&with(&body, "isRecurring", json!(true)), "recurring", recurring)
}

/// One hour of a Monday as a meeting of its own.
fn alone(day: &str) -> Value {
    let body = meeting(&format!("{day}T13:00:00.000Z"), &format!("{day}T14:00:00.000Z"), 60);
    with(&body, "topic", json!("Moved"))
}

/// The ids of what has an occurrence on a day, among those given.
async fn on(veeting: &Veeting, day: &str, of: &[&str]) -> Vec<String> {
    let list = veeting.list(&format!("/meeting?start={day}T00:00:00.000Z&end={day}T23:59:59.999Z")).await;
    list.iter().map(|one| id(one).to_owned()).filter(|id| of.contains(&id.as_str())).collect()
}

#[tokio::test]
async fn recurrence_is_answered_as_it_was_asked_for() {
    let veeting = Veeting::new().await;
    let made = veeting.schedule(&mondays()).await;
    assert_eq!(
        made["recurring"],
        json!({
            "frequencyType": "weekly", "frequency": 1, "monthlyPattern": "", "endsType": "after",
            "endsOn": super::NOW, "endsAfter": 4,
        })
    );
    let monthly = json!({
        "frequencyType": "monthly", "frequency": 2, "monthlyPattern": "dayOfWeek", "endsType": "on",
        "endsOn": "2026-12-31T22:59:59.999Z", "endsAfter": 0,
    });
    let changed = veeting.change(id(&made), true, &with(&mondays(), "recurring", monthly.clone())).await;
    assert_eq!(changed["recurring"], monthly);
    let single = veeting.change(id(&made), true, &super::tomorrow()).await;
    assert_eq!((&single["isRecurring"], &single["recurring"]["frequencyType"]), (&json!(false), &json!("")));
}

#[tokio::test]
async fn occurrences_are_listed_on_their_days() {
    let veeting = Veeting::new().await;
    let made = veeting.schedule(&mondays()).await;
    for (day, there) in
        [("2026-03-02", true), ("2026-03-03", false), ("2026-03-09", true), ("2026-03-23", true), ("2026-03-30", false)]
    {
        assert_eq!(on(&veeting, day, &[id(&made)]).await.len(), usize::from(there), "{day}");
    }
}

#[tokio::test]
async fn change_of_this_one_makes_a_meeting_of_its_own_and_leaves_the_series() {
    let veeting = Veeting::new().await;
    let series = veeting.schedule(&mondays()).await;
    let made = veeting.change(id(&series), false, &alone("2026-03-09")).await;
    assert_ne!(made["id"], series["id"]);
    assert_eq!((&made["topic"], &made["isRecurring"]), (&json!("Moved"), &json!(false)));
    assert_eq!(made["addedByUserId"], series["addedByUserId"]);
    assert_eq!(veeting.read(&format!("/meeting/{}", id(&series))).await, series);
    let both = [id(&series), id(&made)];
    assert_eq!(on(&veeting, "2026-03-02", &both).await, [id(&series)]);
    assert_eq!(on(&veeting, "2026-03-09", &both).await, [id(&made)], "it stands for the occurrence");
    assert_eq!(on(&veeting, "2026-03-16", &both).await, [id(&series)]);
}

#[tokio::test]
async fn same_occurrence_is_changed_again_through_the_series_or_by_its_own_id() {
    let veeting = Veeting::new().await;
    let series = veeting.schedule(&mondays()).await;
    let made = veeting.change(id(&series), false, &alone("2026-03-09")).await;
    let again = veeting.change(id(&series), false, &with(&alone("2026-03-10"), "topic", json!("Tuesday"))).await;
    assert_eq!((&again["id"], &again["topic"]), (&made["id"], &json!("Tuesday")));
    for whole_series in [false, true] {
        let own =
            veeting.change(id(&made), whole_series, &with(&alone("2026-03-11"), "topic", json!("Wednesday"))).await;
        assert_eq!((&own["id"], &own["topic"]), (&made["id"], &json!("Wednesday")));
    }
    let other = veeting.change(id(&series), false, &alone("2026-03-16")).await;
    assert_ne!(other["id"], made["id"]);
    assert_eq!(veeting.read(&format!("/meeting/{}", id(&series))).await, series);
}

#[tokio::test]
async fn occurrence_sent_with_the_recurrence_of_its_series_repeats_nothing() {
    let veeting = Veeting::new().await;
    let series = veeting.schedule(&mondays()).await;
    let made = veeting.change(id(&series), false, &with(&mondays(), "topic", json!("First only"))).await;
    assert_eq!((&made["topic"], &made["isRecurring"]), (&json!("First only"), &json!(false)));
    let both = [id(&series), id(&made)];
    assert_eq!(on(&veeting, "2026-03-02", &both).await, [id(&made)]);
    assert_eq!(on(&veeting, "2026-03-09", &both).await, [id(&series)]);
}

#[tokio::test]
async fn change_of_the_series_changes_all_of_it() {
    let veeting = Veeting::new().await;
    let series = veeting.schedule(&mondays()).await;
    let made = veeting.change(id(&series), false, &alone("2026-03-09")).await;
    let changed = veeting.change(id(&series), true, &with(&mondays(), "topic", json!("All"))).await;
    assert_eq!((&changed["id"], &changed["topic"]), (&series["id"], &json!("All")));
    is_refused(&veeting.get(&format!("/meeting/{}", id(&made))).await, NOT_ALLOWED);
    assert_eq!(on(&veeting, "2026-03-09", &[id(&series)]).await, [id(&series)]);
}

#[tokio::test]
async fn deleted_series_goes_with_its_occurrences_and_a_deleted_occurrence_alone() {
    let veeting = Veeting::new().await;
    let before = veeting.list("/meeting").await;
    let series = veeting.schedule(&mondays()).await;
    let one = veeting.change(id(&series), false, &alone("2026-03-09")).await;
    let other = veeting.change(id(&series), false, &alone("2026-03-16")).await;
    veeting.done("DELETE", &format!("/meeting/{}", id(&one)), None).await;
    assert_eq!(veeting.read(&format!("/meeting/{}", id(&other))).await, other);
    assert_eq!(on(&veeting, "2026-03-09", &[id(&series)]).await, [""; 0], "and does not come back");
    veeting.done("DELETE", &format!("/meeting/{}", id(&series)), None).await;
    assert_eq!(veeting.list("/meeting").await, before);
}

#[tokio::test]
async fn closed_occurrence_is_over_and_the_next_one_opens_again() {
    let veeting = Veeting::new().await;
    let series = veeting.schedule(&mondays()).await;
    let standing = async || {
        let now = veeting.read(&format!("/meeting/{}", id(&series))).await;
        (now["isOpen"] == true, now["isClosed"] == true, now["dtClosedAt"].clone())
    };
    assert_eq!(standing().await, (false, false, json!(null)));
    veeting.hours_pass(23).await;
    assert_eq!(standing().await, (true, false, json!(null)), "Monday, 9 o'clock");
    veeting.close(id(&series)).await;
    assert_eq!(standing().await, (false, true, json!("2026-03-02T09:00:00.000Z")));
    veeting.hours_pass(1).await;
    assert_eq!(standing().await, (false, false, json!(null)), "the next one is to come");
    veeting.hours_pass(7 * 24 - 1).await;
    assert_eq!(standing().await, (true, false, json!(null)));
    veeting.hours_pass(2 * 7 * 24 + 1).await;
    assert!(standing().await.1, "after the last one");
}
