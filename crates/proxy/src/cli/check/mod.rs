//! `roomkey check`: does each vendor's credential work, and does it grant what is needed? Must not change anything at a
//! vendor.

mod connect;
mod veeting;
mod webex;
mod zoom;

use std::path::Path;
use std::sync::Arc;

use roomkey_schema::{Catalog, Language};

use super::{Ended, say};
use crate::app;
use crate::clock::{Clock, SystemClock};
use crate::config;
use crate::vendors;

pub(super) async fn run(file: &Path) -> Result<(), Ended> {
    let config = config::from_file(file)?;
    say(format_args!("The configuration {} can be used.", file.display()));
    let catalog = Catalog::load(&app::documents(&config, Language::En)?)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let vendors = vendors::configured(&config.vendors, &clock)?;
    if vendors.is_empty() {
        return Err(Ended::because(
            "no vendor is configured; add [vendors.zoom], [vendors.webex], [vendors.connect] or [vendors.veeting] to the \
             configuration",
        ));
    }
    let mut faults = Vec::new();
    for (name, vendor) in &vendors {
        let checked = match name.as_str() {
            "zoom" => zoom::check(&**vendor, &catalog).await,
            "connect" => connect::check(&**vendor).await,
            "veeting" => veeting::check(&**vendor, &catalog).await,
            _ => webex::check(&**vendor).await,
        };
        faults.extend(checked.err());
    }
    if faults.is_empty() { Ok(()) } else { Err(Ended::because(faults.join("\nroomkey: "))) }
}
