//! Where requests wait while a person signs in again. Knows no store: whoever shows the sign-in says so with
//! [`on_ended`], and says when it is done with [`renewed`].

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static ASK: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// Names who is told that the session has ended. There is one such place.
pub(crate) fn on_ended(ask: impl Fn() + 'static) {
    ASK.set(Some(Box::new(ask)));
}

/// Lets everything that waits go on.
pub(crate) fn renewed() {
    for go_on in WAITING.take() {
        drop(go_on.call0(&JsValue::UNDEFINED));
    }
}

/// Says that the session has ended and waits until it is there again. False when there is nobody to tell.
pub(super) async fn wait() -> bool {
    if ASK.with_borrow(Option::is_none) {
        return false;
    }
    let promise = Promise::new(&mut |resolve, _| WAITING.with_borrow_mut(|waiting| waiting.push(resolve)));
    ASK.with_borrow(|ask| {
        if let Some(ask) = ask {
            ask();
        }
    });
    JsFuture::from(promise).await.is_ok()
}
