//! The rows of a list without their looks: kept small, because there may be a hundred thousand, found and put in order.
//! Plain Rust with host tests; must not know signals, the DOM or HTTP.

use roomkey_schema::form::value_text;
use roomkey_schema::json;
use roomkey_schema::place::{Action, ColumnKind, List};
use serde_json::{Map, Value};

use crate::words::compare;

/// Between the values of a row.
const END: char = '\u{1f}';

/// Up to here names are put in order as people expect it; beyond, letter by letter, which takes no time.
const FEW: usize = 2_000;

/// All rows that were read.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Pointers of the values that are kept of each row; the columns first.
    kept: Vec<String>,
    columns: usize,
    texts: Vec<Box<str>>,
    /// What is searched, in small letters.
    folded: Vec<Box<str>>,
    /// Rows in the order of a column, and for how many rows and which column that is.
    order: Vec<usize>,
    ordered: Option<(usize, usize)>,
    /// What was looked for last and the rows that fitted, in that order.
    last: (Wanted, Vec<usize>),
}

/// What of the rows is shown, and in which order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wanted {
    /// What is looked for in the columns, all words of it.
    pub(crate) needle: String,
    /// Pointer and value that a row must have there.
    pub(crate) only: Vec<(String, String)>,
    /// Index of a column.
    pub(crate) by: usize,
    /// The other way round.
    pub(crate) descending: bool,
}

impl Rows {
    /// No rows yet of that list.
    pub(crate) fn of(list: &List) -> Self {
        let mut kept: Vec<String> = list.columns.iter().map(|column| column.at.clone()).collect();
        let mut keep = |pointer: &str| {
            if !kept.iter().any(|known| known == pointer) {
                kept.push(pointer.to_owned());
            }
        };
        keep(&list.key);
        for reveal in list.columns.iter().filter_map(|column| column.reveal.as_ref()) {
            reveal.params.values().for_each(|pointer| keep(pointer));
        }
        for filter in &list.filters {
            filter.at.iter().for_each(|pointer| keep(pointer));
        }
        if let Some(open) = &list.open {
            open.params.values().for_each(|pointer| keep(pointer));
        }
        for action in list.actions.iter().chain(&list.chosen) {
            pointers(action).for_each(&mut keep);
        }
        Self { columns: list.columns.len(), kept, ..Self::default() }
    }

