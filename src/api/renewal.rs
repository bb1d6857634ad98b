//! Where requests wait while a person signs in again. Knows no store: whoever shows the sign-in says so with
//! [`on_ended`], and says when it is done with [`renewed`].

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::Failure;

/// Who is told.
type Ask = Box<dyn Fn(bool)>;

thread_local! {
    static ASK: RefCell<Option<Ask>> = const { RefCell::new(None) };
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// Names who is told that a person has to sign in again, and whether only for what is asked now: the session stands then.
/// There is one such place.
pub(crate) fn on_ended(ask: impl Fn(bool) + 'static) {
    ASK.set(Some(Box::new(ask)));
}

/// Lets everything that waits go on, or be given up.
pub(crate) fn renewed(done: bool) {
    for go_on in WAITING.take() {
        drop(go_on.call1(&JsValue::UNDEFINED, &JsValue::from_bool(done)));
    }
}

/// Says why the person has to sign in again and waits until that is done. False when there is nobody to tell, or the
/// person would not.
pub(super) async fn wait(failure: &Failure) -> bool {
    if ASK.with_borrow(Option::is_none) {
        return false;
    }
    let promise = Promise::new(&mut |resolve, _| WAITING.with_borrow_mut(|waiting| waiting.push(resolve)));
    ASK.with_borrow(|ask| {
        if let Some(ask) = ask {
            ask(failure.password_required());
        }
    });
    JsFuture::from(promise).await.is_ok_and(|done| done.is_truthy())
}
