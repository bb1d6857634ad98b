//! Room for people: the background asks a vendor only while enough of its grant is left for those who wait for an answer.
//! Must not call a vendor.

use std::time::Duration;

use roomkey_schema::RateClass;

use crate::app::App;
use crate::rate::pace::Left;
use crate::vendors::Vendor;

/// How often somebody looks whether there is room.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// One in so many of the calls is left to people.
const PEOPLES_SHARE: u64 = 4;

/// Waits until there is room for a call of that class; false when the process stops.
pub(super) async fn wait(app: &App, adapter: &dyn Vendor, class: RateClass) -> bool {
    loop {
        if app.people.stop.is_cancelled() {
            return false;
        }
        if is_free(&adapter.left(), class) {
            return true;
        }
        tokio::select! {
            () = app.people.stop.cancelled() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Whether more is left of every grant that the call counts against than what people are left.
fn is_free(left: &[Left], class: RateClass) -> bool {
    let by_class = left.iter().any(|left| left.name == class.as_str());
    let counts = |left: &&Left| !by_class || left.name == class.as_str();
    left.iter().filter(counts).all(|left| {
        let kept = u64::from(left.of) / PEOPLES_SHARE;
        u64::from(left.left) > kept
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(name: &'static str, left: u32, of: u32) -> Left {
        Left { name, left, of, window_ms: 1_000, until_ms: None }
    }

    #[test]
    fn a_quarter_of_a_grant_is_left_to_people() {
        assert!(is_free(&[], RateClass::Light), "there is no limit");
        assert!(is_free(&[left("medium", 20, 20)], RateClass::Medium));
        assert!(is_free(&[left("medium", 6, 20)], RateClass::Medium));
        assert!(!is_free(&[left("medium", 5, 20)], RateClass::Medium));
        assert!(is_free(&[left("medium", 1, 1)], RateClass::Medium), "a single call is for everybody");
        assert!(!is_free(&[left("medium", 0, 1)], RateClass::Medium));
        assert!(!is_free(&[left("medium", 20, 20), left("medium", 20, 100)], RateClass::Medium), "of the day too");
    }

    #[test]
    fn a_grant_for_other_calls_does_not_count() {
        assert!(is_free(&[left("heavy", 0, 10), left("medium", 9, 10)], RateClass::Medium));
        assert!(!is_free(&[left("calls", 0, 10)], RateClass::Medium), "one that does not tell calls apart does");
    }
}
