//! What is kept of the people index: lines as the vendors list them, the people that they make, and how far each vendor has
//! been read. Must not know HTTP, nor ask a vendor.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use roomkey_schema::people::{Hit, Person};
use roomkey_schema::people_build::Line;
use roomkey_schema::scope::Unit;

use super::StoreFault;
use crate::clock::UnixMs;
use crate::people::query::Query;

/// How far a vendor has been read.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct StoredSource {
    /// Vendor's id.
    pub vendor: String,
    /// The number of the last reading, whether it has ended or not.
    pub pass: u64,
    /// Where it stands, when it is half read.
    pub position: Option<String>,
    /// When the vendor was last read whole.
    pub read_ms: Option<UnixMs>,
    /// How many lines there are of it.
    pub lines: u64,
    /// Why it could not be read, as a sentence.
    pub problem: Option<String>,
}

/// The people index.
#[async_trait]
pub trait PeopleStore: Send + Sync {
    /// Every vendor that was begun to be read, by its id.
    async fn sources(&self) -> Result<Vec<StoredSource>, StoreFault>;

    /// Notes that a vendor is begun to be read anew, and answers the reading's number.
    async fn begin_reading(&self, vendor: &str, position: &str) -> Result<u64, StoreFault>;

    /// Keeps lines of a vendor as read in that reading, and makes people of them; `position`, when it is given, is kept
    /// along with the last of them.
    async fn put_lines(
        &self,
        vendor: &str,
        pass: u64,
        lines: &[Line],
        position: Option<&str>,
    ) -> Result<(), StoreFault>;

    /// At most so many lines that a reading has not shown: the place that shows each, and its id at the vendor.
    async fn unseen(&self, vendor: &str, pass: u64, limit: u32) -> Result<Vec<(String, String)>, StoreFault>;

    /// Notes that a vendor was read whole: what that reading did not show is gone.
    async fn end_reading(&self, vendor: &str, pass: u64, now_ms: UnixMs) -> Result<(), StoreFault>;

    /// Removes lines by their ids at the vendor.
    async fn remove_lines(&self, vendor: &str, ids: &[String]) -> Result<(), StoreFault>;

    /// Removes everything of a vendor.
    async fn forget_vendor(&self, vendor: &str) -> Result<(), StoreFault>;

    /// Notes why a vendor could not be read, or that nothing is wrong.
    async fn note_problem(&self, vendor: &str, problem: Option<&str>) -> Result<(), StoreFault>;

    /// The best hits, and whether there are more.
    async fn search(&self, query: &Query) -> Result<(Vec<Hit>, bool), StoreFault>;

    /// The person or meeting that a key leads to; with units, only one that is in one of them.
    async fn person(&self, key: &str, units: &[Unit]) -> Result<Option<Person>, StoreFault>;

    /// What accounts and meetings of a vendor are called, by their ids. What is not known is left out.
    async fn names_of(&self, vendor: &str, ids: &[String]) -> Result<BTreeMap<String, String>, StoreFault>;

    /// Units of the people behind ids, logins or addresses by which a vendor knows accounts or meetings: of all accounts
    /// of the person, over all vendors; of a meeting, those of its host. What several people are known by has only the
    /// units that all of them have. Who is not known is left out.
    async fn units_of(&self, vendor: &str, ids: &[String]) -> Result<BTreeMap<String, BTreeSet<Unit>>, StoreFault>;
}