    /// Takes rows of an answer over.
    pub(crate) fn add(&mut self, rows: &[Value]) {
        for row in rows {
            let values: Vec<String> = self.kept.iter().map(|pointer| text_at(row, pointer)).collect();
            let searched = values.get(..self.columns).unwrap_or_default().join(" ");
            self.folded.push(searched.to_lowercase().into());
            self.texts.push(values.join("\u{1f}").into());
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The value of a row at a pointer; empty when there is none.
    pub(crate) fn value(&self, row: usize, pointer: &str) -> &str {
        let at = self.kept.iter().position(|known| known == pointer);
        at.and_then(|at| self.texts.get(row)?.split(END).nth(at)).unwrap_or_default()
    }

    /// A row as what is done to it takes it: everything that is kept of it.
    pub(crate) fn subject(&self, row: usize) -> Value {
        // Rows that are no objects are their only value.
        if self.kept.iter().any(String::is_empty) {
            return Value::from(self.value(row, ""));
        }
        let mut subject = Value::Object(Map::new());
        for pointer in &self.kept {
            json::put(&mut subject, pointer, Value::from(self.value(row, pointer)));
        }
        subject
    }

    fn cell(&self, row: usize, column: usize) -> &str {
        self.texts.get(row).and_then(|row| row.split(END).nth(column)).unwrap_or_default()
    }

    /// Indices of the rows that are wanted, in order.
    pub(crate) fn arranged(&mut self, wanted: &Wanted, kinds: &[ColumnKind]) -> Vec<usize> {
        let number = !matches!(kinds.get(wanted.by), None | Some(ColumnKind::Text | ColumnKind::Time));
        self.put_in_order(wanted.by, number);
        let words: Vec<String> = wanted.needle.split_whitespace().map(str::to_lowercase).collect();
        let fits = |row: &usize| {
            let text = self.folded.get(*row).map(|text| &**text).unwrap_or_default();
            let is =
                |(pointer, value): &(String, String)| self.value(*row, pointer).split(", ").any(|one| one == value);
            words.iter().all(|word| has(text, word)) && wanted.only.iter().all(is)
        };
        // One more letter only leaves out some of those that fitted without it.
        let (before, fitted) = &self.last;
        let narrower = wanted.needle.starts_with(&before.needle) && wanted.only == before.only;
        let from = if narrower && !before.needle.is_empty() { fitted } else { &self.order };
        let mut found: Vec<usize> = from.iter().copied().filter(fits).collect();
        self.last = (wanted.clone(), found.clone());
        if !number && found.len() <= FEW {
            found.sort_by(|a, b| compare(self.cell(*a, wanted.by), self.cell(*b, wanted.by)));
        }
        if wanted.descending {
            found.reverse();
        }
        found
    }

    /// Puts all rows in order once, so that looking for something only leaves rows out.
    fn put_in_order(&mut self, by: usize, number: bool) {
        if self.ordered == Some((self.len(), by)) {
            return;
        }
        let key = |row: usize| {
            let cell = self.cell(row, by);
            if number { format!("{cell:0>20}") } else { cell.to_lowercase() }
        };
        let mut keys: Vec<(String, usize)> = (0..self.len()).map(|row| (key(row), row)).collect();
        keys.sort_unstable();
        self.order = keys.into_iter().map(|(_, row)| row).collect();
        self.ordered = Some((self.len(), by));
        self.last = Default::default();
    }

    /// Up to so many rows that fit a text best, and how many fit: what begins with it comes first.
    pub(crate) fn best(&self, needle: &str, most: usize) -> (Vec<usize>, usize) {
        let needle = needle.trim().to_lowercase();
        let words: Vec<&str> = needle.split_whitespace().collect();
        let rank = |row: usize| {
            let text = self.folded.get(row).map(|text| &**text).unwrap_or_default();
            (!text.starts_with(&needle), text)
        };
        let mut best: Vec<usize> = Vec::new();
        let mut count = 0;
        for row in 0..self.len() {
            if !words.iter().all(|word| has(rank(row).1, word)) {
                continue;
            }
            count += 1;
            let at = best.partition_point(|known| rank(*known) <= rank(row));
            if at < most {
                best.insert(at, row);
                best.truncate(most);
            }
        }
        (best, count)
    }

    /// The values that stand somewhere at a pointer, each once, in order. Lists count item by item.
    pub(crate) fn values(&self, pointer: &str) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for row in 0..self.len() {
            for value in self.value(row, pointer).split(", ").filter(|value| !value.is_empty()) {
                if let Err(at) = values.binary_search_by(|known| known.as_str().cmp(value)) {
                    values.insert(at, value.to_owned());
                }
            }
        }
        values
    }
}

/// Whether a text has a word in it. Rows are short and there are many: the standard search would prepare itself anew for
/// each, which takes several times as long as looking.
fn has(text: &str, word: &str) -> bool {
    let text = text.as_bytes();
    let Some((first, rest)) = word.as_bytes().split_first() else { return true };
    let mut at = text.iter().enumerate().filter(|(_, byte)| *byte == first);
    at.any(|(at, _)| text.get(at + 1..).is_some_and(|after| after.starts_with(rest)))
}

/// What an action takes from a row.
fn pointers(action: &Action) -> impl Iterator<Item = &str> {
    let many = action.many.iter().flat_map(|many| many.item.values());
    let given = action.params.values().chain(action.body.values()).chain(action.fill.values());
    given.chain(many).map(String::as_str).filter(|pointer| pointer.is_empty() || pointer.starts_with('/'))
}

/// A value as one line: texts of a list one after the other.
pub(crate) fn text_at(value: &Value, pointer: &str) -> String {
    match value.pointer(pointer) {
        None | Some(Value::Null) => String::new(),
        Some(Value::Array(items)) => items.iter().map(value_text).collect::<Vec<_>>().join(", "),
        Some(value) => value_text(value).replace(END, " "),
    }
}

#[cfg(test)]
mod tests {
    use roomkey_schema::place::{Column, Filter, Reveal};
    use serde_json::json;

    use super::*;

    fn people() -> (Rows, List) {
        let column = |at: &str, kind| Column { at: at.into(), label: at.into(), kind, ..Column::default() };
        let list = List {
            key: "/id".into(),
            columns: vec![column("/name", ColumnKind::Text), column("/rooms", ColumnKind::Number)],
            filters: vec![Filter { at: Some("/groups".into()), ..Filter::default() }],
            ..List::default()
        };
        let mut rows = Rows::of(&list);
        rows.add(&[
            json!({"id": "1", "name": "Zoë Brandt", "rooms": 10, "groups": ["a", "b"]}),
            json!({"id": "2", "name": "adam Okoro", "rooms": 9, "groups": ["b"]}),
            json!({"id": "3", "name": "Brandt, Mia", "groups": []}),
        ]);
        (rows, list)
    }

