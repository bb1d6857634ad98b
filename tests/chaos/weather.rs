//! What the vendor suffers between two kills: it is always a little slow, so that kills meet calls that are under way, and now
//! and then it fails.

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::options::Webex;

/// How often, of a hundred times, there is more than slowness.
const FAULTS_PERCENT: u64 = 30;

/// Fault rules, and the kinds of those that are more than slowness.
pub(crate) fn throw(dice: &mut Dice, webex: Webex) -> (Value, Option<&'static str>) {
    let mut rules = Vec::new();
    let mut kind = None;
    if dice.chance(FAULTS_PERCENT) {
        let (name, fault) = fault(dice);
        let mut rule = about(webex, &fault);
        rule["times"] = json!(dice.between(1, 3));
        rule["after"] = json!(dice.between(0, 6));
        rules.push(rule);
        kind = Some(name);
    }
    rules.push(about(webex, &json!({"kind": "hang", "ms": dice.between(15, 60)})));
    (Value::from(rules), kind)
}

fn fault(dice: &mut Dice) -> (&'static str, Value) {
    match dice.between(0, 4) {
        0 => ("apply_then_hang", json!({"kind": "apply_then_hang"})),
        1 => ("hang", json!({"kind": "hang", "ms": dice.between(300, 4_000)})),
        2 => ("cut", json!({"kind": "cut", "bytes": dice.between(0, 40)})),
        3 => ("500", json!({"kind": "status", "status": 500, "body": {"message": "chaos"}})),
        _ => ("429", json!({"kind": "status", "status": 429, "retry_after": "1", "body": {"message": "chaos"}})),
    }
}

/// A rule for writes.
fn about(webex: Webex, fault: &Value) -> Value {
    match webex {
        Webex::Rest => json!({"vendor": "webex", "method": "PUT", "fault": fault}),
        Webex::Xml => json!({"vendor": "webex_xml", "path": "XMLService/SetUser", "fault": fault}),
    }
}
