//! Sends what was asked for: parameters and body put together as the action says, many rows in as many calls as the
//! vendor takes at once. Must not know how anything looks.

use js_sys::Date;
use leptos::prelude::*;
use roomkey_schema::json;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::{Action, Many};
use roomkey_schema::read::Read;
use roomkey_schema::wire::Written;
use serde_json::{Map, Value};

use super::action::{Doing, Progress, say};
use crate::api::operations::{send, target};
use crate::api::{Abort, Failure, sleep};
use crate::stores::list::rows::text_at;
use crate::stores::reset::{Done, Wanted};
use crate::stores::settings::Asked;
use crate::words::tf;

/// How often a call is made again that the vendor told to wait.
const PATIENCE: u32 = 20;

/// To how many things it was done, and pointers of what the vendor made something else of.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) count: usize,
    pub(super) not_applied: Vec<String>,
    /// What the vendor holds now, of the last call.
    held: Value,
    request_id: String,
}

/// Gives a PIN, a key or a passcode a new value.
pub(in crate::pages) async fn reset(wanted: &Wanted, value: &str, progress: Progress) -> Result<Done, Failure> {
    let reset = &wanted.reset;
    let doing = Doing::new(&reset.action, &wanted.params, wanted.done);
    let mut body = Value::Object(Map::new());
    json::put(&mut body, &reset.at, Value::from(value));
    let mut asked = Asked { body: Some(body), ..Asked::default() };
    if let Some(before) = &reset.before {
        let (params, _) = given(&doing, &wanted.subject, &[]);
        let target = target(&before.method, &before.path, &params, &[])?;
        asked.if_match = send(&target, None, None, &Abort::never()).await?.etag;
    }
    let subjects = std::slice::from_ref(&wanted.subject);
    let mut sent = all(&doing, subjects, asked.clone(), progress).await;
    // Somebody changed something else of it meanwhile: that stays as it is, and this is asked for all the same.
    if let Err(failure) = &sent
        && let (true, Some((_, Some(etag)))) = (failure.is_conflict(), failure.current())
    {
        let asked = Asked { if_match: Some(etag.to_owned()), ..asked };
        sent = all(&doing, subjects, asked, progress).await;
    }
    let sent = sent?;
    Ok(Done { request_id: sent.request_id, is_verified: sent.held.pointer(&reset.at).is_some() })
}

/// Does it. The vendor's answers are laid together as they come.
pub(super) async fn all(doing: &Doing, subjects: &[Value], asked: Asked, progress: Progress) -> Result<Sent, Failure> {
    let action = &doing.action;
    let bodies = bodies(action, &doing.params, subjects, asked.body.clone());
    let total = bodies.iter().map(|(_, count)| count).sum();
    let subject = subjects.first().cloned().unwrap_or_default();
    let mut sent = Sent::default();
    progress.answer.try_set(Value::Null);
    for (body, count) in bodies {
        say(progress, sent.count, total);
        let one = patiently(doing, &subject, body, &asked, progress).await?;
        progress.answer.try_update(|all| merge(all, one.answer));
        sent.count += count;
        sent.not_applied.extend(one.not_applied);
        (sent.held, sent.request_id) = (one.held, one.request_id);
    }
    say(progress, sent.count, total);
    Ok(sent)
}

/// One body for each call, and how many things it is about.
fn bodies(
    action: &Action,
    params: &PathParams,
    subjects: &[Value],
    asked: Option<Value>,
) -> Vec<(Option<Value>, usize)> {
    let mut body = asked;
    for (pointer, from) in action.body.iter() {
        let address = from.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let value = match (from.strip_prefix('='), address) {
            (Some(text), _) => Some(Value::from(text)),
            (None, Some(name)) => params.get(name).map(|value| Value::from(value.as_str())),
            (None, None) => subjects.first().and_then(|subject| subject.pointer(from)).cloned(),
        };
        if let Some(value) = value {
            json::put(body.get_or_insert_with(|| Value::Object(Map::new())), pointer, value);
        }
    }
    let Some(many) = &action.many else { return vec![(body, 1)] };
    let items = if many.item.is_empty() {
        body.as_ref().and_then(|body| body.pointer(&many.at)).and_then(Value::as_array).cloned().unwrap_or_default()
    } else {
        subjects.iter().map(|subject| item(many, subject)).collect()
    };
    parts(many, items)
        .into_iter()
        .map(|part| {
            let count = part.len();
            let mut body = body.clone().unwrap_or_else(|| Value::Object(Map::new()));
            json::put(&mut body, &many.at, Value::Array(part));
            (Some(body), count)
        })
        .collect()
}

