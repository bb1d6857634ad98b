//! The sites that a person is on. Must not change them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::message::Reply;
use crate::webex::call::Call;
use crate::webex::errors::WebexError;
use crate::webex::seed::ADMINISTRATORS;
use crate::webex::site::Site;
use crate::webex::state::State;

/// `GET /meetingPreferences/sites`: of a person, or of whose token it is.
pub(in crate::webex) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, WebexError> {
    let (_, person) = state.member(call.query("userEmail").unwrap_or(ADMINISTRATORS[0]))?;
    let mut sites = vec![Site::Main];
    if person.on_eu {
        sites.push(Site::Eu);
    }
    let rows: Vec<Value> =
        sites.into_iter().map(|site| json!({"siteUrl": site.url(), "default": site == Site::Main})).collect();
    Ok(Reply::json(StatusCode::OK, &json!({"sites": rows})))
}
