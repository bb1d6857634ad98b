//! The groups of an object whose locks bind it: their names and their locks. Must not say what is locked: who shows a
//! setting knows where its lock stands.

use futures_util::future::join_all;
use roomkey_schema::form::{Above, Call};
use roomkey_schema::path::PathParams;
use serde_json::Value;

use crate::api::operations::{send, target};
use crate::api::{Abort, Answer, Failure, Sending};
use crate::words::tf;

/// A group, and what it locks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    /// The vendor's id.
    pub(crate) id: String,
    /// What people call it, and that it is the primary one where there are others.
    pub(crate) name: String,
    /// Its locks, one answer for each of [`Above::locks`].
    pub(crate) locks: Vec<Value>,
}

/// Reads the groups that an object names. The first is the primary one.
pub(crate) async fn groups(above: &Above, object: &Value, abort: &Abort) -> Result<Vec<Group>, Failure> {
    let ask = |call: &Call, params: &PathParams, option: &str| {
        let target = target(&call.method, &call.path, params, &[("option", option)])?;
        Ok(send(&target, None, None, abort))
    };
    let ids = object.pointer(&above.ids).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut asked = Vec::new();
    for id in ids.iter().filter_map(Value::as_str) {
        let params = PathParams::from_iter([(above.param.clone(), id.to_owned())]);
        asked.push(ask(&above.group, &params, "")?);
        for locks in &above.locks {
            asked.push(ask(&locks.read, &params, locks.option.as_deref().unwrap_or_default())?);
        }
    }
    let mut answers = all(asked).await?.into_iter().map(|answer| answer.body);
    let mut groups = Vec::new();
    for id in ids.iter().filter_map(Value::as_str) {
        let Some(group) = answers.next() else { break };
        let name = group.pointer(&above.name).and_then(Value::as_str).unwrap_or_default();
        let is_primary = groups.is_empty() && ids.len() > 1;
        let name = if is_primary { tf("row.primary_group", &[("group", name)]) } else { name.to_owned() };
        let locks = answers.by_ref().take(above.locks.len()).collect();
        groups.push(Group { id: id.to_owned(), name, locks });
    }
    Ok(groups)
}

/// All answers, or the first failure.
pub(crate) async fn all(sending: Vec<Sending<'static>>) -> Result<Vec<Answer>, Failure> {
    join_all(sending).await.into_iter().collect()
}
