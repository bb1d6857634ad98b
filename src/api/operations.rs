//! Calls operations that forms and places name. The only place that builds addresses of vendors' operations; values become
//! single segments or query values and can never become a path.

use roomkey_schema::path::{PathParams, PathTemplate};
use serde_json::Value;
use web_sys::FormData;

use super::{Abort, Failure, Sending, call, json};
use crate::paths;

/// An operation with its parameters filled in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Target {
    /// HTTP method.
    pub(crate) method: String,
    /// Path and query on our own origin.
    pub(crate) path: String,
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
pub(crate) fn send(target: &Target, body: Option<Value>, if_match: Option<&str>, abort: &Abort) -> Sending<'static> {
    let (target, if_match, abort) = (target.clone(), if_match.map(str::to_owned), abort.clone());
    let body = body.as_ref().map(json);
    Box::pin(async move {
        let header = if_match.as_deref().map(|etag| ("If-Match", etag));
        call(&target.method, &target.path, body, header, &abort).await
    })
}

/// Sends a form with a file in it.
pub(crate) async fn upload(target: &Target, form: &FormData, abort: &Abort) -> Result<(), Failure> {
    call(&target.method, &target.path, Some(form.into()), None, abort).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn target_puts_values_into_single_segments_and_query_values() {
        let params = PathParams::from_iter([("groupId".to_owned(), "a b?c".to_owned())]);
        let template = PathTemplate::parse("/zoom/groups/{groupId}/settings");
        let found = target("GET", &template, &params, &[("option", "x&y"), ("z", "")]).expect("an address");
        assert_eq!(found.path, "/api/zoom/groups/a%20b%3Fc/settings?option=x%26y");
        let refused = target("GET", &template, &PathParams::default(), &[]).expect_err("a parameter is missing");
        assert_eq!(refused.kind(), "no_operation");
    }
}
