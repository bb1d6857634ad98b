//! What the record is asked for, read from an address. Whatever does not fit is named. Must not look into the record.

use roomkey_schema::wire::FieldProblem;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::App;
use crate::audit::entry::{Kind as EntryKind, Result as Ended};
use crate::clock::{parse_rfc3339, rfc3339_ms};
use crate::http::fault::{Fault, Kind};
use crate::http::query;
use crate::store::entries::{OPEN, Search};
use crate::words::fill;

/// Entries on a page, when nobody says how many.
const USUAL: u32 = 50;
/// Entries on a page at most.
const MOST: u32 = 200;
/// Objects that are asked for at once at most.
const MOST_OBJECTS: usize = 100;
/// Longest value of a parameter, in characters.
const LONGEST: usize = 256;

/// A page of what is looked for.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) search: Search,
    pub(super) limit: u32,
    /// What else was asked for, such as the kind of a file.
    pub(super) more: Vec<(String, String)>,
}

/// Reads the parameters. Those named in `more` are handed on; others that nobody knows are refused.
pub(super) fn read(app: &App, raw: &str, more: &[&str]) -> Result<Asked, Fault> {
    let details = &app.words.details;
    let mut asked = Asked { limit: USUAL, ..Asked::default() };
    let mut problems = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in query::pairs(&app.words, raw)? {
        if name != "object" && seen.contains(&name) {
            return Err(Fault::new(Kind::BadRequest).detail(fill(&details.query_twice, &[("name", &name)])));
        }
        seen.push(name.clone());
        let detail = if value.chars().count() > LONGEST {
            Some(&details.record_long)
        } else {
            take(app, &mut asked, &name, value, more)
        };
        if let Some(detail) = detail {
            problems.push(FieldProblem { pointer: name, detail: detail.clone() });
        }
    }
    if problems.is_empty() { Ok(asked) } else { Err(refused(app, problems)) }
}

/// What is wrong with one parameter.
pub(super) fn wrong(app: &App, name: &str, detail: &str) -> Fault {
    refused(app, vec![FieldProblem { pointer: name.to_owned(), detail: detail.to_owned() }])
}

fn refused(app: &App, problems: Vec<FieldProblem>) -> Fault {
    let named: Vec<&str> = problems.iter().map(|problem| problem.pointer.as_str()).collect();
    let detail = fill(&app.words.details.record_parameters, &[("names", &named.join(", "))]);
    Fault::new(Kind::Validation).detail(detail).fields(problems)
}

/// Takes one parameter; answers what is wrong with it.
fn take<'a>(app: &'a App, asked: &mut Asked, name: &str, value: String, more: &[&str]) -> Option<&'a String> {
    let details = &app.words.details;
    let search = &mut asked.search;
    let is_empty = value.trim().is_empty();
    match name {
        // A filter that a form sends along empty is none.
        "actor" | "vendor" | "operation" | "kind" | "result" | "from" | "until" | "q" if is_empty => None,
        "actor" => put(&mut search.actor, value),
        "operation" => put(&mut search.operation, value),
        "q" => put(&mut search.text, value.trim().to_ascii_lowercase()),
        "vendor" if knows(app, &value) => put(&mut search.vendor, value),
        "kind" if is_one_of::<EntryKind>(&value) => put(&mut search.kind, value),
        "result" if value == OPEN || is_one_of::<Ended>(&value) => put(&mut search.result, value),
        "vendor" | "kind" | "result" => Some(&details.record_choice),
        "from" | "until" => match parse_rfc3339(&value) {
            Some(at_ms) if name == "from" => put(&mut search.from, rfc3339_ms(at_ms)),
            Some(at_ms) => put(&mut search.until, rfc3339_ms(at_ms)),
            None => Some(&details.record_moment),
        },
        "object" if search.objects.len() == MOST_OBJECTS => Some(&details.record_objects),
        "object" => match value.split_once(':') {
            Some((vendor, id)) if knows(app, vendor) && !id.is_empty() => {
                search.objects.push((vendor.to_owned(), id.to_owned()));
                None
            }
            _ => Some(&details.record_object),
        },
        "before" => match value.parse() {
            Ok(before @ 1..) => put(&mut search.before, before),
            _ => Some(&details.record_before),
        },
        "limit" => match value.parse() {
            Ok(limit @ 1..=MOST) => {
                asked.limit = limit;
                None
            }
            _ => Some(&details.record_limit),
        },
        _ if more.contains(&name) => {
            asked.more.push((name.to_owned(), value));
            None
        }
        _ => Some(&details.record_unknown),
    }
}

fn put<'a, T>(place: &mut Option<T>, value: T) -> Option<&'a String> {
    *place = Some(value);
    None
}

fn knows(app: &App, vendor: &str) -> bool {
    app.catalog.operations().iter().any(|operation| operation.vendor == vendor)
}

fn is_one_of<T: DeserializeOwned>(name: &str) -> bool {
    serde_json::from_value::<T>(Value::from(name)).is_ok()
}
