//! What Adobe Connect calls a sco: a meeting or a folder, as different actions show it. Must not ask for one.

use serde_json::{Map, Value};

use crate::vendors::xml::Element;

/// Members of a meeting: name here, and elements that may hold it.
const MEMBERS: [(&str, &[&str]); 6] = [
    ("name", &["name"]),
    ("url", &["url", "url-path"]),
    ("description", &["description"]),
    ("created", &["date-created"]),
    ("modified", &["date-modified"]),
    ("begins", &["date-begin"]),
];

/// The id of a sco.
pub(super) fn id(element: &Element) -> Option<&str> {
    element.attribute("sco-id")
}

/// Its name; the id where it has none.
pub(super) fn name(element: &Element) -> &str {
    element.text(&["name"]).or_else(|| id(element)).unwrap_or_default()
}

/// A meeting as JSON; none when the element is something else.
pub(super) fn meeting(element: &Element) -> Option<Map<String, Value>> {
    if element.attribute("type").is_some_and(|kind| kind != "meeting") {
        return None;
    }
    let mut meeting = Map::from_iter([("sco_id".to_owned(), Value::from(id(element)?))]);
    for (member, elements) in MEMBERS {
        let text = elements.iter().find_map(|name| element.text(&[name]));
        meeting.extend(text.map(|text| (member.to_owned(), text.into())));
    }
    meeting.extend(element.attribute("folder-id").map(|folder| ("folder_id".to_owned(), folder.into())));
    Some(meeting)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vendors::xml;

    #[test]
    fn a_meeting_is_the_same_from_every_action() {
        let report = "<row sco-id='7' type='meeting' icon='meeting'><url>/r7/</url><name>Ward</name>\
                      <date-created>2026-01-02T03:04:05.000+00:00</date-created></row>";
        let contents = "<sco sco-id='7' folder-id='3' type='meeting'><url-path>/r7/</url-path><name>Ward</name></sco>";
        let read = |text: &str| meeting(&xml::read(text.as_bytes()).expect("a tree")).map(Value::Object);
        let created = "2026-01-02T03:04:05.000+00:00";
        let expect = json!({"sco_id": "7", "url": "/r7/", "name": "Ward", "created": created});
        assert_eq!(read(report), Some(expect));
        assert_eq!(read(contents), Some(json!({"sco_id": "7", "url": "/r7/", "name": "Ward", "folder_id": "3"})));
        assert_eq!(read("<sco sco-id='3' type='folder'><name>Wards</name></sco>"), None);
        assert_eq!(read("<row type='meeting'/>"), None);
    }
}
