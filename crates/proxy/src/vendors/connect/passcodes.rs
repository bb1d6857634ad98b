//! Passcodes of meetings: which there are, one, and several in one call. Several are read back here, because what came of
//! each is told in one answer. Must not keep a passcode longer than a call.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::session::Session;
use super::site::Ask;
use super::{refusal, sco_id};
use crate::vendors::xml::Element;
use crate::vendors::{Call, Trouble, VendorFault};

const FIELD: &str = "meeting-passcode";
/// The vendor's code for more than it answers at once.
const TOO_MUCH: &str = "too-much-data";
/// So many meetings are asked for then.
const PART: usize = 1_000;
/// Why a meeting of several has not what it was to have.
const NOT_APPLIED: &str = "not_applied";
const NOT_READ_BACK: &str = "not_read_back";

/// What each meeting that has a passcode has: the passcode, or true where the vendor says only that there is one.
pub(super) type Known = BTreeMap<String, Value>;

/// All meetings that need a passcode: at once, or part by part where that is more than the vendor answers at once.
pub(super) async fn all(session: &Session) -> Result<Known, VendorFault> {
    match session.ask(&Ask::read("acl-field-list", vec![("field-id", FIELD)])).await {
        Ok(root) => Ok(known(&root)),
        Err(fault) if fault.code.as_deref() == Some(TOO_MUCH) => in_parts(session).await,
        Err(fault) => Err(fault),
    }
}

async fn in_parts(session: &Session) -> Result<Known, VendorFault> {
    let (mut all, mut from, size) = (Known::new(), 0, PART.to_string());
    loop {
        let start = from.to_string();
        let parameters = vec![("field-id", FIELD), ("filter-start", &*start), ("filter-rows", &*size)];
        let root = session.ask(&Ask::read("acl-field-list", parameters)).await?;
        let before = all.len();
        all.append(&mut known(&root));
        // A vendor that does not know of parts gives the same again.
        if all.len() == before {
            return Ok(all);
        }
        from += root.all("acl").len();
    }
}

/// The passcode of one meeting; empty when it has none.
pub(super) async fn one(session: &Session, id: &str) -> Result<Value, VendorFault> {
    let parameters = vec![("acl-id", sco_id(id)?), ("filter-field-id", FIELD)];
    let root = session.ask(&Ask::read("acl-field-info", parameters)).await?;
    let fields = root.all("field");
    let field = fields.iter().find(|field| field.attribute("field-id") == Some(FIELD));
    Ok(field.and_then(|field| field.text(&["value"])).unwrap_or_default().into())
}

/// Gives one meeting a passcode.
pub(super) async fn set(session: &Session, id: &str, call: &Call) -> Result<(), VendorFault> {
    let passcode = call.body.as_ref().and_then(|body| body.get("passcode")?.as_str());
    let passcode = passcode.filter(|passcode| !passcode.is_empty());
    update(session, &[(sco_id(id)?, passcode.ok_or_else(missing)?)]).await.map_err(|fault| about(fault, "/passcode"))
}

/// Takes the passcode of one meeting away.
pub(super) async fn remove(session: &Session, id: &str) -> Result<(), VendorFault> {
    update(session, &[(sco_id(id)?, "")]).await
}

/// Gives several meetings a passcode: each its own, or the one that stands beside the list.
pub(super) async fn set_several(session: &Session, call: &Call) -> Result<Value, VendorFault> {
    let same = call.body.as_ref().and_then(|body| body.get("passcode"));
    let wanted = meetings(call)?.iter().map(|meeting| {
        let own = meeting.get("passcode").or(same).and_then(Value::as_str).filter(|passcode| !passcode.is_empty());
        Ok((id_of(meeting)?, own.ok_or_else(missing)?))
    });
    several(session, &wanted.collect::<Result<Vec<_>, VendorFault>>()?).await
}

/// Takes the passcodes of several meetings away.
pub(super) async fn remove_several(session: &Session, call: &Call) -> Result<Value, VendorFault> {
    let wanted = meetings(call)?.iter().map(|meeting| Ok((id_of(meeting)?, "")));
    several(session, &wanted.collect::<Result<Vec<_>, VendorFault>>()?).await
}

async fn several(session: &Session, wanted: &[(&str, &str)]) -> Result<Value, VendorFault> {
    update(session, wanted).await.map_err(|fault| about(fault, "/passcode"))?;
    // That it was done stands, whatever becomes of reading it back.
    Ok(came_of(wanted, all(session).await.ok().as_ref()))
}

