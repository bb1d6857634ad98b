//! Pages of a list, in the form that all adapters answer with where the vendor has another: a token leads to the next one.
//! Must not know what is listed.

use super::{Call, Trouble, VendorFault};

/// The parameter, and the member of an answer, that names the next page.
pub(crate) const NEXT_PAGE: &str = "next_page_token";

/// That a token is not one of ours.
pub(crate) fn unknown_page() -> Trouble {
    let said = "The token of the next page does not fit; begin with the first page.".to_owned();
    Trouble::Refused { message: None, fields: vec![(NEXT_PAGE.to_owned(), said)], absent: false }
}

/// The number of the row that a page begins with, where the token is that number; `first` without a token.
pub(crate) fn start(call: &Call, first: usize) -> Result<usize, VendorFault> {
    match call.parameter(NEXT_PAGE) {
        None => Ok(first),
        Some(token) => {
            token.parse().ok().filter(|start| *start >= first).ok_or_else(|| VendorFault::new(unknown_page()))
        }
    }
}

/// How many rows a page has at most.
pub(crate) fn size(call: &Call, name: &str, usual: usize, most: usize) -> usize {
    call.parameter(name).and_then(|size| size.parse().ok()).unwrap_or(usual).clamp(1, most)
}
