//! `POST /_sandbox/mutate` as Webex takes it: changes behind the client's back, as another administrator makes them.
//! Must not judge.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::site::Site;
use super::state::State;
use crate::merge::merge;

impl State {
    /// Changes a room (`option` names the site), what a site allows a person, or a person. The error is a sentence.
    pub(super) fn mutate(&mut self, path: &str, option: Option<&str>, change: &Value) -> Result<(), String> {
        let path = path.trim_start_matches('/');
        let segments: Vec<&str> = path.split('/').collect();
        let ["people", email, rest @ ..] = &segments[..] else {
            return Err(format!("Nothing is held at {path:?}."));
        };
        let at = self.find(email).ok_or_else(|| format!("There is no person {email}."))?;
        match rest {
            [] => self.mutate_person(at, change),
            ["licence"] => {
                let licence = self.licence(at).ok_or("There is nobody.")?;
                self.set_licence(at, changed(&licence, change)?);
                Ok(())
            }
            ["personalMeetingRoom"] => {
                let url = option.unwrap_or(Site::Main.url());
                let site = Site::from_url(url).ok_or_else(|| format!("There is no site {url}."))?;
                let (room, _) = self.room(at, site).ok_or("There is nobody.")?;
                self.set_room(at, site, changed(&room, change)?);
                Ok(())
            }
            _ => Err(format!("Nothing is held at {path:?}.")),
        }
    }

    /// A person's name, or whether they are on Webex, or on the second site.
    fn mutate_person(&mut self, at: usize, change: &Value) -> Result<(), String> {
        let person = self.people.get_mut(at).ok_or("There is nobody.")?;
        for (name, value) in change.as_object().ok_or("An object is wanted.")? {
            match (name.as_str(), value) {
                ("firstName", Value::String(text)) => person.first_name = text.clone().into(),
                ("lastName", Value::String(text)) => person.last_name = text.clone().into(),
                ("onWebex", Value::Bool(on)) => person.on_webex = *on,
                ("onSecondSite", Value::Bool(on)) => person.on_eu = *on,
                _ => return Err(format!("A person has no {name:?} to change here.")),
            }
        }
        Ok(())
    }
}

fn changed<T: Serialize + DeserializeOwned>(held: &T, change: &Value) -> Result<T, String> {
    let mut whole = serde_json::to_value(held).map_err(|problem| problem.to_string())?;
    merge(&mut whole, change);
    serde_json::from_value(whole).map_err(|problem| format!("{problem}."))
}
