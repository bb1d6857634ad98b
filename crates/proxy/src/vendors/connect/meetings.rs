//! Meetings: found by name, host or folder, page by page, each with whether it needs a passcode; and one with its hosts.
//! Must not hold a page.

use serde_json::{Map, Value, json};

use super::passcodes::{self, Known};
use super::session::Session;
use super::site::Ask;
use super::status::unless_denied;
use super::{absent, folders, sco, sco_id};
use crate::vendors::paging::{self, NEXT_PAGE};
use crate::vendors::{Call, VendorFault};

/// Rows of a page when nobody says how many, and at most.
const USUAL: usize = 200;
const MOST: usize = 1_000;
/// The vendor cannot look for meetings that need a passcode. So many pages are looked through for one answer; the next
/// page goes on from there.
const LOOKED_THROUGH: usize = 10;

/// Where meetings are looked for.
enum Within {
    Everywhere,
    /// In the folder of that id and name.
    Folder(String, String),
    /// Nowhere: who is asked for hosts nothing.
    Nothing,
}

struct Search<'a> {
    within: Within,
    name: Option<&'a str>,
    needs_passcode: Option<bool>,
    size: usize,
}

/// Some rows, and the number of the one after them, if there may be more.
struct Rows {
    meetings: Vec<Map<String, Value>>,
    next: Option<usize>,
}

/// A page of meetings.
pub(super) async fn list(session: &Session, call: &Call) -> Result<Value, VendorFault> {
    let search = Search {
        within: within(session, call).await?,
        name: call.parameter("name"),
        needs_passcode: call.parameter("needs_passcode").map(|wanted| wanted == "true"),
        size: paging::size(call, "page_size", USUAL, MOST),
    };
    let found = search.run(session, paging::start(call, 0)?).await?;
    let mut page = json!({"meetings": found.meetings});
    if let Some(next) = found.next {
        page[NEXT_PAGE] = next.to_string().into();
    }
    Ok(page)
}

/// One meeting, as far as it may be seen.
pub(super) async fn one(session: &Session, id: &str) -> Result<Value, VendorFault> {
    let root = session.ask(&Ask::read("sco-info", vec![("sco-id", sco_id(id)?)])).await?;
    let mut meeting = root.at(&["sco"]).and_then(sco::meeting).ok_or_else(absent)?;
    if let Some(folder_id) = meeting.get("folder_id").and_then(Value::as_str)
        && let Some(name) = unless_denied(folders::name(session, folder_id).await)?
    {
        meeting.insert("folder".to_owned(), name.into());
    }
    if let Some(passcode) = unless_denied(passcodes::one(session, id).await)? {
        meeting.insert("passcode".to_owned(), passcode);
    }
    let parameters = vec![("acl-id", id), ("filter-permission-id", "host")];
    let permissions = unless_denied(session.ask(&Ask::read("permissions-info", parameters)).await)?;
    let hosts = permissions.iter().flat_map(|root| root.all("principal"));
    let hosts = hosts.filter(|host| host.attribute("permission-id").is_none_or(|permission| permission == "host"));
    meeting.insert("hosts".to_owned(), hosts.map(super::hosts::row).collect());
    Ok(Value::Object(meeting))
}

async fn within(session: &Session, call: &Call) -> Result<Within, VendorFault> {
    if let Some(login) = call.parameter("host") {
        let folder = folders::of_host(session, login).await?;
        return Ok(folder.map_or(Within::Nothing, |id| Within::Folder(id, login.to_owned())));
    }
    match call.parameter("folder") {
        Some(id) => Ok(Within::Folder(id.to_owned(), folders::name(session, sco_id(id)?).await?)),
        None => Ok(Within::Everywhere),
    }
}

impl Search<'_> {
    async fn run(&self, session: &Session, start: usize) -> Result<Rows, VendorFault> {
        let mut found = Rows { meetings: Vec::new(), next: Some(start) };
        let mut known = None;
        for _ in 0..LOOKED_THROUGH {
            let Some(from) = found.next else { break };
            let page = self.page(session, from).await?;
            found.next = page.next;
            if page.meetings.is_empty() {
                break;
            }
            if known.is_none() {
                known = Some(self.known(session).await?);
            }
            for (index, mut meeting) in page.meetings.into_iter().enumerate() {
                put_passcode(&mut meeting, known.as_ref().and_then(Option::as_ref));
                if self.needs_passcode.is_some_and(|wanted| wanted != needs_passcode(&meeting)) {
                    continue;
                }
                if found.meetings.len() == self.size {
                    found.next = Some(from + index);
                    return Ok(found);
                }
                found.meetings.push(meeting);
            }
            if self.needs_passcode.is_none() {
                break;
            }
        }
        Ok(found)
    }

    /// Passcodes of all meetings. Who may not read them sees the list without them, but cannot ask for those alone.
    async fn known(&self, session: &Session) -> Result<Option<Known>, VendorFault> {
        let known = passcodes::all(session).await;
        if self.needs_passcode.is_some() { known.map(Some) } else { unless_denied(known) }
    }

    /// What the vendor lists from that row on.
    async fn page(&self, session: &Session, from: usize) -> Result<Rows, VendorFault> {
        let (from_text, size_text) = (from.to_string(), self.size.to_string());
        let mut parameters = vec![("filter-type", "meeting")];
        if let Some(name) = self.name {
            parameters.push(("filter-like-name", name));
        }
        parameters.extend([("sort-name", "asc"), ("filter-start", &*from_text), ("filter-rows", &*size_text)]);
        let (root, rows) = match &self.within {
            Within::Nothing => return Ok(Rows { meetings: Vec::new(), next: None }),
            Within::Everywhere => (session.ask(&Ask::read("report-bulk-objects", parameters)).await?, "row"),
            Within::Folder(id, _) => {
                parameters.insert(0, ("sco-id", id));
                (session.ask(&Ask::read("sco-contents", parameters)).await?, "sco")
            }
        };
        let all = root.all(rows);
        let mut meetings: Vec<_> = all.iter().filter_map(|row| sco::meeting(row)).collect();
        if let Within::Folder(id, name) = &self.within {
            for meeting in &mut meetings {
                meeting.insert("folder_id".to_owned(), id.as_str().into());
                meeting.insert("folder".to_owned(), name.as_str().into());
            }
        }
        // The vendor does not say how many there are, and may give fewer than were asked for: only nothing is the end.
        Ok(Rows { meetings, next: Some(from + all.len()).filter(|_| !all.is_empty()) })
    }
}

fn put_passcode(meeting: &mut Map<String, Value>, known: Option<&Known>) {
    let Some(known) = known else { return };
    let id = meeting.get("sco_id").and_then(Value::as_str).unwrap_or_default();
    let passcode = known.get(id).cloned().unwrap_or_else(|| "".into());
    meeting.insert("passcode".to_owned(), passcode);
}

fn needs_passcode(meeting: &Map<String, Value>) -> bool {
    meeting.get("passcode").is_some_and(|passcode| passcode != "")
}
