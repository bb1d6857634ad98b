//! Which operations the scopes of a credential do not allow. Must not ask a vendor.

use std::collections::BTreeSet;

use roomkey_schema::Operation;

/// Operations that none of the granted scopes allows, with the scopes that would.
pub fn missing(operations: &[&Operation], granted: &[String]) -> Vec<(String, String)> {
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

#[cfg(test)]
mod tests {
    use roomkey_schema::Catalog;

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
