//! Ends requests that nobody waits for any more. Knows nothing about what is requested.

use std::sync::Arc;

use js_sys::Array;
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use web_sys::{AbortController, AbortSignal};

/// A handle that ends the requests it was given to.
#[derive(Clone)]
pub(crate) struct Abort {
    /// None when the browser has no such thing: then requests run to their end.
    controller: Option<Arc<SendWrapper<AbortController>>>,
}

impl Abort {
    /// One that somebody ends by hand, or nobody.
    pub(crate) fn never() -> Self {
        Self { controller: AbortController::new().ok().map(SendWrapper::new).map(Arc::new) }
    }

    /// One that ends when the component or effect around it goes away.
    pub(crate) fn on_cleanup() -> Self {
        let abort = Self::never();
        let ending = abort.clone();
        on_cleanup(move || ending.now());
        abort
    }

    /// Ends what runs.
    pub(crate) fn now(&self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }

    /// Whether it has ended.
    pub(crate) fn is_aborted(&self) -> bool {
        self.controller.as_ref().is_some_and(|controller| controller.signal().aborted())
    }

    /// What `fetch` is given: ends with this, and when the time is over.
    pub(super) fn signal(&self, timeout_ms: u32) -> AbortSignal {
        let time = AbortSignal::timeout_with_u32(timeout_ms);
        match &self.controller {
            Some(controller) => AbortSignal::any(&Array::of2(&controller.signal(), &time)),
            None => time,
        }
    }
}
