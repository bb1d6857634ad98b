//! What entries are called: their outcome, their values, whom they are about. Plain functions; must not show anything.

use roomkey_schema::form::value_text;
use roomkey_schema::path::{PathParams, PathTemplate};
use roomkey_schema::record::{Change, Entry};
use roomkey_schema::wire::Index;
use serde_json::Value;

use super::filters::named;
use crate::paths;
use crate::words::{t, tf, tn};

/// How many changes are told in a line.
const FEW: usize = 2;

/// What was done.
pub(in crate::pages) fn title(entry: &Entry) -> String {
    let kind = || named("record.kind.", &entry.kind);
    match (&*entry.kind, &entry.secret) {
        (_, Some(secret)) => tf("record.reveal", &[("label", secret)]),
        ("denied", None) if entry.title.is_empty() => kind(),
        ("intent" | "denied", None) => entry.title.clone(),
        _ if entry.title.is_empty() || entry.kind == "exported" => kind(),
        _ => format!("{}: {}", kind(), entry.title),
    }
}

/// How it ended: colour and word.
pub(in crate::pages) fn outcome(entry: &Entry) -> (&'static str, String) {
    let is_begun = matches!(&*entry.kind, "intent" | "reveal");
    let (class, key) = match entry.result.as_deref() {
        Some(result) => match result {
            "applied" | "shown" => ("ok", result),
            "refused" => ("bad", result),
            "accepted" | "unknown" => ("changed", result),
            _ => ("", result),
        },
        None if is_begun => ("changed", "open"),
        None if entry.kind == "denied" => ("bad", "denied"),
        None if entry.kind == "sign_in_failed" => ("bad", "failed"),
        None => ("", "done"),
    };
    (class, named("record.result.", key))
}

/// The first changes in one line. What was sent along as it was is none.
pub(super) fn summary(changes: &[Change]) -> String {
    let is_change = |change: &&Change| change.old.as_ref() != Some(&change.new) || change.secret;
    let real: Vec<&Change> = changes.iter().filter(is_change).collect();
    let mut said: Vec<String> = real.iter().take(FEW).map(|one| change(one)).collect();
    if real.len() > FEW {
        said.push(tn("record.changes_more", (real.len() - FEW) as u64));
    }
    said.join(" · ")
}

fn change(change: &Change) -> String {
    match old(change) {
        Some(old) => format!("{}: {old} → {}", change.label, new(change)),
        None => format!("{}: {}", change.label, new(change)),
    }
}

/// What was there before, if that is known.
pub(super) fn old(change: &Change) -> Option<String> {
    change.old.as_ref().map(|old| value(change, change.old_name.as_ref(), old))
}

/// What was sent.
pub(super) fn new(change: &Change) -> String {
    value(change, change.new_name.as_ref(), &change.new)
}

fn value(change: &Change, name: Option<&String>, value: &Value) -> String {
    let words = match (name, value) {
        (Some(name), _) => return name.clone(),
        (None, Value::Null) => t("said.nothing"),
        (None, Value::Bool(true)) if change.secret => t("record.set"),
        (None, Value::Bool(false)) if change.secret => t("said.nothing"),
        (None, Value::Bool(true)) if change.lock => t("said.locked"),
        (None, Value::Bool(false)) if change.lock => t("said.open"),
        (None, Value::Bool(true)) => t("said.on"),
        (None, Value::Bool(false)) => t("said.off"),
        (None, Value::Array(items)) if items.iter().any(Value::is_object) => {
            return tn("field.entries", items.len() as u64);
        }
        (None, value) => return value_text(value),
    };
    words.to_owned()
}

/// What kind of thing an object is, its name as far as that is known, and its id.
pub(super) fn objects(entry: &Entry) -> Vec<(String, String, String)> {
    let one = |(param, id): (&String, &String)| {
        let name = entry.names.get(param).cloned().unwrap_or_default();
        (named("record.object.", param), name, id.clone())
    };
    entry.objects.iter().map(one).collect()
}

/// Where what it is about can be looked at: the place that needs the most of its parameters.
pub(super) fn address(index: &Index, entry: &Entry) -> Option<String> {
    let vendor = entry.vendor.as_deref()?;
    let given: PathParams = entry.objects.iter().map(|(name, id)| (name.clone(), id.clone())).collect();
    let fits = |path: &str| {
        let template = PathTemplate::parse(path);
        let count = template.params().count();
        (count > 0 && template.params().all(|name| given.contains_key(name))).then_some(count)
    };
    let own = index.places.iter().filter(|place| place.vendor == vendor);
    let best = own.filter_map(|place| Some((fits(&place.path)?, place))).max_by_key(|(count, _)| *count);
    best.map(|(_, place)| paths::place(&place.path, &given, ""))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn changed(old: Value, new: Value) -> Change {
        Change { label: "Chat".into(), old: Some(old), new, ..Change::default() }
    }

    #[test]
    fn values_are_called_as_in_the_forms() {
        let lock = Change { lock: true, ..changed(json!(false), json!(true)) };
        let secret = Change { secret: true, ..changed(json!(false), json!(true)) };
        let named = Change { new_name: Some("Host only".into()), old: None, ..changed(json!(0), json!("host")) };
        for (change, said) in [
            (changed(json!(true), json!(false)), "Chat: on → off"),
            (lock, "Chat: open → locked"),
            (secret, "Chat: not set → set"),
            (named, "Chat: Host only"),
            (changed(json!("a"), json!(["x", "y"])), "Chat: a → [\"x\",\"y\"]"),
            (changed(json!([]), json!([{"id": 1}, {"id": 2}])), "Chat: [] → 2 entries"),
        ] {
            assert_eq!(super::change(&change), said);
        }
        let mut many = vec![changed(json!(true), json!(false)); 4];
        many.insert(0, changed(json!(1), json!(1)));
        assert!(summary(&many).ends_with("2 more changes"), "{}", summary(&many));
    }

    #[test]
    fn an_open_entry_is_told_from_one_that_needs_no_outcome() {
        let entry = |kind: &str, result: Option<&str>| {
            outcome(&Entry { kind: kind.into(), result: result.map(Into::into), ..Entry::default() })
        };
        assert_eq!(entry("intent", None), ("changed", "open".to_owned()));
        assert_eq!(entry("intent", Some("applied")).0, "ok");
        assert_eq!(entry("denied", None), ("bad", "denied".to_owned()));
        assert_eq!(entry("signed_in", None), ("", "done".to_owned()));
    }
}
