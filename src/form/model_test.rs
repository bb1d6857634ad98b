//! The model against the real form of group settings, without a browser.

use std::cell::OnceCell;

use roomkey_schema::form::{Form, Kind};
use roomkey_schema::{Catalog, Role, Violation, data};
use serde_json::{Value, json};

use super::change::{Fault, Outcome, Part, Said};
use super::model::{Model, Write};

const WAITING_ROOM: &str = "meeting_security.meeting_security.waiting_room";
const WHO_WAITS: &str = "meeting_security.meeting_security.waiting_room_settings.participants_to_place_in_waiting_room";
const LENGTH: &str = "meeting_security.meeting_security.meeting_password_requirement.length";
/// Where `option=meeting_security` stands among the sources, and the locks on it.
const SECURITY: usize = 3;
const SECURITY_LOCKS: usize = 5;

fn form(role: Role) -> Form {
    form_of("zoom.group_settings", role)
}

fn form_of(id: &str, role: Role) -> Form {
    thread_local! {
        static CATALOG: OnceCell<Catalog> = const { OnceCell::new() };
    }
    CATALOG.with(|catalog| {
        let catalog = catalog.get_or_init(|| Catalog::load(&data::documents()).expect("our own data"));
        catalog.form_for(id, role).expect("the form")
    })
}

fn security(waiting_room: bool, length: i64) -> Value {
    json!({"meeting_security": {"waiting_room": waiting_room, "encryption_type": "enhanced_encryption",
        "meeting_password_requirement": {"length": length, "have_letter": false},
        "waiting_room_settings": {"participants_to_place_in_waiting_room": 0}}})
}

fn model() -> Model {
    let mut model = Model::new(form(Role::Admin));
    for source in 0..model.form().sources.len() {
        model.take(source, json!({}));
    }
    model.take(SECURITY, security(false, 6));
    model.take(SECURITY_LOCKS, json!({"meeting_security": {"waiting_room": false}}));
    model
}

fn at(model: &Model, id: &str) -> usize {
    model.find(id).unwrap_or_else(|| panic!("no row {id}"))
}

#[test]
fn waiting_room_on_and_locked_is_one_leaf_in_each_of_two_writes() {
    let mut model = model();
    let row = at(&model, WAITING_ROOM);
    model.set((row, Part::Setting), json!(true));
    model.set((row, Part::Lock), json!(true));
    let expected = |source| Write { source, body: json!({"meeting_security": {"waiting_room": true}}) };
    assert_eq!(model.writes(), [expected(SECURITY), expected(SECURITY_LOCKS)]);
    let review = model.review();
    assert_eq!(
        review.iter().map(|change| (change.old.clone(), change.new.clone())).collect::<Vec<_>>(),
        [(Said::Off, Said::On), (Said::Open, Said::Locked)]
    );
    let summary = model.summary();
    assert_eq!((summary.changes, summary.locks, summary.changed[0], summary.locked[0]), (1, 1, 1, 1));
}

#[test]
fn change_taken_back_is_no_change() {
    let mut model = model();
    let row = at(&model, LENGTH);
    model.set_text((row, Part::Setting), "8");
    assert_eq!(model.writes().len(), 1);
    model.set_text((row, Part::Setting), "6");
    assert!(model.writes().is_empty());
}

#[test]
fn text_that_is_no_number_is_kept_and_cannot_be_applied() {
    let mut model = model();
    let row = at(&model, LENGTH);
    model.set_text((row, Part::Setting), "eight");
    let state = model.state(row);
    assert_eq!(state.typed.as_deref(), Some("eight"));
    assert!(state.fault.is_some_and(|fault| fault == Fault::Found(Violation::WrongType("integer"))));
    assert_eq!(model.summary().faults, 1);
}

#[test]
fn integer_beyond_a_float_stays_exact() {
    let mut model = model();
    let row = at(&model, LENGTH);
    model.set_text((row, Part::Setting), "576460752303423501");
    assert_eq!(
        model.writes()[0].body["meeting_security"]["meeting_password_requirement"]["length"].to_string(),
        "576460752303423501"
    );
}

