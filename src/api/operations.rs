//! Calls operations of the index by id. The only place that builds addresses of vendors' operations; values become
//! single segments or query values and can never become a path.

use roomkey_schema::path::{PathParams, PathTemplate};
use roomkey_schema::wire::Index;
use serde_json::Value;

use super::{Abort, Answer, Failure, call};
use crate::paths;

/// An operation with its parameters filled in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Target {
    /// HTTP method.
    pub(crate) method: String,
    /// Path and query on our own origin.
    pub(crate) path: String,
}

/// An operation of the index. Fails when this account may not call it.
pub(crate) fn operation(
    index: &Index,
    id: &str,
    params: &[(&str, &str)],
    query: &[(&str, &str)],
) -> Result<Target, Failure> {
    let entry = index.operations.get(id).ok_or_else(Failure::no_operation)?;
    let mut known = PathParams::new();
    for (name, value) in params {
        known.insert((*name).to_owned(), (*value).to_owned());
    }
    target(&entry.method, &PathTemplate::parse(&entry.path), &known, query)
}

/// An operation that a form names. Query values that are empty are left out.
pub(crate) fn target(
    method: &str,
    template: &PathTemplate,
    params: &PathParams,
    query: &[(&str, &str)],
) -> Result<Target, Failure> {
    let path = template.encode(params).ok_or_else(Failure::no_operation)?;
    let path = paths::with_query(&format!("{}{path}", paths::API), query);
    Ok(Target { method: method.to_owned(), path })
}

/// Calls it.
pub(crate) async fn send(
    target: &Target,
    body: Option<Value>,
    if_match: Option<&str>,
    abort: &Abort,
) -> Result<Answer, Failure> {
    call(&target.method, &target.path, body, if_match, abort).await
}

#[cfg(test)]
mod tests {
    use roomkey_schema::wire::OperationEntry;

    use super::*;

    #[test]
    fn operation_puts_values_into_single_segments_and_query_values() {
        let mut index = Index::default();
        let entry = OperationEntry { method: "GET".into(), path: "/zoom/groups/{groupId}/settings".into() };
        index.operations.insert("zoom.group_settings.get".into(), entry);
        let found =
            operation(&index, "zoom.group_settings.get", &[("groupId", "a b?c")], &[("option", "x&y"), ("z", "")]);
        assert_eq!(found.expect("an operation").path, "/api/zoom/groups/a%20b%3Fc/settings?option=x%26y");
    }

    #[test]
    fn operation_that_is_not_in_the_index_is_refused_here() {
        let refused = operation(&Index::default(), "zoom.groups.list", &[], &[]).expect_err("nothing may be called");
        assert_eq!(refused.kind(), "no_operation");
    }
}
