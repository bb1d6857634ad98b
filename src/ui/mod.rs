//! Small pieces of interface: what a button, a dialog or a table head is. They know no route, no request and no store;
//! what they say comes in as text or from the words.

pub(crate) mod busy_button;
pub(crate) mod chance;
pub(crate) mod dialog;
pub(crate) mod element;
pub(crate) mod erase;
pub(crate) mod facts;
pub(crate) mod html;
pub(crate) mod icon;
pub(crate) mod mark;
pub(crate) mod moment;
pub(crate) mod problem;
pub(crate) mod reveal_button;
pub(crate) mod save;
pub(crate) mod skeleton;
pub(crate) mod sort_head;
pub(crate) mod spoken;
pub(crate) mod toast;

use std::cell::Cell;

pub(crate) use roomkey_view::view;

/// A new id for an element, to point `aria-labelledby` and the like at.
pub(crate) fn new_id(what: &str) -> String {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(1) };
    }
    let number = NEXT.replace(NEXT.get() + 1);
    format!("{what}-{number}")
}
