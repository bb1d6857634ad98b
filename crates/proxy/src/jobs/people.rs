//! Everybody and everything at a vendor that a row can be about, read once for a dry run. Names and ids only, and only for
//! as long as it takes.

use std::collections::{BTreeMap, HashMap};

use roomkey_schema::job_build::People;
use roomkey_schema::path::PathParams;
use serde_json::Value;

use super::JobFault;
use crate::app::App;
use crate::exchange::{Asked, send};
use crate::http::fault::Fault;
use crate::words::fill;

/// Names in small letters, each with whom it stands for.
#[derive(Debug, Default)]
pub(super) struct Everybody(HashMap<Box<str>, Meant>);

/// Whom or what a name stands for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Meant {
    /// Whoever is called so; the vendor takes the name as it stands.
    Named,
    /// What has that id.
    Id(Box<str>),
    /// One of several that are called so.
    Several,
}

impl Everybody {
    /// Whom a name stands for; none when nobody is called so.
    pub(super) fn find(&self, name: &str) -> Option<&Meant> {
        self.0.get(name.to_lowercase().as_str())
    }

    fn add(&mut self, name: &str, id: Option<&str>) {
        let meant = id.map_or(Meant::Named, |id| Meant::Id(id.into()));
        let known = self.0.entry(name.to_lowercase().into_boxed_str()).or_insert_with(|| meant.clone());
        if *known != meant {
            *known = Meant::Several;
        }
    }

    /// Reads the list, page after page.
    pub(super) async fn read(app: &App, people: &People) -> Result<Self, JobFault> {
        let mut everybody = Self::default();
        let mut token = String::new();
        loop {
            let page = page(app, people, &token).await.map_err(|fault| unreadable(app, &fault))?;
            people.names(&page).into_iter().for_each(|(name, id)| everybody.add(name, id));
            match page.get("next_page_token").and_then(Value::as_str) {
                Some(next) if !next.is_empty() && next != token => next.clone_into(&mut token),
                _ => return Ok(everybody),
            }
        }
    }
}

async fn page(app: &App, people: &People, token: &str) -> Result<Value, Fault> {
    let operation = app.catalog.operation(&people.read);
    let operation = operation.ok_or_else(|| Fault::internal(&format_args!("no operation {}", people.read)))?;
    let mut query = BTreeMap::from([(people.size_param.clone(), people.size.to_string())]);
    if !token.is_empty() {
        query.insert("next_page_token".to_owned(), token.to_owned());
    }
    let asked = Asked::of(app, operation, PathParams::default(), query, None)?;
    let at = send::vendor(app, operation)?;
    Ok(send::send(app, at, &asked.call()?).await?.body.unwrap_or_default())
}

fn unreadable(app: &App, fault: &Fault) -> JobFault {
    let parts = fault.parts();
    let reason = parts.detail.as_deref().unwrap_or_else(|| app.words.detail(parts.kind));
    JobFault::People(fill(&app.words.jobs.people_unreadable, &[("reason", reason)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_its_id_unless_several_have_it() {
        let mut everybody = Everybody::default();
        for (name, id) in [("7", Some("7")), ("Ward round", Some("7")), ("8", Some("8")), ("WARD round", Some("8"))] {
            everybody.add(name, id);
        }
        everybody.add("a@b.c", None);
        everybody.add("A@b.c", None);
        assert_eq!(everybody.find("7"), Some(&Meant::Id("7".into())));
        assert_eq!(everybody.find("ward round"), Some(&Meant::Several));
        assert_eq!(everybody.find("A@B.C"), Some(&Meant::Named));
        assert_eq!(everybody.find("nobody"), None);
    }
}
