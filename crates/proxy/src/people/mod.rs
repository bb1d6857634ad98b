//! The people index: one list of people and meetings over all vendors, joined by address, read from the vendors in the
//! background. Must not know a vendor by name, nor keep a secret.

pub mod fold;
mod heard;
pub mod join;
mod list;
mod position;
pub mod query;
mod read;
mod room;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

pub(crate) use self::heard::heard;
pub use self::shown::{source, sources};
use crate::app::App;
use crate::clock::UnixMs;
use crate::store::StoreFault;
use crate::store::people::StoredSource;

/// How often somebody looks whether there is something to read.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How long a vendor that could not be read is left alone first; each time twice as long, up to as often as all is read.
const FIRST_WAIT_MS: i64 = 30_000;
/// How long a whole reading is left alone before another one, where it was only a write that asked for it.
const REST_MS: i64 = 60_000;

/// What the readers of one process share.
#[derive(Debug, Default)]
pub struct Index {
    /// Nothing more is begun to be read.
    pub stop: CancellationToken,
    news: Notify,
    vendors: Mutex<BTreeMap<String, Vendor>>,
}

/// How it stands with one vendor.
#[derive(Debug, Default)]
struct Vendor {
    is_read: bool,
    wanted: Wanted,
}

/// What somebody wants to be read again.
#[derive(Debug, Default)]
struct Wanted {
    /// All of it, now.
    now: bool,
    /// All of it, soon.
    soon: bool,
    /// Single ones, by the list that they stand in.
    some: BTreeMap<String, BTreeSet<String>>,
}

impl Index {
    /// Has a vendor read again now.
    pub fn refresh(&self, vendor: &str) {
        self.vendors().entry(vendor.to_owned()).or_default().wanted.now = true;
        self.news.notify_waiters();
    }

    /// Whether a vendor is being read.
    fn is_read(&self, vendor: &str) -> bool {
        self.vendors().get(vendor).is_some_and(|vendor| vendor.is_read)
    }

    fn reading(&self, vendor: &str, is_read: bool) {
        self.vendors().entry(vendor.to_owned()).or_default().is_read = is_read;
    }

    /// What there is to be done; nobody else does it then.
    fn take(&self, vendor: &str) -> Wanted {
        std::mem::take(&mut self.vendors().entry(vendor.to_owned()).or_default().wanted)
    }

    fn want(&self, vendor: &str, list: &str, who: Vec<String>) {
        {
            let mut vendors = self.vendors();
            let wanted = &mut vendors.entry(vendor.to_owned()).or_default().wanted;
            if who.is_empty() {
                wanted.soon = true;
            } else {
                wanted.some.entry(list.to_owned()).or_default().extend(who);
            }
        }
        self.news.notify_waiters();
    }

    fn vendors(&self) -> MutexGuard<'_, BTreeMap<String, Vendor>> {
        self.vendors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the vendors, each when it is time, until the process stops.
pub async fn keep(app: App) {
    if let Err(error) = forget_others(&app).await {
        tracing::warn!(%error, "people of vendors that are no longer configured could not be forgotten");
    }
    let vendors: Vec<&String> = app.vendors.keys().filter(|vendor| shown::is_listed(&app, vendor)).collect();
    join_all(vendors.into_iter().map(|vendor| keep_one(&app, vendor))).await;
}

/// Reads every vendor once that was never read whole. One that cannot be read is left to `keep`.
pub async fn read_unread(app: &App) {
    let vendors = app.vendors.keys().filter(|vendor| shown::is_listed(app, vendor));
    join_all(vendors.map(async |vendor| {
        if let Ok(source) = stored(app, vendor).await
            && source.read_ms.is_none()
            && let Err(trouble) = read::whole(app, vendor).await
        {
            let (reason, _) = trouble.told();
            tracing::warn!(vendor, reason, "people could not be read at the start; it is tried again");
        }
    }))
    .await;
}

/// Whoever is only known to a vendor that is not there cannot be shown.
async fn forget_others(app: &App) -> Result<(), StoreFault> {
    for source in app.store.people().sources().await? {
        if !app.vendors.contains_key(&source.vendor) || !shown::is_listed(app, &source.vendor) {
            app.store.people().forget_vendor(&source.vendor).await?;
        }
    }
    Ok(())
}

async fn keep_one(app: &App, vendor: &str) {
    let mut plan = Plan::default();
    while !app.people.stop.is_cancelled() {
        let wanted = app.people.take(vendor);
        plan.now |= wanted.now;
        plan.soon |= wanted.soon;
        for (list, who) in wanted.some {
            if !read::again(app, vendor, &list, who).await {
                plan.soon = true;
            }
        }
        match stored(app, vendor).await {
            Ok(source) if plan.is_due(app, &source) => plan = read_whole(app, vendor, plan).await,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, vendor, "what is known of people could not be looked at"),
        }
        tokio::select! {
            () = app.people.stop.cancelled() => return,
            () = app.people.news.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// When a vendor is read next.
#[derive(Debug, Default)]
struct Plan {
    now: bool,
    soon: bool,
    /// How often it failed.
    failures: u32,
    /// Not before that, unless somebody wants it now.
    not_before_ms: UnixMs,
}

impl Plan {
    fn is_due(&self, app: &App, source: &StoredSource) -> bool {
        let now_ms = app.clock.now_ms();
        let since = |wait_ms: i64| source.read_ms.is_none_or(|read_ms| now_ms >= read_ms.saturating_add(wait_ms));
        let is_half_read = source.position.is_some();
        let wants = is_half_read || since(app.config.people.refresh_ms()) || self.soon && since(REST_MS);
        self.now || wants && now_ms >= self.not_before_ms
    }
}

async fn read_whole(app: &App, vendor: &str, plan: Plan) -> Plan {
    let begun_ms = app.clock.now_ms();
    app.people.reading(vendor, true);
    let outcome = read::whole(app, vendor).await;
    app.people.reading(vendor, false);
    let ok = [("vendor", vendor.to_owned()), ("ok", outcome.is_ok().to_string())];
    metrics::counter!("roomkey_people_readings_total", &ok).increment(1);
    let now_ms = app.clock.now_ms();
    let trouble = match outcome {
        Ok(()) => {
            let seconds = Duration::from_millis(u64::try_from(now_ms - begun_ms).unwrap_or_default());
            metrics::histogram!("roomkey_people_reading_seconds", "vendor" => vendor.to_owned()).record(seconds);
            return Plan::default();
        }
        Err(read::Trouble::Stopped) => return plan,
        Err(read::Trouble::Store(error)) => {
            tracing::warn!(%error, vendor, "people could not be kept; what is known of them stays");
            None
        }
        Err(trouble) => {
            let (sentence, until_ms) = trouble.told();
            tracing::warn!(vendor, reason = sentence, "people could not be read; what is known of them stays");
            if let Err(error) = app.store.people().note_problem(vendor, Some(&sentence)).await {
                tracing::warn!(%error, vendor, "why people could not be read could not be noted");
            }
            until_ms
        }
    };
    let wait_ms = (FIRST_WAIT_MS << plan.failures.min(16)).min(app.config.people.refresh_ms());
    let not_before_ms = (now_ms + wait_ms).max(trouble.unwrap_or_default());
    // It is tried again until it was read whole, whoever wanted it.
    Plan { now: false, soon: true, failures: plan.failures + 1, not_before_ms }
}

async fn stored(app: &App, vendor: &str) -> Result<StoredSource, StoreFault> {
    let sources = app.store.people().sources().await?;
    Ok(sources.into_iter().find(|source| source.vendor == vendor).unwrap_or_default())
}
