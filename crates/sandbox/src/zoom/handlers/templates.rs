//! A person's meeting templates: read only. Each has two, and those of people who left and handed over their meetings.
//! Must not be changed: the vendor's document has no operation for it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::person::Person;
use crate::zoom::state::State;

const NAMES: [&str; 2] = ["Seminar", "Consultation"];

/// `GET /users/{userId}/meeting_templates/{meetingTemplateId}`.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let (_, person) = state.person(call.parameter(0)?)?;
    let inherited = person.edits().map(|edits| edits.inherited_from.as_slice()).unwrap_or_default();
    let former = inherited.iter().filter_map(|at| state.people.get(*at));
    let owners = std::iter::once(person).chain(former);
    let mut all = owners.flat_map(|owner| [template(state.seed, owner, 0), template(state.seed, owner, 1)]);
    let wanted = call.parameter(1)?;
    let found = all.find(|template| template["id"] == wanted);
    Ok(Reply::json(StatusCode::OK, &found.ok_or(ZoomError::Parameter("meetingTemplateId"))?))
}

/// No operation here lists templates, so that their ids have to be known: the owner's with a number behind.
fn template(seed: u64, owner: &Person, index: usize) -> Value {
    let mut dice = Dice::of(seed, NAMES[index], owner.number);
    let id = format!("{}-{}", owner.id, index + 1);
    let mut switch = || dice.chance(50);
    json!({
        "id": id,
        "name": NAMES[index],
        "settings": {
            "in_meeting": {
                "allow_participants_to_rename": switch(),
                "annotation": switch(),
                "breakout_room": switch(),
                "disable_screen_sharing_for_host_meetings": false,
                "entry_exit_chime": if switch() { "host" } else { "none" },
                "feedback": switch(),
                "closed_captioning": {"auto_transcribing": switch(), "enable": true, "save_caption": switch()},
                "manual_captioning": {
                    "allow_to_type": switch(),
                    "auto_generated_captions": switch(),
                    "manual_captions": switch(),
                    "save_captions": switch(),
                },
                "non_verbal_feedback": switch(),
                "polling": switch(),
                "post_meeting_feedback": switch(),
                "remote_control": switch(),
                "remote_support": switch(),
                "screen_sharing": true,
                "whiteboard": switch(),
                "who_can_share_screen": if switch() { "host" } else { "all" },
                "who_can_share_screen_when_someone_is_sharing": "host",
            },
            "meeting_security": {"waiting_room": switch()},
            "recording": {"auto_recording": if switch() { "cloud" } else { "none" }},
            "schedule_meeting": {
                "host_video": switch(),
                "mute_upon_entry": switch(),
                "participant_video": switch(),
            },
        },
    })
}
