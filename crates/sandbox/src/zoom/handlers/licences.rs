//! Whether a person can have the features that a change of their settings asks for.
//! Must not hand anything out: it only refuses.

use serde_json::Value;

use crate::zoom::person::Person;
use crate::zoom::rules::Rule;
use crate::zoom::state::State;

/// Judges the `feature` part of a change of settings.
pub(super) fn judge(state: &State, at: usize, wanted: &Value) -> Result<(), Rule> {
    let Some(person) = state.people.get(at) else {
        return Ok(());
    };
    let on = |name: &str| wanted.get(name) == Some(&Value::Bool(true));
    // What will be the case if the change is made.
    let will = |name: &str| wanted.get(name).and_then(Value::as_bool).unwrap_or_else(|| person.has_feature(name));
    unlicensed(person, &on)?;
    if on("zoom_events") && on("webinar") || on("webinar") && will("zoom_events") {
        return Err(Rule::WebinarBesideEvents);
    }
    if on("zoom_events") && will("webinar") {
        return Err(Rule::EventsBesideWebinar);
    }
    if will("zoom_whiteboard") && will("zoom_whiteboard_plus") && (on("zoom_whiteboard") || on("zoom_whiteboard_plus"))
    {
        return Err(Rule::WhiteboardTwice);
    }
    if on("zoom_revenue_accelerator") && !person.has_feature("zoom_revenue_accelerator") {
        state.refuse_sales()?;
    }
    let level = wanted.get("concurrent_meeting").and_then(Value::as_str).unwrap_or("None");
    if level != "None" && !person.is_licensed() {
        return Err(Rule::ConcurrentUnlicensed);
    }
    let held = person.feature("concurrent_meeting").and_then(Value::as_str);
    if held == Some(level) { Ok(()) } else { state.refuse_concurrent(level) }
}

fn unlicensed(person: &Person, on: &impl Fn(&str) -> bool) -> Result<(), Rule> {
    if person.is_licensed() {
        return Ok(());
    }
    if on("large_meeting") {
        return Err(Rule::LargeMeetingUnlicensed);
    }
    if on("webinar") {
        return Err(Rule::WebinarUnlicensed);
    }
    if on("zoom_events") { Err(Rule::EventsUnlicensed) } else { Ok(()) }
}
