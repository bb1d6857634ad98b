//! `POST /users/features`: one feature for up to thirty people, once in ten seconds.
//! Must not refuse the whole call for one person: who cannot have it is told with the reason.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::person::{BASIC, LICENSED, UNLICENSED};
use crate::zoom::sheet::Sheet;
use crate::zoom::state::State;

const PAUSE_MS: u64 = 10_000;
/// What the values of `large_meeting` and `webinar` stand for: how many may come.
const LARGE: [(u64, u64); 7] = [(1, 100), (32, 200), (64, 300), (128, 500), (256, 1000), (1024, 3000), (2048, 5000)];
const WEBINAR: [(u64, u64); 12] = [
    (16, 100),
    (1, 500),
    (64, 1000),
    (128, 3000),
    (256, 5000),
    (512, 10_000),
    (1024, 20_000),
    (2048, 30_000),
    (4096, 40_000),
    (8192, 50_000),
    (16_384, 500),
    (32_768, 1000),
];
const EVENTS: [u64; 8] = [500, 1000, 3000, 5000, 10_000, 20_000, 30_000, 50_000];

/// What a call asks for.
enum Wish {
    Kind(u8),
    /// Fields of `feature` in the settings, and whether only licensed people can have them.
    Settings(Value, bool),
    /// A field of the profile; nothing takes it off.
    Profile(&'static str, Option<Value>),
}

/// `POST /users/features`.
pub(in crate::zoom) fn update(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let wish = wish(call).ok_or_else(|| ZoomError::Misfit(vec!["feature_value".to_owned()]))?;
    let entries = named::entries(call, "users")?;
    let free_at = state.features_at.map(|then| then.plus_ms(PAUSE_MS));
    if let Some(free_at) = free_at.filter(|free_at| call.limits && *free_at > call.now) {
        return Err(ZoomError::TooOften(free_at));
    }
    state.features_at = Some(call.now);
    let (mut done, mut failed) = (Vec::new(), BTreeMap::<&str, Vec<String>>::new());
    for entry in entries {
        let sent = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(at) = named::person(state, entry, ["id", "email"]) else {
            failed.entry("Users not found").or_default().push(sent("id"));
            continue;
        };
        let id = state.people.get(at).map(|person| person.id.clone()).unwrap_or_default();
        match grant(state, at, &wish) {
            Ok(()) => done.push(id),
            Err(reason) => failed.entry(reason).or_default().push(id),
        }
    }
    let failed: Vec<Value> =
        failed.into_iter().map(|(reason, ids)| json!({"reason": reason, "user_ids": ids})).collect();
    Ok(Reply::json(StatusCode::CREATED, &json!({"success_user_ids": done, "fail_details": failed})))
}

fn grant(state: &mut State, at: usize, wish: &Wish) -> Result<(), &'static str> {
    let person = state.people.get(at).ok_or("Users not found")?;
    match wish {
        Wish::Kind(kind) => {
            if person.kind == *kind {
                return Err("No need to update");
            }
            state.refuse_kind(*kind).map_err(|_| "Not enough seats")?;
            if let Some(person) = state.people.get_mut(at) {
                person.kind = *kind;
            }
        }
        Wish::Settings(fields, for_licensed) => {
            if *for_licensed && !person.is_licensed() {
                return Err("Can't update for free users");
            }
            if let Some(level) = fields.get("concurrent_meeting").and_then(Value::as_str) {
                state.refuse_concurrent(level).map_err(|_| "Not enough seats")?;
            }
            state.set_personal(at, Sheet::Settings, &json!({"feature": fields}));
        }
        Wish::Profile(name, value) => {
            if *name == "zoom_one_type" && value.is_some() {
                state.refuse_workplace().map_err(|_| "Not enough seats")?;
            }
            let Some(person) = state.people.get_mut(at) else {
                return Err("Users not found");
            };
            let fields = &mut person.edits_mut().fields;
            match value {
                Some(value) => fields.insert((*name).to_owned(), value.clone()),
                None => fields.remove(*name),
            };
        }
    }
    Ok(())
}

/// What the two fields ask for; nothing when the value is none of the documented ones.
fn wish(call: &Call<'_>) -> Option<Wish> {
    let value = call.text("feature_value")?;
    let number = value.parse::<u64>().ok();
    let feature = call.text("feature_type")?;
    let settings = match feature {
        "user_type" => {
            let kind = u8::try_from(number?).ok()?;
            return [BASIC, LICENSED, UNLICENSED].contains(&kind).then_some(Wish::Kind(kind));
        }
        "plan_united_type" => {
            let plan = number.filter(|plan| *plan == 0 || plan.is_power_of_two() && *plan <= 131_072)?;
            return Some(Wish::Profile("plan_united_type", (plan != 0).then(|| Value::String(plan.to_string()))));
        }
        "zoom_one_type" => {
            return Some(Wish::Profile("zoom_one_type", Some(number?).filter(|plan| *plan != 0).map(Value::from)));
        }
        "concurrent_meeting" => {
            ["Basic", "Plus", "None"].contains(&value).then(|| json!({"concurrent_meeting": value}))?
        }
        "large_meeting" => sized("large_meeting", "large_meeting_capacity", capacity(number?, &LARGE)?),
        "webinar" => sized("webinar", "webinar_capacity", capacity(number?, &WEBINAR)?),
        "zoom_events" => {
            let seats = number.filter(|seats| *seats == 0 || EVENTS.contains(seats))?;
            sized("zoom_events", "zoom_events_capacity", seats)
        }
        "zoom_whiteboard" | "zoom_clips_plus" | "zoom_revenue_accelerator" | "zoom_iq_for_sales" => {
            let on = value.parse::<bool>().ok()?;
            let name = if feature == "zoom_iq_for_sales" { "zoom_revenue_accelerator" } else { feature };
            json!({ name: on })
        }
        _ => return None,
    };
    let off = number == Some(0) || matches!(value, "None" | "false");
    Some(Wish::Settings(settings, !off))
}

fn capacity(value: u64, table: &[(u64, u64)]) -> Option<u64> {
    if value == 0 { Some(0) } else { table.iter().find(|(known, _)| *known == value).map(|(_, seats)| *seats) }
}

/// A feature that has a size is off without one.
fn sized(switch: &str, size: &str, seats: u64) -> Value {
    if seats == 0 { json!({ switch: false }) } else { json!({ switch: true, size: seats }) }
}
