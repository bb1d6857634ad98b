//! What came of each of several rows, in the words of the action. Must not know how they were sent.

use leptos::prelude::*;
use roomkey_schema::form::value_text;
use roomkey_schema::place::Each;
use serde_json::Value;

use crate::stores::list::rows::text_at;
use crate::ui::facts::facts;
use crate::ui::view;
use crate::words::{number, t, tf};

/// The rows by name, those for which it was not done first.
pub(super) fn view(each: &Each, subjects: &[Value], answer: &Value) -> AnyView {
    let (mut not, done): (Vec<_>, Vec<_>) =
        verdicts(each, subjects, answer).into_iter().partition(|(_, done, _)| !done);
    let sum = tf("each.sum", &[("done", &number(done.len() as u64)), ("not", &number(not.len() as u64))]);
    not.extend(done);
    let pairs = not.into_iter().map(|(name, _, said)| (name, said)).collect();
    view! {
        <p>{sum}</p>
        {facts(pairs, "facts")}
    }
    .into_any()
}

/// Name of each row, whether it was done, and what is said about it.
fn verdicts(each: &Each, subjects: &[Value], answer: &Value) -> Vec<(String, bool, String)> {
    let list =
        |value: &Value, pointer: &str| value.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    let (done, failed) = (list(answer, &each.done), list(answer, &each.failed));
    let verdict = |subject: &Value| {
        let key = subject.pointer(&each.key).cloned().unwrap_or_default();
        let name = Some(text_at(subject, &each.name)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| value_text(&key));
        if let Some(reason) = failed.iter().find(|reason| list(reason, &each.ids).contains(&key)) {
            let reason = text_at(reason, &each.reason);
            return (name, false, each.choices.get(&reason).cloned().unwrap_or(reason));
        }
        let is_done = done.contains(&key);
        (name, is_done, t(if is_done { "each.done" } else { "each.unknown" }).to_owned())
    };
    subjects.iter().map(verdict).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn verdict_of_each_row_is_what_the_answer_says_of_it() {
        let each = Each {
            key: "/id".into(),
            name: "/name".into(),
            done: "/done".into(),
            failed: "/failed".into(),
            ids: "/ids".into(),
            reason: "/why".into(),
            choices: [("No seats".to_owned(), "No licence is left.".to_owned())].into_iter().collect(),
        };
        let subjects = [
            json!({"id": "a", "name": "Ada"}),
            json!({"id": "b"}),
            json!({"id": "c", "name": "Cy"}),
            json!({"id": "d", "name": "Di"}),
        ];
        let answer =
            json!({"done": ["a"], "failed": [{"ids": ["b"], "why": "No seats"}, {"ids": ["c"], "why": "New"}]});
        let said = verdicts(&each, &subjects, &answer);
        let said: Vec<_> = said.iter().map(|(name, done, said)| (&**name, *done, &**said)).collect();
        assert_eq!(
            said[..3],
            [("Ada", true, t("each.done")), ("b", false, "No licence is left."), ("Cy", false, "New")]
        );
        assert_eq!(said[3], ("Di", false, t("each.unknown")));
    }
}
