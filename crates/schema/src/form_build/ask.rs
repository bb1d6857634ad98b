//! The form of an action: what somebody has to say for an operation that is only written. Must not ask for what is given, or
//! for what follows from the rest.

use std::collections::BTreeMap;

use super::{Keyed, in_order, keys_of, row, row_id};
use crate::form::{Call, FieldWords, Form, Leaf, Row, Section, Source};
use crate::json::child;
use crate::node::{Node, Shape};
use crate::operation::Operation;
use crate::words::fallback_label;

/// What an action has to ask for.
pub(crate) struct Asked<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) operation: &'a Operation,
    /// By key: pointer into the body, or `?` and the name of a parameter.
    pub(crate) words: &'a BTreeMap<String, FieldWords>,
    /// Keys that come first.
    pub(crate) first: &'a [String],
    /// Whether somebody else gives the value of a key.
    pub(crate) given: &'a dyn Fn(&str) -> bool,
}

/// The form of an action: members of its body and parameters of its query that nobody gives. None when there are none.
pub(crate) fn ask(asked: &Asked<'_>) -> Option<Form> {
    let Asked { operation, .. } = asked;
    let source = |query| Source { query, write: Some(Call::to(operation)), ..Source::default() };
    let mut found = Vec::new();
    if let Some(body) = operation.variants.first().and_then(|variant| variant.request.as_ref()) {
        body.leaves(&mut |pointer, node| {
            // What follows from the others is not asked for.
            if operation.following().any(|known| known == pointer) {
                return;
            }
            let required = body.requires(&keys_of(&pointer));
            found.push((pointer.clone(), 0, pointer, node, required));
        });
    }
    let text = Node::new(Shape::Text { min: Some(1), max: None, email: false, pin: None, choices: Vec::new() });
    let in_path = operation.path.params().map(|name| (name, &text, true));
    let in_query =
        operation.query.iter().map(|parameter| (parameter.name.as_str(), &parameter.node, parameter.required));
    for (name, node, required) in in_path.chain(in_query) {
        found.push((format!("?{name}"), 1, child("", name), node, required));
    }
    let rows: Vec<Keyed> = found
        .into_iter()
        .filter(|(key, ..)| !(asked.given)(key))
        .map(|(key, source, pointer, node, required)| {
            let mut words = asked.words.get(&key).cloned().unwrap_or_default();
            if words.label.is_empty() {
                words.label = fallback_label(pointer.rsplit('/').next().unwrap_or_default(), None);
            }
            let secret = source == 0 && operation.secrets.contains(&pointer);
            let rule = operation.completion.iter().find(|rule| source == 0 && rule.pointer == pointer);
            let usual = rule.and_then(|rule| rule.usual.clone()).filter(|value| !value.is_null());
            let above = dependence(operation, source, &pointer);
            let leaf = Leaf {
                source,
                pointer,
                node: node.clone(),
                words,
                required,
                secret,
                usual,
                reveal: false,
                pick: Vec::new(),
            };
            let (parent, on) = above.map_or((None, None), |(parent, on)| (Some(parent), on));
            Keyed { row: Row { parent, on, ..row(row_id(key.trim_start_matches('?')), leaf) }, key }
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let section = Section { id: "ask".to_owned(), title: asked.title.to_owned(), rows: in_order(rows, asked.first) };
    Some(Form {
        id: asked.id.to_owned(),
        vendor: operation.vendor.clone(),
        title: asked.title.to_owned(),
        params: operation.path.params().map(str::to_owned).collect(),
        sources: vec![source(false), source(true)],
        sections: vec![section],
        placed: true,
        above: None,
    })
}

/// The row that one of a body depends on, as the document says it, with the value that counts unless that is being on.
fn dependence(operation: &Operation, source: usize, pointer: &str) -> Option<(String, Option<String>)> {
    let rules = operation.completion.iter().filter(|rule| source == 0 && rule.holds(pointer));
    let (at, is) = rules.filter_map(|rule| Some((rule.pointer.len(), rule.only.as_ref()?))).max()?.1;
    Some((row_id(at), Some(is.clone()).filter(|is| is != "true")))
}
