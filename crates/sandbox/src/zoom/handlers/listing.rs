//! What all lists have in common: one page of rows, the token of the next, and the counts that a list shows.
//! Must not know what the rows are.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::paging::{Page, Sizes};

/// What a list is called, and what it shows beside its rows.
pub(super) struct Listing<'a> {
    /// The name of the rows in the answer.
    pub(super) rows: &'static str,
    /// Of `page_count`, `page_number`, `page_size` and `total_records`.
    pub(super) shows: &'static [&'static str],
    pub(super) sizes: Sizes,
    /// The list and its filters: a page's token fits only the list that it came from.
    pub(super) name: &'a str,
    pub(super) seed: u64,
}

impl Listing<'_> {
    /// Answers one page. Only the items of the page become rows.
    pub(super) fn reply<T>(
        &self,
        call: &Call<'_>,
        total: usize,
        items: impl Iterator<Item = T>,
        row: impl FnMut(T) -> Value,
    ) -> Result<Reply, ZoomError> {
        let page = Page::asked(call, self.name, self.seed, &self.sizes)?;
        let rows: Vec<Value> = items.skip(page.start).take(page.size).map(row).collect();
        let token = page.next_token(total, self.name, self.seed, call.now);
        let mut body = json!({"next_page_token": token});
        body[self.rows] = Value::Array(rows);
        for name in self.shows {
            let count = match *name {
                "page_count" => page.count(total),
                "page_number" => page.number(),
                "page_size" => page.size,
                _ => total,
            };
            body[*name] = count.into();
        }
        Ok(Reply::json(StatusCode::OK, &body))
    }
}