fn item(many: &Many, subject: &Value) -> Value {
    let mut item = Value::Object(Map::new());
    for (pointer, from) in many.item.iter() {
        json::put(&mut item, pointer, subject.pointer(from).cloned().unwrap_or_default());
    }
    item
}

/// As many at once as the vendor takes, those with a limit of their own by themselves.
fn parts(many: &Many, items: Vec<Value>) -> Vec<Vec<Value>> {
    let apart = |item: &Value| many.apart.as_ref().is_some_and(|apart| text_at(item, &apart.at) == apart.value);
    let (few, rest): (Vec<_>, Vec<_>) = items.into_iter().partition(apart);
    let size = |size: u64| usize::try_from(size).unwrap_or(usize::MAX).max(1);
    let few_size = many.apart.as_ref().map_or(1, |apart| size(apart.size));
    let all = rest.chunks(size(many.size)).chain(few.chunks(few_size));
    all.map(<[Value]>::to_vec).collect()
}

/// Parameters of path and query: those of the address, of what it is done to, and what was asked for.
fn given(doing: &Doing, subject: &Value, asked: &[(String, String)]) -> (PathParams, Vec<(String, String)>) {
    let action = &doing.action;
    let mut params = doing.params.clone();
    let mut query = Vec::new();
    let in_path: Vec<&str> = action.call.path.params().collect();
    let given = action.params.iter().map(|(name, from)| {
        let value = from.strip_prefix('=').map_or_else(|| text_at(subject, from), str::to_owned);
        (name.clone(), value)
    });
    for (name, value) in given.chain(asked.iter().cloned()) {
        if in_path.contains(&name.as_str()) {
            params.insert(name, value);
        } else {
            query.push((name, value));
        }
    }
    (params, query)
}

/// The same by the names that the operation knows, as far as they have a value.
pub(super) fn named(doing: &Doing, subject: &Value, asked: &[(String, String)]) -> PathParams {
    let (params, query) = given(doing, subject, asked);
    let mut all = doing.action.call.path.given(&params);
    for (name, value) in query.into_iter().filter(|(_, value)| !value.is_empty()) {
        all.insert(name, value);
    }
    all
}

/// Waits as long as the vendor says, and tries again.
async fn patiently(
    doing: &Doing,
    subject: &Value,
    body: Option<Value>,
    asked: &Asked,
    progress: Progress,
) -> Result<Settled, Failure> {
    let action = &doing.action;
    let (params, query) = given(doing, subject, &asked.params);
    let pairs: Vec<(&str, &str)> = query.iter().map(|(name, value)| (&**name, &**value)).collect();
    let target = target(&action.call.method, &action.call.path, &params, &pairs)?;
    let mut tries = 0;
    loop {
        match send(&target, body.clone(), asked.if_match.as_deref(), &Abort::never()).await {
            Ok(answer) if target.method == "GET" => return Ok(Settled { answer: answer.body, ..Settled::default() }),
            Ok(answer) => {
                let settled = settled(body.as_ref(), answer.body)?;
                return Ok(Settled { request_id: answer.request_id, ..settled });
            }
            Err(failure) => {
                let at = failure.retry_at().map(Date::parse).filter(|at| at.is_finite());
                let (Some(at), true) = (at, tries < PATIENCE && failure.status() == 429) else { return Err(failure) };
                tries += 1;
                let wait_ms = (at - Date::now()).clamp(500.0, 60_000.0);
                #[expect(clippy::cast_possible_truncation, reason = "at most a minute")]
                let wait_ms = wait_ms as i32;
                let before = progress.said.try_get_untracked().unwrap_or_default();
                progress
                    .said
                    .try_set(tf("action.waiting", &[("n", &(wait_ms / 1000 + 1).to_string()), ("said", &before)]));
                sleep(wait_ms).await;
                progress.said.try_set(before);
            }
        }
    }
}

/// What came of one call.
#[derive(Debug, Default, PartialEq)]
struct Settled {
    /// What the vendor answered.
    answer: Value,
    /// Pointers of what it made something else of.
    not_applied: Vec<String>,
    /// What it holds now.
    held: Value,
    request_id: String,
}

