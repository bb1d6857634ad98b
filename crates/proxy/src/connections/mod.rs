//! How it stands with each vendor: tested when the server starts and when somebody asks, never because a page is looked at.
//! Must not change anything at a vendor.

pub mod scopes;
mod shown;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use roomkey_schema::connection::Notice;
use roomkey_schema::{Operation, Role};

pub use self::shown::{all, one};
use crate::app::App;
use crate::clock::UnixMs;
use crate::exchange::faults;
use crate::http::language::{self, Tongue};
use crate::vendors::{Call, Trouble, Vendor, VendorFault, Warning};
use crate::words::fill;

/// How long a test may take as a whole: a person waits for it.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the tests showed.
#[derive(Debug, Default)]
pub struct Connections(Mutex<BTreeMap<String, Tested>>);

/// What one test showed.
#[derive(Clone, Debug)]
struct Tested {
    at_ms: UnixMs,
    /// What will go wrong all the same, or why it does not work.
    outcome: Result<Vec<Notice>, VendorFault>,
}

impl Connections {
    /// What will go wrong at the vendors, as far as it happens to what that role may do.
    pub fn notices(&self, app: &App, role: Role) -> Vec<Notice> {
        let concerns = |notice: &&Notice| notice.operations.iter().any(|operation| app.catalog.may(role, operation));
        let tested = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let notices = tested.values().filter_map(|tested| tested.outcome.as_ref().ok()).flatten();
        notices.filter(concerns).map(|notice| said(app, notice)).collect()
    }

    fn last(&self, vendor: &str) -> Option<Tested> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(vendor).cloned()
    }

    fn put(&self, vendor: &str, tested: Tested) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(vendor.to_owned(), tested);
    }
}

/// Tests every vendor that was not tested yet, side by side.
pub async fn test_all(app: &App) {
    let untested = app.vendors.keys().filter(|vendor| app.connections.last(vendor).is_none());
    futures_util::future::join_all(untested.map(|vendor| test(app, vendor))).await;
}

/// Tests one vendor now. Whoever asks while it is being tested waits for that.
pub async fn test(app: &App, vendor: &str) {
    let Some(adapter) = app.vendors.get(vendor) else { return };
    let begun_ms = app.clock.now_ms();
    let before = app.connections.last(vendor).map(|tested| tested.at_ms);
    let _turn = app.objects.lock(&format!("connection:{vendor}"), PATIENCE).await;
    let now = app.connections.last(vendor).map(|tested| tested.at_ms);
    if now != before && now >= Some(begun_ms) {
        return;
    }
    // What it finds is read by people of any language.
    let asking = language::with(Tongue::Unsaid, ask(app, vendor, &**adapter));
    let outcome = match tokio::time::timeout(PATIENCE, asking).await {
        Ok(outcome) => outcome,
        Err(_) => Err(VendorFault::new(Trouble::Timeout)),
    };
    if let Err(fault) = &outcome {
        tracing::warn!(vendor, %fault, "the vendor cannot be used");
    }
    app.connections.put(vendor, Tested { at_ms: app.clock.now_ms(), outcome });
}

async fn ask(app: &App, vendor: &str, adapter: &dyn Vendor) -> Result<Vec<Notice>, VendorFault> {
    let operations: Vec<&Operation> =
        app.catalog.operations().iter().filter(|operation| operation.vendor == vendor).collect();
    let granted = adapter.scopes().await?;
    adapter.answers().await?;
    let warnings = adapter.warnings().await?;
    let mut notices: Vec<Notice> =
        warnings.iter().map(|warning| of_warning(app, vendor, adapter, warning, &operations)).collect();
    if adapter.tells_scopes() {
        let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (operation, wanted) in scopes::missing(&operations, &granted) {
            missing.entry(wanted).or_default().push(operation);
        }
        notices.extend(missing.into_iter().map(|(scope, operations)| {
            let values = [("vendor", app.words.vendor_name(vendor)), ("scope", scope.as_str())];
            let text = fill(&app.words.details.scope_missing, &values);
            Notice { vendor: vendor.to_owned(), text, operations }
        }));
    }
    Ok(notices)
}

/// The notice in the language of whoever reads it.
fn said(app: &App, notice: &Notice) -> Notice {
    Notice { text: app.words.say(&notice.text, &|_, _| None), ..notice.clone() }
}

/// A warning in words, with the operations that will fail.
fn of_warning(app: &App, vendor: &str, adapter: &dyn Vendor, warning: &Warning, operations: &[&Operation]) -> Notice {
    let name = app.words.vendor_name(vendor);
    let details = &app.words.details;
    let (account, text) = match warning {
        Warning::NotAdministrator(account) => {
            (account, fill(&details.not_administrator, &[("account", account), ("vendor", name)]))
        }
        Warning::CannotSignIn(account, fault) => {
            let ours = faults::of(app, vendor, fault);
            let reason = ours.parts().detail.clone().unwrap_or_else(|| app.words.detail(ours.parts().kind).to_owned());
            let values = [("account", account.as_str()), ("vendor", name), ("reason", reason.as_str())];
            (account, fill(&details.cannot_sign_in, &values))
        }
    };
    let fails = |operation: &&&Operation| {
        let is_administrators = operation.administrators && matches!(warning, Warning::NotAdministrator(_));
        let all = adapter.lanes(&Call::about(operation));
        is_administrators || all.iter().any(|lane| lane.id == *account)
    };
    let operations = operations.iter().filter(fails).map(|operation| operation.id.clone()).collect();
    Notice { vendor: vendor.to_owned(), text, operations }
}
