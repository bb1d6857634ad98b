//! What a body needs although nobody has to say it: values that are usual, moments that follow from others, and members
//! that count only beside a certain value. Said by the document (`x-default`, `x-after`, `x-only-if`); must not change
//! what somebody said that counts.

use serde_json::Value;

use crate::form::value_text;
use crate::json::{child, keys, put};
use crate::moment;

/// What a document says about one member of a body, beside what may stand there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Completion {
    /// Pointer of the member.
    pub pointer: String,
    /// `x-default`: what goes where nobody says anything.
    pub usual: Option<Value>,
    /// `x-after`: pointers of a moment and of the minutes after it at which this moment is.
    pub after: Option<(String, String)>,
    /// `x-only-if`: pointer of another member, and the value, as text, beside which this one counts. Else it is what is
    /// usual, or not there.
    pub only: Option<(String, String)>,
}

impl Completion {
    /// Everything that a body's schema says, outer members first.
    pub(crate) fn all(schema: &Value) -> Vec<Self> {
        let mut out = Vec::new();
        collect(schema, "", &mut out);
        out
    }

    /// Whether a member is this one or inside it.
    pub(crate) fn holds(&self, pointer: &str) -> bool {
        pointer.strip_prefix(self.pointer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

fn collect(schema: &Value, pointer: &str, out: &mut Vec<Completion>) {
    let text = |keyword: &str, name: &str| {
        let said = schema.get(keyword)?.get(name)?.as_str();
        said.map(str::to_owned)
    };
    let completion = Completion {
        pointer: pointer.to_owned(),
        usual: schema.get("x-default").cloned(),
        after: text("x-after", "moment").zip(text("x-after", "minutes")),
        only: text("x-only-if", "at").zip(text("x-only-if", "is")),
    };
    if completion.usual.is_some() || completion.after.is_some() || completion.only.is_some() {
        out.push(completion);
    }
    for (name, member) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        collect(member, &child(pointer, name), out);
    }
}

/// Completes a body. `said` is what somebody said of it: all of it, or what is to change.
pub(crate) fn complete(rules: &[Completion], said: &Value, body: &mut Value) {
    if !body.is_object() {
        return;
    }
    let is_said = |pointer: &str| said.pointer(pointer).is_some();
    let text = |body: &Value, pointer: &str| body.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    // Who says when it ends says how long it takes.
    for (end, (start, minutes)) in following(rules) {
        if is_said(end)
            && !is_said(minutes)
            && let Some(between) = text(body, start).zip(text(body, end))
            && let Some(between) = moment::minutes_between(&between.0, &between.1)
        {
            put(body, minutes, between.into());
        }
    }
    for rule in rules {
        if let Some(usual) = rule.usual.as_ref().filter(|_| body.pointer(&rule.pointer).is_none()) {
            put(body, &rule.pointer, usual.clone());
        }
    }
    for (end, (start, minutes)) in following(rules) {
        if !is_said(end)
            && let Some(from) = text(body, start)
            && let Some(minutes) = body.pointer(minutes).and_then(Value::as_i64)
            && let Some(later) = moment::later(&from, minutes)
        {
            put(body, end, later.into());
        }
    }
    for rule in rules {
        let Some((at, is)) = &rule.only else { continue };
        if body.pointer(at).map(value_text).as_deref() == Some(is) || body.pointer(&rule.pointer).is_none() {
            continue;
        }
        match &rule.usual {
            Some(usual) => put(body, &rule.pointer, usual.clone()),
            None => remove(body, &rule.pointer),
        }
    }
}

/// Moments that follow from another and from minutes.
pub(crate) fn following(rules: &[Completion]) -> impl Iterator<Item = (&str, &(String, String))> {
    rules.iter().filter_map(|rule| Some((rule.pointer.as_str(), rule.after.as_ref()?)))
}

fn remove(body: &mut Value, pointer: &str) {
    let Some((above, _)) = pointer.rsplit_once('/') else { return };
    let last = keys(pointer).last().unwrap_or_default();
    if let Some(Value::Object(members)) = body.pointer_mut(above) {
        members.remove(&last);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rules() -> Vec<Completion> {
        Completion::all(&json!({"type": "object", "properties": {
            "start": {"type": "string"},
            "end": {"type": "string", "x-after": {"moment": "/start", "minutes": "/minutes"}},
            "minutes": {"type": "integer", "x-default": 60},
            "repeats": {"type": "boolean", "x-default": false},
            "profile": {"type": ["string", "null"], "x-default": null},
            "rule": {"type": "object", "x-default": {}, "x-only-if": {"at": "/repeats", "is": "true"}, "properties": {
                "every": {"type": "string"},
                "day": {"type": "string", "x-only-if": {"at": "/rule/every", "is": "month"}}}},
        }}))
    }

    fn completed(said: Value) -> Value {
        let mut body = said.clone();
        complete(&rules(), &said, &mut body);
        body
    }

    #[test]
    fn what_nobody_said_is_what_is_usual_and_the_end_follows() {
        let body = completed(json!({"start": "2024-04-07T09:00:00.000Z"}));
        let expected = json!({"start": "2024-04-07T09:00:00.000Z", "end": "2024-04-07T10:00:00.000Z", "minutes": 60,
            "repeats": false, "profile": null, "rule": {}});
        assert_eq!(body, expected);
    }

    #[test]
    fn what_was_said_stays_even_when_it_does_not_fit_together() {
        let said = json!({"start": "2024-04-07T09:05:00.000Z", "end": "2024-04-07T10:00:05.000Z", "minutes": 60,
            "repeats": true, "profile": "p", "rule": {"every": "month", "day": "1"}});
        assert_eq!(completed(said.clone()), said);
    }

    #[test]
    fn minutes_follow_from_an_end_that_was_said() {
        let body = completed(json!({"start": "2024-04-07T09:00:00.000Z", "end": "2024-04-07T09:45:00.000Z"}));
        assert_eq!((&body["minutes"], &body["end"]), (&json!(45), &json!("2024-04-07T09:45:00.000Z")));
    }

    #[test]
    fn what_does_not_count_beside_another_value_is_not_sent() {
        let off = completed(json!({"start": "x", "repeats": false, "rule": {"every": "month", "day": "1"}}));
        assert_eq!((&off["rule"], off.get("end")), (&json!({}), None));
        let weekly = completed(json!({"start": "x", "repeats": true, "rule": {"every": "week", "day": "1"}}));
        assert_eq!(weekly["rule"], json!({"every": "week"}));
    }

    #[test]
    fn change_of_the_start_moves_the_end_and_nothing_else() {
        let mut body = json!({"start": "2024-04-07T09:30:00.000Z", "end": "2024-04-07T10:00:00.000Z", "minutes": 30,
            "repeats": false, "profile": null, "rule": {}});
        complete(&rules(), &json!({"start": "2024-04-07T09:30:00.000Z"}), &mut body);
        assert_eq!((&body["end"], &body["minutes"]), (&json!("2024-04-07T10:00:00.000Z"), &json!(30)));
        complete(&rules(), &json!({"minutes": 90}), &mut json!([]));
    }
}