/// What the vendor answered, and what of `sent` it made something else of. All of it is a failure, and so is what could not
/// be read back.
fn settled(sent: Option<&Value>, body: Value) -> Result<Settled, Failure> {
    let Some(written) = Written::read(body) else { return Ok(Settled::default()) };
    let members = sent.and_then(Value::as_object).map_or(0, Map::len);
    match written.read_back_problem {
        Some(problem) => Err(Failure::from_problem(*problem)),
        None if !written.not_applied.is_empty() && written.not_applied.len() >= members => Err(Failure::not_applied()),
        None => Ok(Settled {
            answer: written.answer.unwrap_or_default(),
            not_applied: written.not_applied,
            held: written.value.unwrap_or_default(),
            request_id: String::new(),
        }),
    }
}

/// Lists of several answers one after the other.
fn merge(all: &mut Value, answer: Value) {
    match (all, answer) {
        (Value::Object(all), Value::Object(answer)) => {
            for (key, value) in answer {
                merge(all.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(all), Value::Array(answer)) => all.extend(answer),
        (all, answer) => *all = answer,
    }
}

#[cfg(test)]
mod tests {
    use litemap::LiteMap;
    use roomkey_schema::place::Apart;
    use serde_json::json;

    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> LiteMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn body_of_one_takes_constants_values_and_parameters_of_the_address() {
        let body = pairs(&[("/action", "=set_primary"), ("/target_group_id", "{groupId}"), ("/who", "/id")]);
        let action = Action { body, ..Action::default() };
        let made = bodies(&action, &pairs(&[("groupId", "g1")]), &[json!({"id": "u1"})], None);
        assert_eq!(made, [(Some(json!({"action": "set_primary", "target_group_id": "g1", "who": "u1"})), 1)]);
    }

    #[test]
    fn chosen_rows_go_in_as_many_calls_as_the_vendor_takes_at_once() {
        let many = Many { at: "/users".into(), item: pairs(&[("/id", "/id")]), size: 30, apart: None };
        let action = Action { many: Some(many), ..Action::default() };
        let rows: Vec<Value> = (0..65).map(|at| json!({"id": at.to_string()})).collect();
        let made = bodies(&action, &PathParams::default(), &rows, Some(json!({"feature_type": "user_type"})));
        assert_eq!(made.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [30, 30, 5]);
        let last = made.last().and_then(|(body, _)| body.clone()).expect("a body");
        assert_eq!((&last["feature_type"], &last["users"][4]), (&json!("user_type"), &json!({"id": "64"})));
    }

    #[test]
    fn items_with_a_limit_of_their_own_go_by_themselves() {
        let apart = Apart { at: "/type".into(), value: "2".into(), size: 3 };
        let many = Many { at: "/group_members".into(), size: 50, apart: Some(apart), ..Many::default() };
        let items = (0..4).map(|_| json!({"type": 2})).chain((0..51).map(|_| json!({"type": 1}))).collect();
        let sizes: Vec<usize> = parts(&many, items).iter().map(Vec::len).collect();
        assert_eq!(sizes, [50, 1, 3, 1]);
    }

    #[test]
    fn what_was_taken_and_is_not_there_is_a_failure_unless_the_rest_is_there() {
        let settled = |sent: Value, not_applied: Value| {
            let body = json!({"not_applied": not_applied, "record": 1, "answer": {"id": "a"}});
            let settled = settled(Some(&sent), body).map(|settled| (settled.answer, settled.not_applied));
            settled.map_err(|failure| failure.kind().to_owned())
        };
        let (one, two) = (json!({"passcode": "a1"}), json!({"passcode": "a1", "name": "Ward"}));
        assert_eq!(settled(one.clone(), json!([])), Ok((json!({"id": "a"}), Vec::new())));
        assert_eq!(settled(one, json!(["/passcode"])), Err("not_applied".to_owned()));
        assert_eq!(settled(two, json!(["/name"])), Ok((json!({"id": "a"}), vec!["/name".to_owned()])));
        assert_eq!(super::settled(None, Value::Null), Ok(Settled::default()));
    }

    #[test]
    fn answers_of_several_calls_are_laid_together() {
        let mut all = Value::Null;
        merge(&mut all, json!({"success_user_ids": ["a"], "n": 1}));
        merge(&mut all, json!({"success_user_ids": ["b"], "n": 2}));
        assert_eq!(all, json!({"success_user_ids": ["a", "b"], "n": 2}));
    }
}
