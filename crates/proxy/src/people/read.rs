//! Reads a vendor whole: list after list, page after page, each kept with where the reading stands, so that it goes on
//! there after a restart. What was known before stays until the last page is there.

use std::collections::{BTreeMap, BTreeSet};

use roomkey_schema::people_build::Listing;

use super::list::{self, Page};
use super::position::Position;
use crate::app::App;
use crate::clock::UnixMs;
use crate::exchange::faults;
use crate::http::fault::Fault;
use crate::rate::budget::Spent;
use crate::store::StoreFault;
use crate::vendors::{self, VendorFault};

/// More single rows than that are not read one by one.
const ONE_BY_ONE: usize = 30;

/// Why a vendor was not read to the end.
pub(super) enum Trouble {
    /// The process stops.
    Stopped,
    /// The vendor no longer takes the token of a page; what it said.
    Token(Box<Trouble>),
    /// The vendor, or the way to it.
    Vendor {
        /// For a person.
        sentence: String,
        /// No call before that.
        until_ms: Option<UnixMs>,
    },
    /// The store.
    Store(StoreFault),
}

impl From<StoreFault> for Trouble {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl Trouble {
    /// What a vendor's fault says.
    pub(super) fn of(app: &App, vendor: &str, fault: &VendorFault) -> Self {
        let until_ms = match fault.trouble {
            vendors::Trouble::RateLimited(at_ms)
            | vendors::Trouble::Budget(Spent::Until(at_ms) | Spent::Today(at_ms)) => Some(at_ms),
            _ => None,
        };
        match Self::ours(app, &faults::of(app, vendor, fault)) {
            Self::Vendor { sentence, .. } => Self::Vendor { sentence, until_ms },
            other => other,
        }
    }

    /// Why, as a sentence, and until when there is no sense in trying again.
    pub(super) fn told(self) -> (String, Option<UnixMs>) {
        match self {
            Self::Stopped => (String::new(), None),
            Self::Token(trouble) => trouble.told(),
            Self::Vendor { sentence, until_ms } => (sentence, until_ms),
            Self::Store(error) => (error.to_string(), None),
        }
    }

