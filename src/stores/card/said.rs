//! What the facts of a card say: which of them hold, their values as text, and whose locks bind them. Plain Rust; must not
//! know signals, the DOM or HTTP.

use roomkey_schema::card::{Card, Fact};
use roomkey_schema::place::Column;
use serde_json::Value;

use crate::stores::above::Group;
use crate::stores::list::rows::text_at;

/// One fact as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Said {
    /// What it is, and its words.
    pub(crate) column: Column,
    /// Its values as text, one after the other.
    pub(crate) texts: Vec<String>,
    /// Names of the groups that lock it.
    pub(crate) locked_by: Vec<String>,
    /// Whether the values are groups whose names are not known.
    pub(crate) unnamed: bool,
}

/// The facts that hold.
pub(crate) fn facts(card: &Card, values: &[Value], groups: Option<&[Group]>) -> Vec<Said> {
    let parts = card.reads.iter().zip(values);
    let facts = parts.flat_map(|(part, value)| part.facts.iter().map(move |fact| (fact, value)));
    let holding = facts.filter(|(fact, value)| fact.when.iter().all(|(at, wanted)| text_at(value, at) == *wanted));
    holding.map(|(fact, value)| one(fact, value, groups)).collect()
}

fn one(fact: &Fact, value: &Value, groups: Option<&[Group]>) -> Said {
    let mut texts = texts_at(value, &fact.column.at);
    let locked_by = fact.bound.as_ref().map(|bound| {
        let locks = |group: &&Group| {
            group.locks.get(bound.source).and_then(|locks| locks.pointer(&bound.pointer)) == Some(&Value::Bool(true))
        };
        groups.unwrap_or_default().iter().filter(locks).map(|group| group.name.clone()).collect()
    });
    if let Some(groups) = groups.filter(|_| fact.groups) {
        texts = groups.iter().map(|group| group.name.clone()).collect();
    }
    let unnamed = fact.groups && groups.is_none();
    Said { column: fact.column.clone(), texts, locked_by: locked_by.unwrap_or_default(), unnamed }
}

/// The values at a pointer in which `*` stands for every item of a list. A list at its end is its items.
fn texts_at(value: &Value, pointer: &str) -> Vec<String> {
    if let Some((list, rest)) = pointer.split_once("/*") {
        let items = value.pointer(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        return items.iter().flat_map(|item| texts_at(item, rest)).collect();
    }
    let texts = match value.pointer(pointer) {
        Some(Value::Array(items)) => items.iter().map(|item| text_at(item, "")).collect(),
        _ => vec![text_at(value, pointer)],
    };
    texts.into_iter().filter(|text: &String| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use roomkey_schema::card::Part;
    use roomkey_schema::form::Bound;
    use serde_json::json;

    use super::*;

    fn fact(at: &str) -> Fact {
        Fact { column: Column { at: at.into(), ..Column::default() }, ..Fact::default() }
    }

    fn card(facts: Vec<Fact>) -> Card {
        Card { reads: vec![Part { facts, ..Part::default() }], ..Card::default() }
    }

    fn group(name: &str, locks: Value) -> Group {
        Group { id: name.into(), name: name.into(), locks: vec![locks] }
    }

    #[test]
    fn facts_are_said_only_where_they_hold() {
        let when = [("/on".to_owned(), "true".to_owned())].into_iter().collect();
        let card = card(vec![Fact { when, ..fact("/minutes") }, fact("/on")]);
        let at = |value: Value| -> Vec<Vec<String>> {
            facts(&card, &[value], None).into_iter().map(|said| said.texts).collect()
        };
        assert_eq!(at(json!({"on": true, "minutes": 10})), [["10"], ["true"]]);
        assert_eq!(at(json!({"on": false, "minutes": 10})), [["false"]]);
    }

    #[test]
    fn a_star_stands_for_every_item_of_a_list() {
        let card = card(vec![fact("/hosts/*/email"), fact("/tags"), fact("/none/*/x")]);
        let value = json!({"hosts": [{"email": "a@b"}, {"name": "x"}, {"email": "c@d"}], "tags": ["x", "y"]});
        let said = facts(&card, &[value], None);
        assert_eq!(said[0].texts, ["a@b", "c@d"]);
        assert_eq!(said[1].texts, ["x", "y"]);
        assert!(said[2].texts.is_empty());
    }

    #[test]
    fn locks_name_the_groups_that_have_them_and_ids_of_groups_become_names() {
        let bound = Some(Bound { source: 0, pointer: "/waiting".into() });
        let card = card(vec![Fact { bound, ..fact("/waiting") }, Fact { groups: true, ..fact("/group_ids") }]);
        let value = json!({"waiting": true, "group_ids": ["1", "2"]});
        let groups = [group("Clinical", json!({"waiting": true})), group("Teaching", json!({"waiting": false}))];
        let said = facts(&card, std::slice::from_ref(&value), Some(&groups));
        assert_eq!(said[0].locked_by, ["Clinical"]);
        assert_eq!((said[1].texts.clone(), said[1].unnamed), (vec!["Clinical".into(), "Teaching".into()], false));
        let unnamed = facts(&card, &[value], None);
        assert!(unnamed[0].locked_by.is_empty() && unnamed[1].unnamed);
        assert_eq!(unnamed[1].texts, ["1", "2"]);
    }
}
