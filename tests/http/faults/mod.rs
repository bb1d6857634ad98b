//! Calls that go wrong, each by a fault of the sandbox: the person is told the truth, once, and nothing is done twice.
//! Must not stand in for the vendor in any other way.

mod down;
mod rate_limits;
mod reads;
mod tokens;
mod writes;

use roomkey_schema::wire::Problem;

/// Asserts that a problem can be quoted to the vendor's support.
#[track_caller]
fn can_be_quoted(problem: &Problem) {
    assert_eq!(problem.vendor.as_deref(), Some("zoom"));
    let id = problem.tracking_id.as_deref().unwrap_or_default();
    assert!(id.starts_with("v=2.0;clid=sandbox;rid="), "{problem:?}");
}
