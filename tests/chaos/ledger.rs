//! The sandbox's ledger: which requests were attempts to give somebody a PIN, and by whom. Attempts count whether or not they
//! were carried out: what was sent may have been.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

/// Where REST sets rooms.
const ROOM: &str = "/webex/v1/meetingPreferences/personalMeetingRoom";
/// What XML sets them with.
const SET_USER: &str = "SetUser";

/// A line, as far as it matters here.
#[derive(Debug, Deserialize)]
pub(crate) struct Line {
    vendor: String,
    method: String,
    path: String,
    query: String,
    service: Option<String>,
    body: Value,
}

/// An attempt to give somebody a PIN.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Write {
    pub(crate) person: String,
    pub(crate) pin: String,
    /// Who made it, where the vendor counts by administrator.
    pub(crate) administrator: Option<String>,
}

impl Line {
    /// Whether Webex was asked for anything.
    pub(crate) fn is_webex(&self) -> bool {
        self.vendor.starts_with("webex")
    }

    /// The attempt that this is.
    pub(crate) fn write(&self) -> Option<Write> {
        match self.service.as_deref() {
            Some(SET_USER) => self.set_user(),
            None if self.method == "PUT" && self.path == ROOM => self.put_room(),
            _ => None,
        }
    }

    fn put_room(&self) -> Option<Write> {
        let url = reqwest::Url::parse(&format!("http://localhost/?{}", self.query)).ok()?;
        let person = url.query_pairs().find(|(name, _)| name == "userEmail")?.1.into_owned();
        let pin = self.body.get("hostPin")?.as_str()?.to_owned();
        Some(Write { person, pin, administrator: None })
    }

    fn set_user(&self) -> Option<Write> {
        let text = self.body.as_str()?;
        let between = |tag: &str| text.split_once(&format!("<{tag}>"))?.1.split('<').next().map(str::to_owned);
        Some(Write { person: between("webExId")?, pin: between("hostPIN")?, administrator: Some(between("webExID")?) })
    }
}

/// The different PINs that each person was given, and how many attempts there were.
pub(crate) fn given(lines: &[Line]) -> (BTreeMap<String, BTreeSet<String>>, usize) {
    let mut given: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut attempts = 0;
    for write in lines.iter().filter_map(Line::write) {
        attempts += 1;
        given.entry(write.person).or_default().insert(write.pin);
    }
    (given, attempts)
}

/// How many attempts each administrator made.
pub(crate) fn by_administrator(lines: &[Line]) -> BTreeMap<String, u64> {
    let mut made = BTreeMap::new();
    for administrator in lines.iter().filter_map(|line| line.write()?.administrator) {
        *made.entry(administrator).or_default() += 1;
    }
    made
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn write(line: Value) -> Option<Write> {
        serde_json::from_value::<Line>(line).expect("a line").write()
    }

    #[test]
    fn attempts_are_known_from_reads_by_rest_and_by_xml() {
        let rest = |method: &str| {
            json!({"vendor": "webex", "method": method, "path": ROOM, "query": "siteUrl=a&userEmail=a%40b.c",
                "body": {"topic": "t", "hostPin": "0482"}})
        };
        let expect = Write { person: "a@b.c".to_owned(), pin: "0482".to_owned(), administrator: None };
        assert_eq!(write(rest("PUT")), Some(expect));
        assert_eq!(write(rest("GET")), None);
        let body = "<webExID>admin1</webExID><sessionTicket>***</sessionTicket><webExId>a@b.c</webExId>\
                    <personalMeetingRoom><hostPIN>0482</hostPIN></personalMeetingRoom>";
        let xml = |service: &str| json!({"vendor": "webex_xml", "method": "POST", "path": "/x", "query": "", "service": service, "body": body});
        let expect =
            Write { person: "a@b.c".to_owned(), pin: "0482".to_owned(), administrator: Some("admin1".to_owned()) };
        assert_eq!(write(xml("SetUser")), Some(expect));
        assert_eq!(write(xml("GetUser")), None);
    }
}