#[test]
fn row_below_a_switch_that_is_off_has_no_effect() {
    let mut model = model();
    let (parent, child) = (at(&model, WAITING_ROOM), at(&model, WHO_WAITS));
    assert!(model.state(child).off);
    assert!(model.below(parent).contains(&child));
    model.set((parent, Part::Setting), json!(true));
    assert!(!model.state(child).off);
}

#[test]
fn somebody_elses_change_of_the_same_row_is_a_conflict_and_of_another_row_is_taken_over() {
    let mut model = model();
    let (mine, other) = (at(&model, LENGTH), at(&model, WAITING_ROOM));
    model.set_text((mine, Part::Setting), "8");

    assert!(!model.take(SECURITY, security(true, 6)), "another row");
    assert_eq!(model.state(other).value, Some(json!(true)));
    assert_eq!(model.writes().len(), 1);

    assert!(model.take(SECURITY, security(true, 10)), "the same row");
    assert_eq!(model.state(mine).theirs, Some(json!(10)));
    assert_eq!(model.conflicts(), [mine]);
    model.keep_mine(mine);
    assert_eq!(model.state(mine).value, Some(json!(8)));
    assert!(model.conflicts().is_empty());
}

#[test]
fn conflict_taken_theirs_leaves_nothing_to_send() {
    let mut model = model();
    let row = at(&model, LENGTH);
    model.set_text((row, Part::Setting), "8");
    model.take(SECURITY, security(false, 10));
    model.take_theirs(row);
    assert_eq!(model.state(row).value, Some(json!(10)));
    assert!(model.writes().is_empty());
}

#[test]
fn same_change_made_by_somebody_else_is_done_already() {
    let mut model = model();
    let row = at(&model, LENGTH);
    model.set_text((row, Part::Setting), "8");
    assert!(!model.take(SECURITY, security(false, 8)));
    assert!(model.writes().is_empty());
}

#[test]
fn applied_rows_say_how_each_of_them_went() {
    let mut model = model();
    let (ignored, done, also) = (at(&model, LENGTH), at(&model, WAITING_ROOM), at(&model, WHO_WAITS));
    model.set_text((ignored, Part::Setting), "8");
    model.set((done, Part::Setting), json!(true));
    let writes = model.writes();
    let mut read_back = security(true, 6);
    read_back["meeting_security"]["waiting_room_settings"]["participants_to_place_in_waiting_room"] = json!(1);
    let pointer = "/meeting_security/meeting_password_requirement/length".to_owned();
    model.applied(&writes[0], Some(read_back), &[pointer]);
    assert_eq!(model.state(ignored).outcome, Outcome::NotApplied);
    assert_eq!(model.state(ignored).value, Some(json!(6)));
    assert_eq!(model.state(done).outcome, Outcome::Applied);
    assert_eq!(model.state(also).outcome, Outcome::AlsoChanged);
    assert!(model.writes().is_empty());
}

#[test]
fn undo_sends_the_old_values_of_what_was_sent() {
    let mut model = model();
    let row = at(&model, WAITING_ROOM);
    model.set((row, Part::Setting), json!(true));
    let undo = model.reversed();
    let writes = model.writes();
    model.applied(&writes[0], Some(security(true, 6)), &[]);
    model.stage(&undo);
    assert_eq!(
        model.writes(),
        [Write { source: SECURITY, body: json!({"meeting_security": {"waiting_room": false}}) }]
    );
}

#[test]
fn filter_finds_by_label_help_and_name_and_keeps_the_switch_above() {
    let mut model = model();
    model.filter("who WAITS");
    let (parent, child) = (at(&model, WAITING_ROOM), at(&model, WHO_WAITS));
    assert!(!model.state(child).hidden && !model.state(parent).hidden);
    assert!(model.state(at(&model, LENGTH)).hidden);
    model.filter("require_password_for_all_meetings");
    assert_eq!(model.summary().shown.iter().sum::<usize>(), 1);
    model.filter("");
    assert_eq!(model.summary().shown.iter().sum::<usize>(), model.len());
}

