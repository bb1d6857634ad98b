//! Named places in the carrying out of a row at which a test can end the process, as if the power failed. Nothing at all
//! without the feature `chaos`.

/// Every place.
pub const ALL: [&str; 6] =
    ["before_intent", "after_intent", "after_call", "before_outcome", "after_outcome", "while_checking"];

/// Ends the process at once when `ROOMKEY_CHAOS` names this place and says that it is its turn: `after_intent:25` is the
/// 25th time.
#[cfg(feature = "chaos")]
pub fn reach(place: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static WANTED: OnceLock<Option<(String, u64)>> = OnceLock::new();
    static REACHED: AtomicU64 = AtomicU64::new(0);
    let wanted = WANTED.get_or_init(|| {
        let wanted = std::env::var("ROOMKEY_CHAOS").ok()?;
        let (place, turn) = wanted.split_once(':')?;
        Some((place.to_owned(), turn.parse().ok()?))
    });
    if let Some((wanted, turn)) = wanted
        && wanted == place
        && REACHED.fetch_add(1, Ordering::SeqCst) + 1 == *turn
    {
        // No destructor runs, nothing is flushed: what is on disk is what is there.
        std::process::abort();
    }
}

/// Nothing.
#[cfg(not(feature = "chaos"))]
#[inline]
pub const fn reach(_place: &str) {}
