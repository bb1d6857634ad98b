//! Veeting: does the key work, and does it reach as far as the configuration says? Must not change anything.

use roomkey_schema::{Catalog, Operation};

use crate::cli::say;
use crate::connections::scopes::missing;
use crate::vendors::{Trouble, Vendor, VendorFault};

pub(super) async fn check(veeting: &dyn Vendor, catalog: &Catalog) -> Result<(), String> {
    let operations: Vec<&Operation> =
        catalog.operations().iter().filter(|operation| operation.vendor == "veeting").collect();
    let granted = veeting.scopes().await.map_err(|fault| format!("Veeting: {}", sentence(&fault)))?;
    say("Veeting: the key works.");
    let missing = missing(&operations, &granted);
    if !missing.is_empty() {
        return Err(format!(
            "Veeting: {} of {} operations cannot be used, because the key is one of a single account; make an instance \
             key in the white label settings, or set level = \"account\"",
            missing.len(),
            operations.len()
        ));
    }
    let used = operations.iter().flat_map(|operation| &operation.scopes);
    let used: Vec<&String> = used.collect();
    if granted.iter().any(|scope| !used.contains(&scope)) {
        say(
            "Veeting: the key reaches further than level says; an account key would do, and less could be done with it.",
        );
    }
    Ok(())
}

fn sentence(fault: &VendorFault) -> String {
    match &fault.trouble {
        Trouble::Credentials(_) => {
            "the key is not accepted; check api_key, and that it has the permissions Account and Meeting".to_owned()
        }
        Trouble::Unreachable | Trouble::Timeout => {
            "the address cannot be reached; check base_url, the name resolution and the firewall".to_owned()
        }
        Trouble::RateLimited(_) | Trouble::Budget(_) => {
            "Veeting takes no more calls for the moment; try again in a minute".to_owned()
        }
        Trouble::Refused { .. } => {
            "the key may not read accounts; give it the permissions Account and Meeting".to_owned()
        }
        other => format!("the address answered something unexpected ({}); check base_url", other.summary()),
    }
}
