//! How high what is shown is, told whenever that changes. Must not ask for a height that depends on the frame's own: they
//! would drive each other up.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::ResizeObserver;

/// Tells it from now on, in whole pixels.
pub(super) fn follow(tell: impl Fn(u32) + 'static) {
    let Some(body) = document().body() else { return };
    let measured = body.clone();
    let changed = Closure::<dyn FnMut(Array)>::new(move |_: Array| {
        let height = measured.get_bounding_client_rect().height().ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast to u32 stops at its ends")]
        tell(height as u32);
    });
    if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
        observer.observe(&body);
    }
    // The browser keeps both for as long as the body is there.
    changed.forget();
}
