//! Tells that something has been changed. Knows no store and not who listens.

use std::cell::RefCell;

thread_local! {
    static LISTENER: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Names who is told. There is one such place.
pub(crate) fn on_written(listener: impl Fn() + 'static) {
    LISTENER.set(Some(Box::new(listener)));
}

/// Tells it.
pub(super) fn tell() {
    LISTENER.with_borrow(|listener| {
        if let Some(listener) = listener {
            listener();
        }
    });
}
