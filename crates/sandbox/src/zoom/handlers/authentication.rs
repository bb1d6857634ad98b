//! Authentication profiles: written one at a time as `authentication_option`, read as a list.
//! Must not create profiles: the vendor's document has no action for it.

use serde_json::Value;

use crate::zoom::errors::ZoomError;

const WRITABLE: [&str; 4] = ["default_option", "domains", "name", "type"];

/// Carries out one change of a profile: `update` (also when no action is named), `show` or `hide`.
pub(super) fn update(held: &mut Value, change: &Value) -> Result<(), ZoomError> {
    let unknown = || ZoomError::Misfit(vec!["authentication_option.id".to_owned()]);
    let profiles = held.get_mut("authentication_options").and_then(Value::as_array_mut).ok_or_else(unknown)?;
    let id = change.get("id").ok_or_else(unknown)?;
    let at = profiles.iter().position(|profile| profile.get("id") == Some(id)).ok_or_else(unknown)?;
    match change.get("action").and_then(Value::as_str) {
        Some("show") => set(profiles, at, "visible", Value::Bool(true)),
        Some("hide") => set(profiles, at, "visible", Value::Bool(false)),
        _ => {
            for name in WRITABLE {
                if let Some(value) = change.get(name) {
                    set(profiles, at, name, value.clone());
                }
            }
            // There is one default: the others step back.
            if change.get("default_option") == Some(&Value::Bool(true)) {
                for other in (0..profiles.len()).filter(|other| *other != at) {
                    set(profiles, other, "default_option", Value::Bool(false));
                }
            }
        }
    }
    Ok(())
}

fn set(profiles: &mut [Value], at: usize, name: &str, value: Value) {
    if let Some(profile) = profiles.get_mut(at).and_then(Value::as_object_mut) {
        profile.insert(name.to_owned(), value);
    }
}
