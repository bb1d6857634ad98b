//! People and meetings of all vendors: finding them as one types, and one with its accounts. Must not hold any of them.

use roomkey_schema::people::{Found, Person};
use roomkey_schema::read::Read;

use super::jobs::By;
use super::{Abort, Failure, call};
use crate::paths;

/// Those that fit what was typed, so many at most, and how fresh the index is.
pub(crate) async fn find(typed: &str, most: usize, by: By, abort: &Abort) -> Result<Found, Failure> {
    let header = (by == By::Page).then_some(("x-roomkey-background", "1"));
    let answer = call("GET", &paths::people_call(typed, most), None, header, abort).await?;
    Found::read(answer.body).ok_or_else(|| Failure::nonsense(200, None))
}

/// One person, or one meeting.
pub(crate) async fn one(key: &str, abort: &Abort) -> Result<Person, Failure> {
    let answer = call("GET", &paths::person_call(key), None, None, abort).await?;
    Person::read(answer.body).ok_or_else(|| Failure::nonsense(200, None))
}
