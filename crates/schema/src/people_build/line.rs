//! What the index keeps of a row. Takes what the data names and nothing else.

use std::collections::BTreeSet;

use litemap::LiteMap;
use serde_json::Value;

use super::Listing;
use crate::json::all;
use crate::path::PathParams;
use crate::people::Kind;
use crate::scope::Unit;

/// A person's account at one vendor, or a meeting.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// Its id at the vendor.
    pub id: String,
    /// What people call it, as it is shown.
    pub name: String,
    /// What else it is called.
    pub other_names: Vec<String>,
    /// Its addresses as the vendor writes them, the main one first.
    pub emails: Vec<String>,
    /// What else the vendor knows it by.
    pub ids: Vec<String>,
    /// Department; empty when there is none.
    pub department: String,
    /// What it belongs to.
    pub units: BTreeSet<Unit>,
    /// Whose meeting it is: an address or an id; empty when the list does not say.
    pub host: String,
    /// Id of the place that shows it.
    pub place: String,
    /// Path parameters of that place.
    pub params: LiteMap<String, String>,
}

/// The line of a row.
pub(super) fn of(listing: &Listing, row: &Value, given: &PathParams) -> Option<Line> {
    let first = |pointers: &[String]| pointers.iter().find_map(|pointer| texts(row, pointer).next());
    let id = first(&listing.key)?;
    let all = |pointers: &[String]| {
        let mut all: Vec<String> = Vec::new();
        for text in pointers.iter().flat_map(|pointer| texts(row, pointer)) {
            if !all.contains(&text) {
                all.push(text);
            }
        }
        all
    };
    let emails: Vec<String> = all(&listing.emails).into_iter().filter(|text| text.contains('@')).collect();
    let mut names: Vec<String> = Vec::new();
    for parts in &listing.names {
        let name = parts.iter().flat_map(|pointer| texts(row, pointer)).collect::<Vec<_>>().join(" ");
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let mut names = names.into_iter();
    let name = names.next().or_else(|| emails.first().cloned()).unwrap_or_else(|| id.clone());
    let (vendor, unit) = (&listing.vendor, |kind: &str| kind.split_once('.').map(|(_, kind)| kind.to_owned()));
    let units = listing.units.iter().filter_map(|(kind, pointer)| Some((unit(kind)?, pointer)));
    let units = units.flat_map(|(kind, pointer)| {
        texts(row, pointer).map(move |id| Unit { vendor: vendor.clone(), kind: kind.clone(), id })
    });
    let param = |from: &[String]| {
        from.iter().find_map(|from| match from.strip_prefix('{').and_then(|from| from.strip_suffix('}')) {
            Some(name) => given.get(name).cloned(),
            None => texts(row, from).next(),
        })
    };
    let params = listing.open.params.iter();
    let params = params.map(|(name, from)| Some((name.clone(), param(from)?))).collect::<Option<LiteMap<_, _>>>()?;
    Some(Line {
        kind: listing.kind,
        name,
        other_names: names.collect(),
        ids: all(&listing.ids),
        department: listing.department.as_ref().and_then(|at| texts(row, at).next()).unwrap_or_default(),
        units: units.collect(),
        host: first(&listing.host).unwrap_or_default(),
        place: listing.open.place.clone(),
        params,
        emails,
        id,
    })
}

/// Texts and numbers at a pointer in which `*` stands for every item of a list; those without a letter are left out.
pub(super) fn texts<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = String> + use<'a> {
    all(value, pointer).into_iter().filter_map(|value| match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}
