//! Starts what takes time. One type for all of it, so that its machinery stands in the program once.

use std::future::Future;
use std::pin::Pin;

/// Starts something that runs beside everything else, to its end.
pub(crate) fn spawn(future: impl Future<Output = ()> + 'static) {
    let future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    leptos::task::spawn_local(future);
}
