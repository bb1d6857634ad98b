//! Webex: do the credentials work, and can the administrators that take turns make changes? Must not change anything.

use crate::cli::say;
use crate::vendors::{Trouble, Vendor, VendorFault, Warning};

pub(super) async fn check(webex: &dyn Vendor) -> Result<(), String> {
    webex.scopes().await.map_err(|fault| format!("Webex: {}", sentence(&fault)))?;
    say("Webex: the credentials work.");
    let warnings = webex.warnings().await.map_err(|fault| format!("Webex: {}", sentence(&fault)))?;
    for warning in &warnings {
        match warning {
            Warning::NotAdministrator(id) => say(format_args!(
                "Webex: {id} is no site administrator: it can read people and rooms, and its changes of them will fail. \
                 Make it one in Webex's site administration, or take it out of the configuration."
            )),
            Warning::CannotSignIn(id, fault) => say(format_args!("Webex: {id}: {}.", sentence(fault))),
        }
    }
    match warnings.len() {
        0 => Ok(()),
        1 => Err("Webex: one administrator cannot make changes".to_owned()),
        several => Err(format!("Webex: {several} administrators cannot make changes")),
    }
}

fn sentence(fault: &VendorFault) -> String {
    match &fault.trouble {
        Trouble::Credentials(reason) => {
            let reason = reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
            format!(
                "the credentials are not accepted{reason}; check access_token, or client_id, client_secret and \
                 refresh_token, or web_ex_id, password and site; an account that was tried too often is locked"
            )
        }
        Trouble::Unreachable | Trouble::Timeout => {
            "the address cannot be reached; check base_url or url, the name resolution and the firewall".to_owned()
        }
        Trouble::RateLimited(_) | Trouble::Budget(_) => {
            "Webex takes no more calls for the moment; try again in a minute".to_owned()
        }
        Trouble::Refused { .. } => {
            "the token may not read people and their meeting preferences; give the app the scopes \
                                    spark-admin:people_read, meeting:admin_preferences_read and \
                                    meeting:admin_preferences_write"
                .to_owned()
        }
        other => format!("the address answered something unexpected ({}); check base_url or url", other.summary()),
    }
}
