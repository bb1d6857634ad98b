//! Elements of the page by their id, once they are on it. Must not make any: views do.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The element of that id, if it is there and of that type.
pub(crate) fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Puts the focus on the element of that id.
pub(crate) fn focus(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        drop(element.focus());
    }
}
