//! How many calls of the site may run at once. The vendor recommends one; the number refused here is invented.
//! Must not queue.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const AT_ONCE: usize = 4;

#[derive(Clone, Default)]
pub(super) struct InFlight(Arc<AtomicUsize>);

/// The place of one call; dropping it lets the next one in.
pub(super) struct Place(InFlight);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl InFlight {
    pub(super) fn ask(&self) -> Option<Place> {
        let step = |running: usize| (running < AT_ONCE).then_some(running + 1);
        self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, step).ok()?;
        Some(Place(self.clone()))
    }
}