#[test]
fn value_of_another_type_than_promised_is_shown_and_not_changed() {
    let mut model = model();
    model.take(0, json!({"in_meeting": {"data_center_regions": "EU", "chat": true}}));
    let row = at(&model, "in_meeting.data_center_regions");
    assert_eq!(model.kind((row, Part::Setting)), Kind::Unknown);
    assert!(!model.can_change((row, Part::Setting)));
    assert!(model.can_change((at(&model, "in_meeting.chat"), Part::Setting)));
}

#[test]
fn auditor_can_change_nothing() {
    let mut model = Model::new(form(Role::Auditor));
    for source in 0..model.form().sources.len() {
        model.take(source, security(false, 6));
    }
    let any = (0..model.len()).any(|row| model.can_change((row, Part::Setting)) || model.can_change((row, Part::Lock)));
    assert!(!any);
}

#[test]
fn refusal_of_a_field_is_said_at_its_row() {
    let mut model = model();
    let row = at(&model, LENGTH);
    model.set_text((row, Part::Setting), "99");
    let blamed = model.blame(SECURITY, "/meeting_security/meeting_password_requirement/length", "Too long.");
    assert_eq!(blamed, Some(row));
    assert_eq!(model.state(row).fault, Some(Fault::Said("Too long.".to_owned())));
}

#[test]
fn lock_of_a_group_takes_the_row_away_from_the_person_and_names_the_group() {
    let mut model = Model::new(form_of("zoom.user_settings", Role::Admin));
    for source in 0..model.form().sources.len() {
        model.take(source, json!({}));
    }
    let row = at(&model, WAITING_ROOM);
    assert!(model.can_change((row, Part::Setting)));
    let options =
        model.form().above.as_ref().map(|above| above.locks.iter().map(|locks| locks.option.clone()).collect());
    let options: Vec<Option<String>> = options.unwrap_or_default();
    let locked = |on: bool| -> Vec<Value> {
        let answer = |option: &Option<String>| match option {
            Some(_) => json!({"meeting_security": {"waiting_room": on}}),
            None => json!({"schedule_meeting": {"join_before_host": on}}),
        };
        options.iter().map(answer).collect()
    };
    model.bind("Clinical staff (primary group)", &locked(false));
    assert_eq!(model.locked_by(row), "");
    model.bind("Telehealth", &locked(true));
    model.bind("Night shift", &locked(true));
    assert_eq!(model.locked_by(row), "Telehealth, Night shift");
    assert_eq!(model.locked_by(at(&model, "schedule_meeting.join_before_host")), "Telehealth, Night shift");
    assert!(!model.can_change((row, Part::Setting)));
    assert!(model.can_change((at(&model, LENGTH), Part::Setting)));
}

#[test]
fn what_an_action_must_know_is_a_fault_only_once_it_is_demanded() {
    let mut model = Model::new(form_of("do.zoom.groups.create", Role::Admin));
    model.take(0, json!({}));
    model.take(1, json!({}));
    assert_eq!(model.faults(), []);
    model.demand();
    assert_eq!(model.faults().len(), 1);
    model.set_text((0, Part::Setting), "Night shift");
    assert_eq!(model.faults(), []);
    assert_eq!(model.writes(), [Write { source: 0, body: json!({"name": "Night shift"}) }]);
}

#[test]
fn secret_that_is_only_known_to_be_set_can_be_replaced_and_is_never_sent_back() {
    let mut model = Model::new(form_of("zoom.user_settings", Role::Admin));
    let row = at(&model, "schedule_meeting.pmi_password");
    let place = (row, Part::Setting);
    let source = model.row(row).and_then(|row| row.setting.as_ref()).map_or(0, |leaf| leaf.source);
    for other in 0..model.form().sources.len() {
        model.take(other, json!({}));
    }
    model.take(source, json!({"schedule_meeting": {"pmi_password": true}}));
    assert_eq!((model.kind(place), model.state(row).is_set, model.state(row).value), (Kind::Text, Some(true), None));
    assert_eq!(model.writes(), []);
    model.set_text(place, "84fz2");
    assert_eq!(model.writes().len(), 1);
}
