//! A person's collaboration devices: read only, made up from the seed.
//! Must not be changed: the vendor's document has no operation for it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::person::Person;
use crate::zoom::rules::Rule;
use crate::zoom::state::State;

const NAMES: [&str; 3] = ["Desk display", "Office computer", "Tablet"];

/// `GET /users/{userId}/collaboration_devices`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let devices = devices(state.seed, state.person(call.parameter(0)?)?.1);
    Ok(Reply::json(StatusCode::OK, &json!({"total_records": devices.len(), "collaboration_devices": devices})))
}

/// `GET /users/{userId}/collaboration_devices/{collaborationDeviceId}`.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let id = call.parameter(1)?;
    let devices = devices(state.seed, state.person(call.parameter(0)?)?.1);
    let found = devices.iter().find(|device| device["id"] == id);
    Ok(Reply::json(StatusCode::OK, found.ok_or_else(|| Rule::NoSuchDevice(id.to_owned()))?))
}

/// Every third person has one to three devices.
fn devices(seed: u64, person: &Person) -> Vec<Value> {
    if !person.number.is_multiple_of(3) {
        return Vec::new();
    }
    let mut dice = Dice::of(seed, "devices", person.number);
    let count = 1 + dice.index(NAMES.len());
    let device = |name: &&str| {
        let (first, second) = (dice.throw(), dice.throw());
        let id = format!(
            "{:08X}-{:04X}-{:04X}-{:04X}-{:012X}",
            first >> 32,
            first >> 16 & 0xffff,
            first & 0xffff,
            second >> 48,
            second & 0xffff_ffff_ffff
        );
        json!({
            "id": id,
            "device_name": name,
            "room_name": format!("{}'s room", person.first_name),
            "room_user_id": dice.id(),
            "status": if dice.chance(70) { "Online" } else { "Offline" },
        })
    };
    NAMES.iter().take(count).map(device).collect()
}
