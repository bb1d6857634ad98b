//! Reads one list page by page, and a single row. Must not keep more than a page.

use std::collections::{BTreeMap, BTreeSet};

use roomkey_schema::Operation;
use roomkey_schema::path::PathParams;
use roomkey_schema::people_build::{Each, Line, Listing};
use serde_json::Value;

use super::position::Position;
use super::read::Trouble;
use super::room;
use crate::app::App;
use crate::exchange::{Asked, send};
use crate::vendors::paging::NEXT_PAGE;
use crate::vendors::{self, VendorFault};

/// A page of lines, and the token of the next one; empty at the end.
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) next: String,
}

/// The page at a position.
pub(super) async fn page(app: &App, listing: &Listing, at: &Position) -> Result<Page, Trouble> {
    let params: PathParams = at.above.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let mut query = listing.queries.get(at.query).cloned().unwrap_or_default();
    if !listing.size_param.is_empty() {
        query.insert(listing.size_param.clone(), listing.size.to_string());
    }
    if !at.token.is_empty() {
        query.insert(NEXT_PAGE.to_owned(), at.token.clone());
    }
    let answer = match ask(app, &listing.read, &params, query).await {
        Err(Refusal::Vendor(fault)) if !at.token.is_empty() && is_refusal(&fault) => {
            let trouble = Trouble::of(app, &listing.vendor, &fault);
            return Err(Trouble::Token(Box::new(trouble)));
        }
        answer => answer.map_err(|refusal| refusal.trouble(app, &listing.vendor))?,
    };
    let lines = listing.lines(&answer, &params).ok_or_else(|| senseless(app, listing))?;
    let next = answer.get(NEXT_PAGE).and_then(Value::as_str).unwrap_or_default();
    Ok(Page { lines, next: next.to_owned() })
}

/// Path parameters for each row of the list above.
pub(super) async fn above(app: &App, listing: &Listing, each: &Each) -> Result<Vec<BTreeMap<String, String>>, Trouble> {
    let (mut all, mut token, mut seen) = (Vec::new(), String::new(), BTreeSet::new());
    loop {
        let mut query = BTreeMap::new();
        if !token.is_empty() {
            query.insert(NEXT_PAGE.to_owned(), token.clone());
        }
        let answer = ask(app, &each.read, &PathParams::new(), query).await;
        let answer = answer.map_err(|refusal| refusal.trouble(app, &listing.vendor))?;
        let Some(rows) = answer.pointer(&each.rows).and_then(Value::as_array) else {
            return Err(senseless(app, listing));
        };
        let param = |row: &Value, (name, at): (&String, &String)| {
            Some((name.clone(), row.pointer(at).and_then(Value::as_str)?.to_owned()))
        };
        all.extend(rows.iter().filter_map(|row| each.params.iter().map(|pair| param(row, pair)).collect()));
        match answer.get(NEXT_PAGE).and_then(Value::as_str) {
            Some(next) if !next.is_empty() && seen.insert(next.to_owned()) => next.clone_into(&mut token),
            Some(next) if !next.is_empty() => return Err(senseless(app, listing)),
            _ => return Ok(all),
        }
    }
}

/// What cannot be a list, or leads in a circle. Nobody may be taken for gone because of it.
pub(super) fn senseless(app: &App, listing: &Listing) -> Trouble {
    Trouble::of(app, &listing.vendor, &VendorFault::new(vendors::Trouble::NotJson))
}

/// The line of a single row; none when the vendor says that there is no such thing.
pub(super) async fn one(app: &App, listing: &Listing, who: &str) -> Result<Option<Line>, Trouble> {
    let Some(one) = &listing.one else { return Ok(None) };
    let params = PathParams::from_iter([(one.param.clone(), who.to_owned())]);
    match ask(app, &one.read, &params, BTreeMap::new()).await {
        Ok(answer) => Ok(listing.line(&answer, &params)),
        Err(Refusal::Vendor(VendorFault { trouble: vendors::Trouble::Refused { absent: true, .. }, .. })) => Ok(None),
        Err(refusal) => Err(refusal.trouble(app, &listing.vendor)),
    }
}

/// Why there is no answer.
enum Refusal {
    Vendor(VendorFault),
    Other(Trouble),
}

impl Refusal {
    fn trouble(self, app: &App, vendor: &str) -> Trouble {
        match self {
            Self::Vendor(fault) => Trouble::of(app, vendor, &fault),
            Self::Other(trouble) => trouble,
        }
    }
}

/// One call, when there is room for it.
async fn ask(
    app: &App,
    operation: &str,
    params: &PathParams,
    query: BTreeMap<String, String>,
) -> Result<Value, Refusal> {
    let other = |fault: &crate::http::fault::Fault| Refusal::Other(Trouble::ours(app, fault));
    let operation: &Operation = app
        .catalog
        .operation(operation)
        .ok_or_else(|| other(&crate::http::fault::Fault::internal(&format_args!("no operation {operation}"))))?;
    let asked = Asked::of(app, operation, params.clone(), query, None).map_err(|fault| other(&fault))?;
    let call = asked.call().map_err(|fault| other(&fault))?;
    let at = send::vendor(app, operation).map_err(|fault| other(&fault))?;
    if !room::wait(app, at.adapter, operation.rate).await {
        return Err(Refusal::Other(Trouble::Stopped));
    }
    let answer = tokio::select! {
        () = app.people.stop.cancelled() => return Err(Refusal::Other(Trouble::Stopped)),
        answer = send::send_raw(at, &call) => answer,
    };
    answer.map(|answer| answer.body.unwrap_or_default()).map_err(Refusal::Vendor)
}

const fn is_refusal(fault: &VendorFault) -> bool {
    matches!(fault.trouble, vendors::Trouble::Refused { .. })
}
