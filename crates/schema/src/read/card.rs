//! Reads cards and what can be reset: the part of a place that stands beside those of other vendors.

use serde_json::Value;

use super::{Members, Read};
use crate::card::{Card, Fact, Part, Reset};
use crate::place::Column;

impl Read for Card {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            title: of.text("title")?,
            state: of.list("state", Column::read)?,
            reads: of.list("reads", Part::read)?,
            above: of.maybe("above")?,
            rows: of.maybe("rows")?,
            resets: of.list("resets", Reset::read)?,
        })
    }
}

impl Read for Part {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { read: of.one("read")?, query: of.pairs("query")?, facts: of.list("facts", Fact::read)? })
    }
}

impl Read for Fact {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        let (column, when) = (of.one("column")?, of.pairs("when")?);
        Some(Self { column, when, bound: of.maybe("bound")?, groups: of.flag("groups") })
    }
}

impl Read for Reset {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            id: of.text("id")?,
            action: of.one("action")?,
            at: of.text("at")?,
            label: of.text("label")?,
            help: of.text_or_empty("help"),
            rule: of.any("rule")?,
            before: of.maybe("before")?,
            tab: of.text_or_empty("tab"),
            for_row: of.flag("for_row"),
        })
    }
}
