//! Zoom: does the credential work, and does it grant what the operation table needs? Calls the token address and nothing
//! else.

use roomkey_schema::{Catalog, Operation};

use crate::cli::say;
use crate::connections::scopes::missing;
use crate::vendors::{Trouble, Vendor, VendorFault};

pub(super) async fn check(zoom: &dyn Vendor, catalog: &Catalog) -> Result<(), String> {
    let operations: Vec<&Operation> =
        catalog.operations().iter().filter(|operation| operation.vendor == "zoom").collect();
    let granted = zoom.scopes().await.map_err(|fault| format!("Zoom: {}", sentence(&fault)))?;
    say("Zoom: the credentials work.");
    let missing = missing(&operations, &granted);
    if missing.is_empty() {
        say("Zoom: the app has every permission (scope) that is needed.");
        return Ok(());
    }
    for (operation, wanted) in &missing {
        say(format_args!("Zoom: {operation} needs the scope {wanted}."));
    }
    Err(format!(
        "Zoom: {} of {} operations cannot be used; add the scopes to the app in Zoom's app marketplace and activate it \
         again",
        missing.len(),
        operations.len()
    ))
}

fn sentence(fault: &VendorFault) -> String {
    match &fault.trouble {
        Trouble::Credentials(Some(reason)) => {
            format!("the credentials are not accepted ({reason}); check account_id, client_id and client_secret")
        }
        Trouble::Credentials(None) => {
            "the credentials are not accepted; check account_id, client_id and client_secret".to_owned()
        }
        Trouble::Unreachable | Trouble::Timeout => {
            "the token address cannot be reached; check token_url, the name resolution and the firewall".to_owned()
        }
        Trouble::RateLimited(_) => "too many tokens were asked for; try again in a minute".to_owned(),
        other => format!("the token address answered something unexpected ({}); check token_url", other.summary()),
    }
}
