//! Reads places: the part of the index that says where a person can go and what can be done there.

use serde_json::Value;

use super::{Members, Read};
use crate::place::{
    Action, Apart, Column, ColumnKind, Each, Filter, Head, List, Many, Open, Pick, Place, Reveal, Sides, Tab,
};

impl Read for Place {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            id: of.text("id")?,
            vendor: of.text("vendor")?,
            path: of.text("path")?,
            title: of.text("title")?,
            icon: of.text_or_empty("icon"),
            key: of.text_or_empty("key"),
            above: of.text("above"),
            head: of.maybe("head")?,
            sides: of.maybe("sides")?,
            tabs: of.list("tabs", Tab::read)?,
            actions: of.list("actions", Action::read)?,
            card: of.maybe("card")?,
        })
    }
}

impl Read for Sides {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { label: of.text("label")?, list: of.one("list")?, open: of.one("open")?, usual: of.text("usual")? })
    }
}

impl Read for Head {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            read: of.one("read")?,
            name: of.texts("name")?,
            people: of.text("people"),
            facts: of.list("facts", Column::read)?,
        })
    }
}

impl Read for Tab {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            id: of.text("id")?,
            title: of.text("title")?,
            help: of.text_or_empty("help"),
            form: of.text("form"),
            list: of.maybe("list")?,
            summary: of.maybe("summary")?,
            actions: of.list("actions", Action::read)?,
        })
    }
}

impl Read for List {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            read: of.one("read")?,
            query: of.pairs("query")?,
            rows: of.text("rows")?,
            key: of.text("key")?,
            size: of.number("size").unwrap_or_default(),
            size_param: of.text_or_empty("size_param"),
            columns: of.list("columns", Column::read)?,
            filters: of.list("filters", Filter::read)?,
            open: of.maybe("open")?,
            bulk: of.text("bulk"),
            actions: of.list("actions", Action::read)?,
            chosen: of.list("chosen", Action::read)?,
            empty: of.text_or_empty("empty"),
            count: of.pairs("count")?,
        })
    }
}

impl Read for Column {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        let kind = kind(&mut of);
        let (label, choices, reveal) = (of.text("label")?, of.pairs("choices")?, of.maybe("reveal")?);
        Some(Self { at: of.text("at")?, label, kind, choices, reveal })
    }
}

impl Read for Reveal {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { read: of.one("read")?, params: of.pairs("params")?, at: of.text("at")? })
    }
}

fn kind(of: &mut Members) -> ColumnKind {
    match of.text_or_empty("kind").as_str() {
        "number" => ColumnKind::Number,
        "time" => ColumnKind::Time,
        "secret" => ColumnKind::Secret,
        _ => ColumnKind::Text,
    }
}

impl Read for Filter {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            label: of.text("label")?,
            param: of.text("param"),
            at: of.text("at"),
            kind: kind(&mut of),
            choices: of.pairs("choices")?,
            from: of.maybe("from")?,
        })
    }
}

impl Read for Pick {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { list: of.one("list")?, item: of.pairs("item")?, typed: of.text("typed"), ask: of.texts("ask")? })
    }
}

impl Read for Open {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { place: of.text("place")?, params: of.pairs("params")? })
    }
}

impl Read for Action {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            call: of.one("call")?,
            label: of.text("label")?,
            title: of.text("title")?,
            text: of.text_or_empty("text"),
            done: of.text_or_empty("done"),
            danger: of.flag("danger"),
            before: of.maybe("before")?,
            form: of.text("form"),
            params: of.pairs("params")?,
            body: of.pairs("body")?,
            fill: of.pairs("fill")?,
            when: of.pairs("when")?,
            many: of.maybe("many")?,
            result: of.list("result", Column::read)?,
            each: of.maybe("each")?,
            leaves: of.flag("leaves"),
            file: of.text("file"),
        })
    }
}

impl Read for Each {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            key: of.text("key")?,
            name: of.text("name")?,
            done: of.text("done")?,
            failed: of.text("failed")?,
            ids: of.text("ids")?,
            reason: of.text("reason")?,
            choices: of.pairs("choices")?,
        })
    }
}

impl Read for Many {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { at: of.text("at")?, item: of.pairs("item")?, size: of.number("size")?, apart: of.maybe("apart")? })
    }
}

impl Read for Apart {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { at: of.text("at")?, value: of.text("value")?, size: of.number("size")? })
    }
}
