//! Our validator and diff against independent judges: the `jsonschema` crate and plain merging.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use roomkey_schema::{Catalog, Node, Shape, data, diff, json};
use serde_json::{Value, json};

/// Every request schema, as ours and as the document has it.
fn requests() -> Vec<(String, Node, Value)> {
    let documents = data::documents();
    let read = |name: String| {
        let document = documents.iter().find(|document| document.name == name)?;
        Some(serde_json::from_str::<Value>(&document.text).unwrap())
    };
    let whole = |vendor: &str| {
        let mut document = read(format!("{vendor}.openapi.json")).unwrap();
        let overlay = read(format!("{vendor}.overlay.json")).unwrap_or_else(|| json!({}));
        for (key, over) in overlay.as_object().unwrap() {
            let (method, path) = key.split_once(' ').unwrap();
            json::merge(&mut document["paths"][path][method.to_lowercase()], over);
        }
        document
    };
    let of: BTreeMap<&str, Value> =
        ["zoom", "webex", "connect", "veeting"].into_iter().map(|vendor| (vendor, whole(vendor))).collect();
    let mut out = Vec::new();
    for operation in Catalog::load(&data::documents()).unwrap().operations() {
        let path = operation.path.to_string();
        let method = operation.method.as_str().to_lowercase();
        let body = &of[operation.vendor.as_str()]["paths"][&path][&method]["requestBody"]["content"]["application/json"]
            ["schema"];
        for variant in &operation.variants {
            // Files are the vendor's to read.
            let Some(node) = variant.request.clone().filter(|_| !operation.upload) else { continue };
            let schema = match body["oneOf"].as_array() {
                Some(all) => all.iter().find(|one| one["x-option"].as_str() == variant.option.as_deref()).unwrap(),
                None => body,
            };
            let mut schema = schema.clone();
            let leaves = of[operation.vendor.as_str()]["paths"][&path][&method]["x-leaves"].as_object();
            for (pointer, over) in leaves.into_iter().flatten() {
                let at = pointer.split('/').skip(1).fold(String::new(), |at, key| format!("{at}/properties/{key}"));
                if let Some(leaf) = schema.pointer_mut(&at) {
                    json::merge(leaf, over);
                }
            }
            schema.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            out.push((format!("{} {:?}", operation.id, variant.option), node, schema));
        }
    }
    out
}

fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(strategy, test).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn validator_agrees_with_jsonschema_on_generated_bodies() {
    let mut valid = std::cell::Cell::new(0);
    for (name, node, schema) in requests() {
        // Formats and patterns of PINs are checked by ours alone: the judge does not look at them.
        let judge = jsonschema::validator_for(&schema).unwrap();
        run(150, &edgy(&node), |value| {
            let theirs_too = |key: &str| !matches!(key, "not_an_email" | "not_a_moment") && !key.starts_with("pin_");
            let ours = node.check(&value).into_iter().find(|fault| theirs_too(fault.violation.key()));
            let theirs = judge.is_valid(&value);
            prop_assert_eq!(ours.is_none(), theirs, "{}: {} {:?}", &name, value, ours);
            valid.set(valid.get() + u32::from(theirs));
            Ok(())
        });
    }
    assert!(*valid.get_mut() > 200, "the generator makes too few valid bodies: {valid:?}");
}

#[test]
fn diff_applied_to_the_old_value_gives_the_new_one_and_sends_nothing_unchanged() {
    for (name, node, _) in requests() {
        let pair = (edgy(&node), edgy(&node));
        run(60, &pair, |(old, over)| {
            // A person changes leaves of what is there; nothing is taken away.
            let mut old = if old.is_object() { old } else { json!({}) };
            let mut new = old.clone();
            node.leaves(&mut |pointer, leaf| {
                if let Some(value) = over.pointer(&pointer) {
                    json::put(&mut new, &pointer, leaf.writable(value));
                }
            });
            let patch = diff(&node, &old, &new);
            let mut wrong = None;
            node.leaves(&mut |pointer, leaf| {
                let sent = patch.as_ref().and_then(|patch| patch.pointer(&pointer));
                if sent.is_some() && old.pointer(&pointer).map(|old| leaf.writable(old)).as_ref() == sent {
                    wrong = Some(pointer);
                }
            });
            prop_assert_eq!(wrong, None, "{}: an unchanged leaf is sent", &name);
            if let Some(patch) = &patch {
                lay(&mut old, patch);
            }
            let mut differs = None;
            node.leaves(&mut |pointer, leaf| {
                let is = old.pointer(&pointer).map(|value| leaf.writable(value));
                if is != new.pointer(&pointer).map(|value| leaf.writable(value)) {
                    differs = Some(pointer);
                }
            });
            prop_assert_eq!(differs, None, "{}: the patch does not lead to the new value", &name);
            Ok(())
        });
    }
}

/// As a vendor takes a PATCH: objects member by member, everything else whole.
fn lay(base: &mut Value, patch: &Value) {
    match (base, patch) {
        (Value::Object(base), Value::Object(patch)) => {
            for (key, value) in patch {
                lay(base.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (base, patch) => *base = patch.clone(),
    }
}

/// Values around the edges of what a node accepts: some valid, some not.
fn edgy(node: &Node) -> BoxedStrategy<Value> {
    let wrong = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        Just(json!(2.0)),
        Just(json!(2.5)),
        "\\PC{0,6}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
    ];
    let near = match &node.shape {
        Shape::Switch => any::<bool>().prop_map(Value::from).boxed(),
        Shape::Integer { choices, .. } | Shape::Text { choices, .. } if !choices.is_empty() => {
            proptest::sample::select(choices.clone()).boxed()
        }
        Shape::Integer { min, max, .. } => {
            let (low, high) = (min.unwrap_or(-3), max.unwrap_or(i64::MAX - 3));
            prop_oneof![(low - 2..=low + 2), (high - 2..=high + 2)].prop_map(Value::from).boxed()
        }
        Shape::Moment => Just(json!("2026-03-01T10:00:00.000Z")).boxed(),
        Shape::Text { min, max, .. } => {
            let high = usize::try_from(max.unwrap_or(8)).unwrap() + 1;
            let low = usize::try_from(min.unwrap_or(0)).unwrap().saturating_sub(1);
            prop_oneof![Just(low), Just(low + 1), Just(high - 1), Just(high)]
                .prop_map(|length| Value::from("ß".repeat(length)))
                .boxed()
        }
        Shape::List { max, item, .. } => {
            let high = usize::try_from(max.unwrap_or(2)).unwrap() + 1;
            proptest::collection::vec(edgy(item), 0..=high).prop_map(Value::from).boxed()
        }
        Shape::Object { members, .. } => {
            let members: Vec<_> = members
                .iter()
                .map(|(name, node)| (Just(name.clone()), proptest::option::weighted(0.4, edgy(node))))
                .collect();
            members
                .prop_map(|members| {
                    members
                        .into_iter()
                        .filter_map(|(name, value)| Some((name, value?)))
                        .collect::<serde_json::Map<_, _>>()
                })
                .prop_map(Value::from)
                .boxed()
        }
        Shape::Number | Shape::Unknown(_) => wrong.clone().boxed(),
    };
    prop_oneof![20 => near, 1 => wrong].boxed()
}
