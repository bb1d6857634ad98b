//! How it stands with the vendors: read once, and tested when a person says so. Must not ask again by itself.

use leptos::prelude::*;
use roomkey_schema::connection::Connection;

use super::Load;
use crate::api::{self, Abort};

/// All connections.
#[derive(Clone, Copy)]
pub(crate) struct ConnectionsStore {
    all: RwSignal<Vec<Connection>>,
    load: RwSignal<Load>,
    /// Vendors that are being tested.
    testing: RwSignal<Vec<String>>,
    abort: StoredValue<Abort>,
}

impl ConnectionsStore {
    /// None yet. Requests end with the owner.
    pub(crate) fn new() -> Self {
        Self {
            all: RwSignal::new(Vec::new()),
            load: RwSignal::new(Load::Idle),
            testing: RwSignal::new(Vec::new()),
            abort: StoredValue::new(Abort::on_cleanup()),
        }
    }

    /// How far loading has come; failed, too, when a test could not be made.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// The vendors, in order; followed.
    pub(crate) fn vendors(self) -> Vec<String> {
        self.all.read().iter().map(|connection| connection.vendor.clone()).collect()
    }

    /// How it stands with one; followed.
    pub(crate) fn of(self, vendor: &str) -> Connection {
        self.all.read().iter().find(|known| known.vendor == vendor).cloned().unwrap_or_default()
    }

    /// Whether it is being tested; followed.
    pub(crate) fn is_testing(self, vendor: &str) -> bool {
        self.testing.read().iter().any(|known| known == vendor)
    }

    /// Reads them.
    pub(crate) fn load(self) {
        self.load.set(Load::Loading);
        let abort = self.abort.get_value();
        api::spawn(async move {
            let outcome = api::connections::list(&abort).await;
            if abort.is_aborted() {
                return;
            }
            self.load.set(Load::of(&outcome));
            if let Ok(all) = outcome {
                self.all.set(all);
            }
        });
    }

    /// Tests one now.
    pub(crate) fn test(self, vendor: String) {
        self.testing.update(|testing| testing.push(vendor.clone()));
        let abort = self.abort.get_value();
        api::spawn(async move {
            let outcome = api::connections::test(&vendor, &abort).await;
            if abort.is_aborted() {
                return;
            }
            self.load.set(Load::of(&outcome));
            if let Ok(now) = outcome {
                self.all.update(|all| {
                    if let Some(known) = all.iter_mut().find(|known| known.vendor == vendor) {
                        *known = now;
                    }
                });
            }
            self.testing.update(|testing| testing.retain(|known| *known != vendor));
        });
    }
}
