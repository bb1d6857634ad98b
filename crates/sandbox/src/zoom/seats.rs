//! How many people of a kind the account may have, and how many there are.
//! Must not change anybody.

use super::person::{BASIC, LICENSED, Person, Status, UNLICENSED};
use super::rules::Rule;
use super::state::State;

impl State {
    fn count(&self, fits: impl Fn(&Person) -> bool) -> usize {
        self.people.iter().filter(|person| person.status != Status::Gone && fits(person)).count()
    }

    fn is_full(&self, maximum: Option<usize>, fits: impl Fn(&Person) -> bool) -> bool {
        maximum.is_some_and(|maximum| self.count(fits) >= maximum)
    }

    /// Whether one more person of this user type has room. Who is deactivated or only invited has a seat all the same.
    pub(super) fn refuse_kind(&self, kind: u8) -> Result<(), Rule> {
        let (maximum, refusal) = match kind {
            BASIC => (self.account.maximum_basic, Rule::BasicFull),
            LICENSED => (self.account.maximum_licensed, Rule::LicensedFull),
            UNLICENSED => (self.account.maximum_unlicensed, Rule::SeatsFull),
            _ => return Ok(()),
        };
        if self.is_full(maximum, |person| person.kind == kind) { Err(refusal) } else { Ok(()) }
    }

    /// Whether one more Workplace licence is there.
    pub(super) fn refuse_workplace(&self) -> Result<(), Rule> {
        let has = |person: &Person| {
            let plan = person.edits().and_then(|edits| edits.fields.get("zoom_one_type")?.as_u64());
            plan.is_some_and(|plan| plan != 0)
        };
        if self.is_full(self.account.maximum_workplace, has) { Err(Rule::WorkplaceFull) } else { Ok(()) }
    }

    /// Who gives a Workplace licence back is basic again: is there room?
    pub(super) fn refuse_way_back(&self) -> Result<(), Rule> {
        self.refuse_kind(BASIC).map_err(|_| Rule::NoWayBack)
    }

    /// Whether somebody else may have Concurrent Meeting `Basic` or `Plus`.
    pub(super) fn refuse_concurrent(&self, level: &str) -> Result<(), Rule> {
        let maximum = match level {
            "Basic" => self.account.maximum_concurrent_basic,
            "Plus" => self.account.maximum_concurrent_plus,
            _ => return Ok(()),
        };
        let has = |person: &Person| person.feature("concurrent_meeting").and_then(|held| held.as_str()) == Some(level);
        match (maximum, level) {
            (Some(0), "Basic") => Err(Rule::NoConcurrentBasic),
            (Some(0), _) => Err(Rule::NoConcurrentPlus),
            (Some(most), "Basic") if self.count(has) >= most => Err(Rule::ConcurrentBasicFull(most)),
            (Some(most), _) if self.count(has) >= most => Err(Rule::ConcurrentPlusFull(most)),
            _ => Ok(()),
        }
    }

    /// Whether one more sales or whiteboard licence is there.
    pub(super) fn refuse_sales(&self) -> Result<(), Rule> {
        let has = |person: &Person| person.has_feature("zoom_revenue_accelerator");
        if self.is_full(self.account.maximum_sales, has) { Err(Rule::SalesFull) } else { Ok(()) }
    }

    /// Who has a personal link name.
    pub(super) fn holder_of_vanity(&self, name: &str) -> Option<usize> {
        let named = |person: &Person| {
            let held = person.edits().and_then(|edits| edits.vanity_name.as_deref());
            person.status != Status::Gone && held.is_some_and(|held| held.eq_ignore_ascii_case(name))
        };
        self.people.iter().position(named)
    }
}
