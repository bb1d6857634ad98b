//! People who can host meetings: everybody with a login. Must not know which meetings they host.

use serde_json::{Map, Value, json};

use super::session::Session;
use super::site::Ask;
use crate::vendors::paging::{self, NEXT_PAGE};
use crate::vendors::xml::Element;
use crate::vendors::{Call, VendorFault};

/// Rows of a page when nobody says how many, and at most.
const USUAL: usize = 200;
const MOST: usize = 1_000;

/// A page of people.
pub(super) async fn list(session: &Session, call: &Call) -> Result<Value, VendorFault> {
    let from = paging::start(call, 0)?;
    let (from_text, size) = (from.to_string(), paging::size(call, "page_size", USUAL, MOST).to_string());
    let mut parameters = vec![("filter-type", "user")];
    for (asked, filter) in [("name", "filter-like-name"), ("login", "filter-login")] {
        parameters.extend(call.parameter(asked).map(|value| (filter, value)));
    }
    parameters.extend([("sort-name", "asc"), ("filter-start", &*from_text), ("filter-rows", &*size)]);
    let root = session.ask(&Ask::read("principal-list", parameters)).await?;
    let rows = root.all("principal");
    let mut page = json!({"hosts": rows.iter().copied().map(row).collect::<Vec<_>>()});
    // A login belongs to one person; elsewhere only nothing is the end.
    if !rows.is_empty() && call.parameter("login").is_none() {
        page[NEXT_PAGE] = (from + rows.len()).to_string().into();
    }
    Ok(page)
}

/// A person as JSON.
pub(super) fn row(principal: &Element) -> Value {
    let mut row = Map::new();
    row.extend(principal.attribute("principal-id").map(|id| ("principal_id".to_owned(), Value::from(id))));
    for member in ["name", "login", "email"] {
        row.extend(principal.text(&[member]).map(|text| (member.to_owned(), Value::from(text))));
    }
    Value::Object(row)
}