    #[test]
    fn what_a_secret_of_a_row_is_read_with_is_kept() {
        let params = [("scoId".to_owned(), "/sco_id".to_owned())].into_iter().collect();
        let reveal = Some(Reveal { params, ..Reveal::default() });
        let secret = Column { at: "/passcode".into(), kind: ColumnKind::Secret, reveal, ..Column::default() };
        let mut rows = Rows::of(&List { key: "/name".into(), columns: vec![secret], ..List::default() });
        rows.add(&[json!({"name": "Ward", "sco_id": 7, "passcode": true})]);
        assert_eq!((rows.value(0, "/passcode"), rows.value(0, "/sco_id")), ("true", "7"));
    }

    fn ids(wanted: &Wanted) -> Vec<String> {
        let (mut rows, list) = people();
        let kinds: Vec<_> = list.columns.iter().map(|column| column.kind).collect();
        rows.arranged(wanted, &kinds).into_iter().map(|row| rows.value(row, "/id").to_owned()).collect()
    }

    #[test]
    fn arranged_by_name_whatever_the_case_and_by_number_as_numbers() {
        assert_eq!(ids(&Wanted::default()), ["2", "3", "1"]);
        assert_eq!(ids(&Wanted { by: 1, ..Wanted::default() }), ["3", "2", "1"]);
        assert_eq!(ids(&Wanted { by: 1, descending: true, ..Wanted::default() }), ["1", "2", "3"]);
    }

    #[test]
    fn arranged_keeps_rows_with_every_word_and_the_wanted_value() {
        assert_eq!(ids(&Wanted { needle: "BRANDT zoë".into(), ..Wanted::default() }), ["1"]);
        assert_eq!(ids(&Wanted { only: vec![("/groups".into(), "b".into())], ..Wanted::default() }), ["2", "1"]);
        assert!(ids(&Wanted { needle: "nobody".into(), ..Wanted::default() }).is_empty());
        assert_eq!(ids(&Wanted { needle: "ë BR ndt".into(), ..Wanted::default() }), ["1"]);
    }

    #[test]
    fn arranged_one_letter_more_or_less_or_another_order_is_as_from_the_beginning() {
        let (mut rows, list) = people();
        let kinds: Vec<_> = list.columns.iter().map(|column| column.kind).collect();
        let wanted = |needle: &str, by| Wanted { needle: needle.into(), by, ..Wanted::default() };
        let asked = [("b", 0), ("br", 0), ("br", 1), ("bra", 1), ("br m", 1), ("b", 1), ("", 0), ("o", 0), ("ok", 0)];
        for (needle, by) in asked {
            assert_eq!(rows.arranged(&wanted(needle, by), &kinds), people().0.arranged(&wanted(needle, by), &kinds));
        }
        let only = Wanted { only: vec![("/groups".into(), "a".into())], ..wanted("o", 0) };
        rows.arranged(&only, &kinds);
        assert_eq!(rows.arranged(&wanted("ok", 0), &kinds), [1]);
        rows.add(&[json!({"id": "4", "name": "Oke Brandt"})]);
        assert_eq!(rows.arranged(&wanted("ok", 0), &kinds), [1, 3]);
    }

    #[test]
    fn best_of_a_text_are_those_that_begin_with_it_then_by_name() {
        let (mut rows, _) = people();
        rows.add(&[json!({"id": "4", "name": "Ada Brandt"})]);
        assert_eq!(rows.best("brandt", 8), (vec![2, 3, 0], 3));
        assert_eq!(rows.best("BRANDT ", 1), (vec![2], 3));
        assert_eq!(rows.best("", 2), (vec![3, 1], 4));
        assert_eq!(rows.best("nobody", 8), (vec![], 0));
    }

    #[test]
    fn values_of_lists_count_one_by_one_and_what_is_missing_is_empty() {
        let (rows, _) = people();
        assert_eq!(rows.values("/groups"), ["a", "b"]);
        assert_eq!(rows.value(2, "/rooms"), "");
        assert_eq!(rows.value(9, "/name"), "");
    }

    #[test]
    fn subject_is_all_that_is_kept_of_a_row_and_a_plain_value_is_itself() {
        let (rows, _) = people();
        let expected = json!({"id": "1", "name": "Zoë Brandt", "rooms": "10", "groups": "a, b"});
        assert_eq!(rows.subject(0), expected);
        let mut plain = Rows::of(&List { columns: vec![Column::default()], ..List::default() });
        plain.add(&[json!("user:read")]);
        assert_eq!(plain.subject(0), json!("user:read"));
    }
}
