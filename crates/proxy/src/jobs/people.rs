//! Everybody at a vendor whom a row can be about, read once for a dry run. Names only, and only for as long as it takes.

use std::collections::{BTreeMap, HashSet};

use roomkey_schema::job_build::People;
use roomkey_schema::path::PathParams;
use serde_json::Value;

use super::JobFault;
use crate::app::App;
use crate::exchange::{Asked, send};
use crate::http::fault::Fault;
use crate::words::fill;

/// Names in small letters.
#[derive(Debug, Default)]
pub(super) struct Everybody(HashSet<Box<str>>);

impl Everybody {
    /// Whether somebody has that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name.to_lowercase().as_str())
    }

    /// Reads the list, page after page.
    pub(super) async fn read(app: &App, people: &People) -> Result<Self, JobFault> {
        let mut everybody = HashSet::new();
        let mut token = String::new();
        loop {
            let page = page(app, people, &token).await.map_err(|fault| unreadable(app, &fault))?;
            everybody.extend(people.names(&page).into_iter().map(|name| name.to_lowercase().into_boxed_str()));
            match page.get("next_page_token").and_then(Value::as_str) {
                Some(next) if !next.is_empty() && next != token => next.clone_into(&mut token),
                _ => return Ok(Self(everybody)),
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
