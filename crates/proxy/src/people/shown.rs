//! How fresh the index is, as people see it.

use roomkey_schema::people::Source;

use crate::app::App;
use crate::clock::rfc3339;
use crate::store::StoreFault;
use crate::store::people::StoredSource;

/// Whether the index reads anything of a vendor.
pub(super) fn is_listed(app: &App, vendor: &str) -> bool {
    app.catalog.listings().iter().any(|listing| listing.vendor == vendor)
}

/// Every vendor that the index is read from.
pub async fn sources(app: &App) -> Result<Vec<Source>, StoreFault> {
    let stored = app.store.people().sources().await?;
    let vendors = app.vendors.keys().filter(|vendor| is_listed(app, vendor));
    Ok(vendors.map(|vendor| of(app, vendor, &stored)).collect())
}

/// One of them; none when nothing is read from it.
pub async fn source(app: &App, vendor: &str) -> Result<Option<Source>, StoreFault> {
    if !is_listed(app, vendor) {
        return Ok(None);
    }
    let stored = app.store.people().sources().await?;
    Ok(Some(of(app, vendor, &stored)))
}

fn of(app: &App, vendor: &str, stored: &[StoredSource]) -> Source {
    let known = stored.iter().find(|source| source.vendor == vendor).cloned().unwrap_or_default();
    Source {
        vendor: vendor.to_owned(),
        read_at: known.read_ms.map(rfc3339),
        reading: app.people.is_read(vendor),
        count: known.lines,
        problem: known.problem,
    }
}
