//! The permission profiles that meetings can be given. Must not change them.

use serde_json::{Value, json};

use crate::veeting::call::Call;
use crate::veeting::errors::VeetingError;
use crate::veeting::state::State;

/// `GET /meetingPermission`: the same ones for the whole instance.
#[expect(clippy::unnecessary_wraps, reason = "a handler may refuse, and this one has nothing to refuse")]
pub(in crate::veeting) fn list(state: &mut State, _: &Call<'_>) -> Result<Value, VeetingError> {
    Ok(state.permissions.iter().map(|one| json!({"id": one.id, "name": one.name})).collect())
}
