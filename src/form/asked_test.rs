//! The model of a form that is only written: what it begins with, what depends on what, and what goes out. Without a browser.

use roomkey_schema::form::{Form, Kind};
use roomkey_schema::{Catalog, Role, Violation, data};
use serde_json::{Value, json};

use super::change::{Fault, Part};
use super::model::Model;

const REPEATS: &str = "isRecurring";
const EVERY: &str = "recurring.frequencyType";
const HOW_MANY: &str = "recurring.frequency";
const IN_A_MONTH: &str = "recurring.monthlyPattern";
const ENDS: &str = "recurring.endsType";
const LAST_DAY: &str = "recurring.endsOn";
const IN_ALL: &str = "recurring.endsAfter";

fn form(id: &str) -> Form {
    let catalog = Catalog::load(&data::documents()).expect("our own data");
    catalog.form_for(id, Role::Admin).expect("the form")
}

/// A meeting that is being scheduled, with these values to begin with.
fn begun(id: &str, mut values: Value) -> Model {
    let form = form(id);
    form.begin(&mut values);
    let mut model = Model::new(form);
    for source in 0..model.form().sources.len() {
        model.take(source, values.clone());
    }
    model
}

fn schedule() -> Model {
    begun("do.veeting.meetings.schedule_for", json!({}))
}

fn at(model: &Model, id: &str) -> usize {
    model.find(id).unwrap_or_else(|| panic!("no row {id}"))
}

fn set(model: &mut Model, id: &str, value: Value) {
    let row = at(model, id);
    model.set((row, Part::Setting), value);
}

fn is_off(model: &Model, id: &str) -> bool {
    model.state(at(model, id)).off
}

/// What goes out.
fn body(model: &Model) -> Value {
    model.writes().into_iter().next().map(|write| write.body).unwrap_or_default()
}

#[test]
fn what_is_usual_is_shown_and_goes_out_only_when_somebody_changes_it() {
    let mut model = schedule();
    let shown = |model: &Model, id: &str| model.state(at(model, id)).value;
    assert_eq!((shown(&model, "duration"), shown(&model, "type")), (Some(json!(60)), Some(json!("standard"))));
    assert_eq!((shown(&model, REPEATS), shown(&model, "startTime")), (Some(json!(false)), None));
    assert!(model.find("endTime").is_none(), "the end follows and is not asked for");
    set(&mut model, "topic", json!("Ward round"));
    set(&mut model, "startTime", json!("2026-03-09T09:00:00.000Z"));
    assert_eq!(body(&model), json!({"topic": "Ward round", "startTime": "2026-03-09T09:00:00.000Z"}));
}

#[test]
fn start_is_a_moment_and_one_that_is_not_whole_is_a_fault() {
    let mut model = schedule();
    let place = (at(&model, "startTime"), Part::Setting);
    assert_eq!(model.kind(place), Kind::Moment);
    model.set_text(place, "2026-03-09T09:00:00.000Z");
    assert_eq!(model.faults(), []);
    model.set_text(place, "");
    model.demand();
    assert!(model.faults().iter().any(|(row, _)| *row == place.0));
    model.set_text(place, "2026-03-09");
    assert!(model.faults().iter().any(|(row, said)| *row == place.0 && *said == Fault::Found(Violation::NotAMoment)));
}

#[test]
fn recurrence_is_quiet_until_it_is_on_and_each_row_until_its_choice_is_made() {
    let mut model = schedule();
    for id in [EVERY, HOW_MANY, IN_A_MONTH, ENDS, LAST_DAY, IN_ALL] {
        assert!(is_off(&model, id), "{id}");
    }
    set(&mut model, REPEATS, json!(true));
    assert!(!is_off(&model, EVERY) && !is_off(&model, HOW_MANY) && !is_off(&model, ENDS));
    assert!(is_off(&model, IN_A_MONTH) && is_off(&model, LAST_DAY) && is_off(&model, IN_ALL));
    set(&mut model, EVERY, json!("monthly"));
    set(&mut model, ENDS, json!("after"));
    assert!(!is_off(&model, IN_A_MONTH) && is_off(&model, LAST_DAY) && !is_off(&model, IN_ALL));
    let depending = model.below(at(&model, REPEATS));
    assert!([EVERY, IN_A_MONTH, IN_ALL].iter().all(|id| depending.contains(&at(&model, id))));
    set(&mut model, REPEATS, json!(false));
    assert!(is_off(&model, IN_A_MONTH) && is_off(&model, IN_ALL), "a choice below a switch that is off");
}

#[test]
fn what_has_no_effect_is_neither_demanded_nor_sent() {
    let mut model = schedule();
    set(&mut model, "topic", json!("Ward round"));
    set(&mut model, "startTime", json!("2026-03-09T09:00:00.000Z"));
    model.demand();
    assert_eq!(model.faults(), [], "nothing of the recurrence is demanded");
    set(&mut model, REPEATS, json!(true));
    let missing: Vec<usize> = model.faults().into_iter().map(|(row, _)| row).collect();
    assert_eq!(missing, [at(&model, EVERY)], "only what counts");
    set(&mut model, EVERY, json!("monthly"));
    set(&mut model, IN_A_MONTH, json!("dayOfWeek"));
    set(&mut model, ENDS, json!("on"));
    set(&mut model, LAST_DAY, json!("2026-12-31T22:59:00.000Z"));
    assert_eq!(model.faults(), []);
    let monthly = json!({"frequencyType": "monthly", "monthlyPattern": "dayOfWeek", "endsType": "on",
        "endsOn": "2026-12-31T22:59:00.000Z"});
    assert_eq!(body(&model)["recurring"], monthly);
    set(&mut model, EVERY, json!("weekly"));
    set(&mut model, ENDS, json!("never"));
    assert_eq!(body(&model)["recurring"], json!({"frequencyType": "weekly"}));
    set(&mut model, REPEATS, json!(false));
    assert_eq!(body(&model).get("recurring"), None);
}

#[test]
fn change_of_a_series_sends_what_changed_and_asks_how_much_of_it() {
    let held = json!({"topic": "Ward round", "startTime": "2026-03-09T09:00:00.000Z", "duration": 60, "type": "standard",
        "isRecurring": true, "isRecorded": false, "isDialin": false, "invitedParticipants": ["ines@example.com"],
        "meetingPermissionId": "p1", "recurring": {"frequencyType": "weekly", "frequency": 1, "endsType": "never"}});
    let mut model = begun("do.veeting.meetings.change_series", held);
    model.demand();
    assert_eq!(model.faults().into_iter().map(|(row, _)| row).collect::<Vec<_>>(), [at(&model, "wholeSeries")]);
    set(&mut model, "wholeSeries", json!("true"));
    set(&mut model, HOW_MANY, json!(2));
    let profile = at(&model, "meetingPermissionId");
    model.set_text((profile, Part::Setting), "");
    let bodies: Vec<Value> = model.writes().into_iter().map(|write| write.body).collect();
    let expected =
        [json!({"recurring": {"frequency": 2}, "meetingPermissionId": null}), json!({"wholeSeries": "true"})];
    assert_eq!(bodies, expected);
}
