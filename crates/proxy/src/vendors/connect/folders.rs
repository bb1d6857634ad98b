//! Folders that hold meetings: the shared ones with all that are in them, and the one of a host. Must not list meetings.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::session::Session;
use super::site::Ask;
use super::{absent, sco};
use crate::vendors::VendorFault;
use crate::vendors::xml::Element;

/// So many folders are looked into: nobody can choose from more.
const MOST_LOOKED_INTO: usize = 100;
/// Between a folder's name and the name of the one that it is in.
const BETWEEN: &str = " / ";

/// All shared folders, each by its way from the top.
pub(super) async fn list(session: &Session) -> Result<Value, VendorFault> {
    let mut found = Vec::new();
    let mut ahead = VecDeque::new();
    ahead.extend(root(session, "meetings").await?.map(|id| (id, String::new())));
    for _ in 0..MOST_LOOKED_INTO {
        let Some((id, above)) = ahead.pop_front() else { break };
        let contents =
            session.ask(&Ask::read("sco-contents", vec![("sco-id", &id), ("filter-type", "folder")])).await?;
        for folder in folders_in(&contents) {
            let Some(id) = sco::id(folder) else { continue };
            let name = format!("{above}{}", sco::name(folder));
            found.push((name.clone(), id.to_owned()));
            ahead.push_back((id.to_owned(), format!("{name}{BETWEEN}")));
        }
    }
    found.sort();
    let rows: Vec<Value> = found.into_iter().map(|(name, id)| json!({"sco_id": id, "name": name})).collect();
    Ok(json!({"folders": rows}))
}

/// What a folder is called.
pub(super) async fn name(session: &Session, id: &str) -> Result<String, VendorFault> {
    let root = session.ask(&Ask::read("sco-info", vec![("sco-id", id)])).await?;
    root.at(&["sco"]).map(|folder| sco::name(folder).to_owned()).ok_or_else(absent)
}

/// The id of the folder of a host's own meetings, which is called as the host signs in; none for who has none.
pub(super) async fn of_host(session: &Session, login: &str) -> Result<Option<String>, VendorFault> {
    let Some(root) = root(session, "user-meetings").await? else { return Ok(None) };
    let parameters = vec![("sco-id", &*root), ("filter-type", "folder"), ("filter-like-name", login)];
    let contents = session.ask(&Ask::read("sco-contents", parameters)).await?;
    let own = folders_in(&contents).into_iter().find(|folder| folder.text(&["name"]) == Some(login));
    Ok(own.and_then(sco::id).map(str::to_owned))
}

/// The id of the folder that the vendor keeps for one purpose; none where it has none.
async fn root(session: &Session, purpose: &str) -> Result<Option<String>, VendorFault> {
    let root = session.ask(&Ask::read("sco-shortcuts", Vec::new())).await?;
    let all = root.all("sco");
    let found = all.into_iter().find(|shortcut| shortcut.attribute("type") == Some(purpose));
    Ok(found.and_then(sco::id).map(str::to_owned))
}

fn folders_in(contents: &Element) -> Vec<&Element> {
    contents.all("sco").into_iter().filter(|sco| sco.attribute("type") == Some("folder")).collect()
}
