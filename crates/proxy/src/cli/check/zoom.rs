//! Zoom: does the credential work, and does it grant what the operation table needs? Calls the token address and nothing
//! else.

use std::collections::BTreeSet;

use roomkey_schema::{Catalog, Operation};

use crate::cli::say;
use crate::vendors::{Trouble, Vendor, VendorFault};

pub(super) async fn check(zoom: &dyn Vendor, catalog: &Catalog) -> Result<(), String> {
    let operations: Vec<&Operation> =
        catalog.operations().iter().filter(|operation| operation.vendor == "zoom").collect();
    let scopes = zoom.scopes().await.map_err(|fault| format!("Zoom: {}", sentence(&fault)))?;
    say("Zoom: the credentials work.");
    let missing = missing(&operations, &scopes);
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

/// Operations that none of the granted scopes allows, with the scopes that would.
fn missing(operations: &[&Operation], granted: &[String]) -> Vec<(String, String)> {
    let granted: BTreeSet<&str> = granted.iter().map(String::as_str).collect();
    operations
        .iter()
        .filter_map(|operation| {
            let wanted = || operation.scopes.iter().chain(&operation.granular_scopes).map(String::as_str);
            if wanted().count() == 0 || wanted().any(|scope| granted.contains(scope)) {
                return None;
            }
            Some((operation.id.clone(), wanted().collect::<Vec<_>>().join(" or ")))
        })
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_needs_any_one_of_its_scopes() {
        let catalog = Catalog::load(&roomkey_schema::data::documents()).expect("catalog");
        let read = catalog.operation("zoom.group_settings.get").expect("operation");
        let update = catalog.operation("zoom.group_settings.update").expect("operation");
        let granted = ["group:read:settings:admin".to_owned()];
        let missing = missing(&[read, update], &granted);
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0].0, "zoom.group_settings.update");
        assert!(missing[0].1.contains("group:write:admin or group:update:settings:admin"));
    }
}
