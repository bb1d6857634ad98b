//! How a meeting is reached by phone and over SIP. Must not know whether the meeting is to be reached so.

use serde_json::{Value, json};

use crate::dice::Dice;

/// The fields of a meeting with dial-in, or the same ones without a value.
pub(super) fn shown(seed: u64, id: &str, is_dial_in: bool) -> Value {
    if !is_dial_in {
        return json!({
            "dialInConferenceRoom": null,
            "dialInNumbers": [],
            "dialInPin": null,
            "sipProxy": null,
            "sipDomain": null,
        });
    }
    let mut dice = Dice::of(seed, &format!("veeting dial-in {id}"), 0);
    json!({
        "dialInConferenceRoom": (100_000 + dice.below(900_000)).to_string(),
        // Numbers that are kept free for stories.
        "dialInNumbers": ["+1 202 555 0100", "+44 20 7946 0000"],
        "dialInPin": format!("{:06}", dice.below(1_000_000)),
        "sipProxy": format!("sip-{:08x}.veeting.example", dice.below(1 << 32)),
        "sipDomain": "sip.veeting.example",
    })
}
