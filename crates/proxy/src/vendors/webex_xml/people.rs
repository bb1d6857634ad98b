//! Pages of people from LstsummaryUser, in the form that both of Webex's adapters answer with. Must not hold a page.

use serde_json::{Map, Value, json};

use super::WebexXml;
use super::envelope::{self, Content, Service};
use super::errors::NO_RECORDS;
use super::site::Request;
use crate::vendors::paging::{self, NEXT_PAGE};
use crate::vendors::xml::Element;
use crate::vendors::{Call, Trouble, VendorFault};

/// Rows of a page when nobody says how many.
const USUAL: usize = 100;
/// Rows that Webex XML gives at once.
const MOST: usize = 500;
/// LstsummaryUser cannot look for names. So many pages are looked through for one answer; the next page goes on from there.
const LOOKED_THROUGH: usize = 10;

/// What is looked for.
struct Search<'a> {
    email: Option<&'a str>,
    /// Beginning of the name, in small letters.
    name: Option<String>,
    max: usize,
}

/// Some rows, and the number of the one after them, if there are more.
struct Rows {
    people: Vec<Value>,
    next: Option<usize>,
}

/// A page of people.
pub(super) async fn list(site: &WebexXml, call: &Call) -> Result<Value, VendorFault> {
    let search = Search {
        email: call.parameter("email"),
        name: call.parameter("displayName").map(str::to_lowercase),
        max: paging::size(call, "max", USUAL, MOST),
    };
    let start = paging::start(call, 1)?;
    // Nobody has an address that XML cannot hold.
    if !search.email.is_none_or(envelope::is_text) {
        return Ok(json!({"items": []}));
    }
    let found = search.run(site, start).await?;
    let mut page = json!({"items": found.people});
    if let Some(next) = found.next {
        page[NEXT_PAGE] = next.to_string().into();
    }
    Ok(page)
}

impl Search<'_> {
    async fn run(&self, site: &WebexXml, start: usize) -> Result<Rows, VendorFault> {
        let Some(name) = &self.name else { return self.page(site, start, self.max).await };
        let mut found = Rows { people: Vec::new(), next: Some(start) };
        for _ in 0..LOOKED_THROUGH {
            let Some(from) = found.next else { break };
            let page = self.page(site, from, MOST).await?;
            found.next = page.next;
            for (index, person) in page.people.into_iter().enumerate() {
                if !begins_with(&person, name) {
                    continue;
                }
                if found.people.len() == self.max {
                    found.next = Some(from + index);
                    return Ok(found);
                }
                found.people.push(person);
            }
        }
        Ok(found)
    }

    /// What the site lists from that row on.
    async fn page(&self, site: &WebexXml, start: usize, most: usize) -> Result<Rows, VendorFault> {
        let (start_text, most_text) = (start.to_string(), most.to_string());
        let control = vec![("startFrom", Content::Text(&start_text)), ("maximumNum", Content::Text(&most_text))];
        let mut fields = vec![("listControl", Content::Fields(control))];
        if let Some(email) = self.email {
            fields.push(("email", Content::Text(email)));
        }
        let request = Request { service: Service::ListUsers, content: &fields, pin: None };
        match site.read(&request).await {
            Ok(content) => rows(&content, start).ok_or(VendorFault::new(Trouble::NotJson)),
            Err(fault) if fault.code.as_deref() == Some(NO_RECORDS) => Ok(Rows { people: Vec::new(), next: None }),
            Err(fault) => Err(fault),
        }
    }
}

fn rows(content: &Element, start: usize) -> Option<Rows> {
    let total: usize = content.text(&["matchingRecords", "total"])?.parse().ok()?;
    let people: Vec<Value> = content.children.iter().filter(|child| child.name == "user").map(person).collect();
    let next = start.checked_add(people.len())?;
    // A page without rows would lead in a circle.
    let next = Some(next).filter(|next| *next <= total && *next > start);
    Some(Rows { people, next })
}

fn person(user: &Element) -> Value {
    let text = |name: &str| user.text(&[name]);
    let (first, last) = (text("firstName"), text("lastName"));
    let both: Vec<&str> = first.into_iter().chain(last).collect();
    let mut person = Map::new();
    let mut tell = |name: &str, value: Option<Value>| person.extend(value.map(|value| (name.to_owned(), value)));
    tell("id", text("webExId").map(Value::from));
    tell("emails", Some(text("email").into_iter().collect()));
    tell("displayName", Some(both.join(" ").into()));
    tell("firstName", first.map(Value::from));
    tell("lastName", last.map(Value::from));
    Value::Object(person)
}

fn begins_with(person: &Value, name: &str) -> bool {
    person["displayName"].as_str().is_some_and(|whole| whole.to_lowercase().starts_with(name))
}
