//! Whom an operation is about: what in a request and in its answer names people or their meetings. For callers who reach
//! only a part of the organisation. Pure; must not know who is in which part.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::path::PathParams;

/// `x-scope` of an operation. Without it, an operation is closed to whoever reaches only a part.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Reach {
    /// Parameters of path or query that name somebody, or somebody's meeting.
    pub params: Vec<String>,
    /// Pointers into the body that do; `*` stands for every item of a list.
    pub body: Vec<String>,
    /// Rows of the answer, of which only those within reach are shown.
    pub rows: Option<Rows>,
    /// Its parameters name parts of the organisation of this kind, such as `group`, and nobody in them.
    pub unit: Option<String>,
    /// Whether it is about nobody, such as a list of sites.
    pub nobody: bool,
    /// How the vendor is asked whose something is that the people index knows nobody for.
    pub ask: Option<Ask>,
}

/// Reads one thing to see whose it is.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Id of the operation that reads it.
    pub read: String,
    /// The parameter of its path that names it.
    pub param: String,
    /// Pointer of what names its people, in the answer; `*` stands for every item of a list.
    pub whose: String,
}

/// Rows that are each about somebody.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// Pointer of the list.
    pub at: String,
    /// Pointer of what names whom a row is about, in the row.
    pub id: String,
}

impl Reach {
    /// Everybody whom a request names; none when it must name somebody and does not.
    pub fn named(
        &self,
        params: &PathParams,
        query: &BTreeMap<String, String>,
        body: Option<&Value>,
    ) -> Option<Vec<String>> {
        let parameter = |name: &String| params.get(name).or_else(|| query.get(name)).filter(|value| !value.is_empty());
        let mut named: Vec<String> = self.params.iter().filter_map(parameter).cloned().collect();
        for pointer in &self.body {
            let values = crate::json::all(body.unwrap_or(&Value::Null), pointer);
            named.extend(
                values.into_iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
            );
        }
        (self.nobody || self.rows.is_some() || !named.is_empty()).then_some(named)
    }

    /// Whether a request's parameters name somebody, so that the rows of its answer are that person's.
    pub fn is_of_somebody(&self, params: &PathParams, query: &BTreeMap<String, String>) -> bool {
        let is_there =
            |name: &String| params.get(name).or_else(|| query.get(name)).is_some_and(|value| !value.is_empty());
        self.params.iter().any(is_there)
    }

    /// Whom each row of an answer is about, in their order; a row that names nobody has an empty name.
    pub fn of_rows(&self, answer: &Value) -> Vec<String> {
        let Some(rows) = &self.rows else { return Vec::new() };
        let list = answer.pointer(&rows.at).and_then(Value::as_array).into_iter().flatten();
        list.map(|row| row.pointer(&rows.id).and_then(Value::as_str).unwrap_or_default().to_owned()).collect()
    }

    /// Leaves only those rows of which `within` says so, by their place in the list.
    pub fn keep(&self, answer: &mut Value, within: &[bool]) {
        let Some(list) = self.rows.as_ref().and_then(|rows| answer.pointer_mut(&rows.at)).and_then(Value::as_array_mut)
        else {
            return;
        };
        let mut within = within.iter();
        list.retain(|_| within.next().copied().unwrap_or(false));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reach(value: Value) -> Reach {
        serde_json::from_value(value).expect("a reach")
    }

    #[test]
    fn everybody_is_named_wherever_a_request_does() {
        let reach = reach(json!({"params": ["userId", "host"], "body": ["/meetings/*/sco_id"]}));
        let params = PathParams::from_iter([("userId".to_owned(), "u1".to_owned())]);
        let query = BTreeMap::from([("host".to_owned(), "h1".to_owned()), ("page".to_owned(), "p".to_owned())]);
        let body = json!({"meetings": [{"sco_id": "7"}, {"sco_id": "8"}, {}]});
        let named = reach.named(&params, &query, Some(&body)).expect("somebody");
        assert_eq!(named, ["u1", "h1", "7", "8"]);
    }

    #[test]
    fn a_request_that_must_name_somebody_and_does_not_is_told_apart_from_one_about_nobody() {
        let none = (PathParams::default(), BTreeMap::new());
        assert_eq!(reach(json!({"params": ["email"]})).named(&none.0, &none.1, None), None);
        assert_eq!(reach(json!({"nobody": true})).named(&none.0, &none.1, None), Some(Vec::new()));
        let listed = reach(json!({"params": ["email"], "rows": {"at": "/items", "id": "/id"}}));
        assert_eq!(listed.named(&none.0, &none.1, None), Some(Vec::new()));
    }

    #[test]
    fn only_rows_within_reach_are_left_and_one_about_nobody_is_not() {
        let reach = reach(json!({"rows": {"at": "/users", "id": "/id"}}));
        let mut answer = json!({"users": [{"id": "a"}, {"name": "?"}, {"id": "b"}], "next_page_token": "t"});
        assert_eq!(reach.of_rows(&answer), ["a", "", "b"]);
        reach.keep(&mut answer, &[false, false, true]);
        assert_eq!(answer, json!({"users": [{"id": "b"}], "next_page_token": "t"}));
    }
}