    /// What a fault of ours says.
    pub(super) fn ours(app: &App, fault: &Fault) -> Self {
        let parts = fault.parts();
        let sentence = parts.detail.clone().unwrap_or_else(|| app.words.detail(parts.kind).to_owned());
        Self::Vendor { sentence, until_ms: None }
    }
}

/// Reads everything, or the rest of what was begun.
pub(super) async fn whole(app: &App, vendor: &str) -> Result<(), Trouble> {
    let listings: Vec<&Listing> = app.catalog.listings().iter().filter(|listing| listing.vendor == vendor).collect();
    let Some(first) = listings.first() else { return Ok(()) };
    let begun = super::stored(app, vendor).await?;
    let half_read = begun.position.as_deref().and_then(Position::read);
    let half_read = half_read.filter(|at| listings.iter().any(|listing| listing.id == at.list));
    let (pass, mut at) = if let Some(at) = half_read {
        (begun.pass, at)
    } else {
        let at = Position { list: first.id.clone(), ..Position::default() };
        (app.store.people().begin_reading(vendor, &at.text()).await?, at)
    };
    let from = listings.iter().position(|listing| listing.id == at.list).unwrap_or_default();
    for (index, listing) in listings.iter().enumerate().skip(from) {
        if index > from {
            at = Position { list: listing.id.clone(), ..Position::default() };
        }
        read_list(app, listing, pass, at.clone()).await?;
    }
    look_again(app, vendor, pass, &listings).await?;
    app.store.people().end_reading(vendor, pass, app.clock.now_ms()).await?;
    tell(app, vendor).await;
    Ok(())
}

/// Lists shift while they are read, and may leave somebody out. Who is missing is asked for alone, where that can be done;
/// when many are, they have gone.
async fn look_again(app: &App, vendor: &str, pass: u64, listings: &[&Listing]) -> Result<(), Trouble> {
    let limit = u32::try_from(ONE_BY_ONE).unwrap_or(u32::MAX).saturating_add(1);
    let unseen = app.store.people().unseen(vendor, pass, limit).await?;
    if unseen.len() > ONE_BY_ONE {
        return Ok(());
    }
    for (place, id) in unseen {
        let listing = listings.iter().find(|listing| listing.place() == place && listing.one.is_some());
        if let Some(listing) = listing {
            read_one(app, vendor, listing, id).await?;
        }
    }
    Ok(())
}

/// Reads a list from a position on.
async fn read_list(app: &App, listing: &Listing, pass: u64, mut at: Position) -> Result<(), Trouble> {
    let all_above = match &listing.each {
        Some(each) => list::above(app, listing, each).await?,
        None => vec![BTreeMap::new()],
    };
    // What stood above may be gone; then all of them are read.
    let from = all_above.iter().position(|above| *above == at.above);
    for (index, above) in all_above.iter().enumerate().skip(from.unwrap_or_default()) {
        if from != Some(index) {
            at = Position { list: at.list, above: above.clone(), ..Position::default() };
        }
        read_queries(app, listing, pass, &mut at).await?;
    }
    Ok(())
}

async fn read_queries(app: &App, listing: &Listing, pass: u64, at: &mut Position) -> Result<(), Trouble> {
    let store = app.store.people();
    let (mut seen, mut is_begun_again) = (BTreeSet::new(), false);
    while at.query < listing.queries.len() {
        let Page { lines, next } = match list::page(app, listing, at).await {
            // Tokens end; what was read stays, and the list is begun again.
            Err(Trouble::Token(_)) if !is_begun_again => {
                is_begun_again = true;
                at.token.clear();
                seen.clear();
                continue;
            }
            page => page?,
        };
        metrics::counter!("roomkey_people_pages_total", "vendor" => listing.vendor.clone()).increment(1);
        if next.is_empty() {
            (at.query, at.token, is_begun_again) = (at.query + 1, String::new(), false);
            seen.clear();
        } else if seen.insert(next.clone()) {
            at.token = next;
        } else {
            return Err(list::senseless(app, listing));
        }
        store.put_lines(&listing.vendor, pass, &lines, Some(&at.text())).await?;
    }
    Ok(())
}

/// Reads single rows again; false when the whole list has to be read instead.
pub(super) async fn again(app: &App, vendor: &str, list: &str, who: BTreeSet<String>) -> bool {
    let listing = app.catalog.listings().iter().find(|listing| listing.id == list);
    let Some(listing) = listing.filter(|listing| listing.one.is_some() && who.len() <= ONE_BY_ONE) else {
        return false;
    };
    for one in who {
        match read_one(app, vendor, listing, one).await {
            Ok(()) => {}
            Err(Trouble::Stopped) => return true,
            Err(trouble) => {
                let (reason, _) = trouble.told();
                tracing::warn!(vendor, reason, "somebody who was changed could not be read again");
                return false;
            }
        }
    }
    true
}

async fn read_one(app: &App, vendor: &str, listing: &Listing, who: String) -> Result<(), Trouble> {
    let line = list::one(app, listing, &who).await?;
    let pass = super::stored(app, vendor).await?.pass;
    match line {
        // Before the first reading there is nothing that it could be out of date in.
        Some(line) if pass > 0 => app.store.people().put_lines(vendor, pass, &[line], None).await?,
        Some(_) => {}
        None => app.store.people().remove_lines(vendor, &[who]).await?,
    }
    Ok(())
}

/// Tells how much there is, and since when.
async fn tell(app: &App, vendor: &str) {
    let Ok(source) = super::stored(app, vendor).await else { return };
    let labels = [("vendor", vendor.to_owned())];
    #[expect(
        clippy::cast_precision_loss,
        reason = "a gauge is a float, and nobody reads so many lines or lives so long"
    )]
    let (lines, read_at) = (source.lines as f64, source.read_ms.unwrap_or_default() as f64 / 1_000.0);
    metrics::gauge!("roomkey_people_lines", &labels).set(lines);
    metrics::gauge!("roomkey_people_read_at_seconds", &labels).set(read_at);
}