/// Meetings and what they are to have, all in one call; empty takes away.
async fn update(session: &Session, wanted: &[(&str, &str)]) -> Result<(), VendorFault> {
    let trio = |&(id, passcode): &(_, _)| [("acl-id", id), ("field-id", FIELD), ("value", passcode)];
    session.ask(&Ask::write("acl-field-update", wanted.iter().flat_map(trio).collect())).await?;
    Ok(())
}

fn known(root: &Element) -> Known {
    let of = |acl: &&Element| {
        let id = acl.attribute("acl-id")?.to_owned();
        match acl.at(&["field"]) {
            None => Some((id, Value::Bool(true))),
            Some(field) => Some((id, field.text(&["value"])?.into())),
        }
    };
    root.all("acl").iter().filter_map(of).collect()
}

/// Which meetings have what they were to have, and why others have not.
fn came_of(wanted: &[(&str, &str)], known: Option<&Known>) -> Value {
    let Some(known) = known else {
        let ids: Vec<&str> = wanted.iter().map(|(id, _)| *id).collect();
        return json!({"done": [], "failed": [{"ids": ids, "reason": NOT_READ_BACK}]});
    };
    let has = |(id, passcode): &(&str, &str)| match known.get(*id) {
        None => passcode.is_empty(),
        Some(Value::Bool(_)) => !passcode.is_empty(),
        Some(value) => value == passcode,
    };
    let (done, failed): (Vec<_>, Vec<_>) = wanted.iter().partition(|one| has(one));
    let ids = |of: Vec<(&str, &str)>| of.into_iter().map(|(id, _)| id.to_owned()).collect::<Vec<_>>();
    let mut came = json!({"done": ids(done), "failed": []});
    if !failed.is_empty() {
        came["failed"] = json!([{"ids": ids(failed), "reason": NOT_APPLIED}]);
    }
    came
}

fn meetings(call: &Call) -> Result<&[Value], VendorFault> {
    let meetings = call.body.as_ref().and_then(|body| body.get("meetings")?.as_array());
    let meetings = meetings.filter(|meetings| !meetings.is_empty());
    meetings.map(Vec::as_slice).ok_or_else(|| refusal("/meetings", "Name at least one meeting."))
}

fn id_of(meeting: &Value) -> Result<&str, VendorFault> {
    sco_id(meeting.get("sco_id").and_then(Value::as_str).unwrap_or_default())
}

fn missing() -> VendorFault {
    refusal("/passcode", "A passcode is needed here.")
}

/// The same refusal with the value's field called as it is called here; other fields are none of the caller's.
fn about(mut fault: VendorFault, pointer: &str) -> VendorFault {
    if let Trouble::Refused { fields, .. } = &mut fault.trouble {
        fields.retain(|(field, _)| field == "value");
        for (field, _) in fields {
            pointer.clone_into(field);
        }
    }
    fault
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vendors::xml;

    fn of(text: &str) -> Known {
        known(&xml::read(format!("<results><status code='ok'/>{text}</results>").as_bytes()).expect("a tree"))
    }

    #[test]
    fn meetings_are_listed_with_or_without_a_wrapper_and_a_value() {
        let field = "<field acl-id='2' field-id='meeting-passcode'><value>connect12</value></field>";
        let expect = BTreeMap::from([("1".to_owned(), json!(true)), ("2".to_owned(), json!("connect12"))]);
        assert_eq!(of(&format!("<acl acl-id='1'/><acl acl-id='2'>{field}</acl>")), expect);
        let wrapped = format!("<acl-field-list><acl acl-id='1'/><acl acl-id='2'>{field}</acl></acl-field-list>");
        assert_eq!(of(&wrapped), expect);
        assert_eq!(of("<acl acl-id='3'><field field-id='meeting-passcode'><value/></field></acl>"), Known::new());
        assert_eq!(of(""), Known::new());
    }

    #[test]
    fn what_came_of_each_is_told_from_what_was_read_back() {
        let known = Known::from([
            ("1".to_owned(), json!("new1")),
            ("2".to_owned(), json!("old")),
            ("3".to_owned(), json!(true)),
        ]);
        let came = |wanted: &[(&str, &str)]| came_of(wanted, Some(&known));
        assert_eq!(came(&[("1", "new1"), ("3", "x"), ("4", "")]), json!({"done": ["1", "3", "4"], "failed": []}));
        let failed = json!([{"ids": ["2", "4"], "reason": "not_applied"}]);
        assert_eq!(came(&[("1", "new1"), ("2", "new2"), ("4", "new4")]), json!({"done": ["1"], "failed": failed}));
        assert_eq!(came(&[("1", "")])["failed"], json!([{"ids": ["1"], "reason": "not_applied"}]));
        let unread = json!([{"ids": ["1"], "reason": "not_read_back"}]);
        assert_eq!(came_of(&[("1", "new1")], None), json!({"done": [], "failed": unread}));
    }
}
