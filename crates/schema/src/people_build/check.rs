//! Whether a list of the index may be read as its data says: operations and fields that exist, places that take the
//! parameters, and no secret. Must not read a row.

use super::{FILE, Listing};
use crate::data::DataFault;
use crate::json::{child, keys};
use crate::node::{Node, Shape};
use crate::operation::Operation;
use crate::place::Place;

/// One list, and what there is.
pub(super) struct Check<'a> {
    /// Pointer of the list in its file.
    pub(super) at: &'a str,
    pub(super) listing: &'a Listing,
    pub(super) known: &'a dyn Fn(&str) -> Option<&'a Operation>,
    pub(super) places: &'a [Place],
}

impl<'a> Check<'a> {
    /// Checks everything; answers the operation that lists.
    pub(super) fn all(&self) -> Result<&'a Operation, DataFault> {
        let listing = self.listing;
        let read = self.reading("read", &listing.read)?;
        if !listing.size_param.is_empty() && !has_parameter(read, &listing.size_param) {
            return Err(self.fault("size_param", format!("{} has no parameter of that name", read.id)));
        }
        let mut named = listing.queries.iter().flat_map(|query| query.keys());
        if let Some(name) = named.find(|name| !has_parameter(read, name)) {
            return Err(self.fault("queries", format!("{} has no parameter {name}", read.id)));
        }
        let mut answers = vec![(read, listing.rows.clone() + "/*")];
        if let Some(each) = &listing.each {
            let above = self.reading("each", &each.read)?;
            for (name, pointer) in &each.params {
                if !read.path.params().any(|param| param == name) {
                    return Err(self.fault("each", format!("{} has no parameter {name} in its path", read.id)));
                }
                self.field("each", above, &format!("{}/*{pointer}", each.rows))?;
            }
        }
        if let Some(one) = &listing.one {
            let operation = self.reading("one", &one.read)?;
            if !operation.path.params().eq([one.param.as_str()]) {
                return Err(self.fault("one", format!("{} is not read by {} alone", one.read, one.param)));
            }
            answers.push((operation, String::new()));
        }
        for (operation, row) in answers {
            for (member, pointer) in self.fields() {
                self.field(member, operation, &format!("{row}{pointer}"))?;
            }
        }
        for kind in listing.units.keys() {
            if kind.split_once('.').is_none_or(|(vendor, kind)| vendor != read.vendor || kind.is_empty()) {
                return Err(self.fault("units", format!("\"{kind}\" is no kind of unit of {}", read.vendor)));
            }
        }
        for after in &listing.after {
            if (self.known)(&after.operation).is_none() {
                return Err(self.fault("after", format!("there is no operation {}", after.operation)));
            }
        }
        self.place(read)?;
        Ok(read)
    }

    fn fault(&self, member: &str, message: String) -> DataFault {
        DataFault::new(FILE, child(self.at, member), message)
    }

    fn reading(&self, member: &str, id: &str) -> Result<&'a Operation, DataFault> {
        let found = (self.known)(id).filter(|operation| operation.method.is_read());
        found.ok_or_else(|| self.fault(member, format!("there is no operation {id} that reads")))
    }

    /// Every pointer into a row, with the member that it stands in.
    fn fields(&self) -> Vec<(&'static str, &'a str)> {
        let listing = self.listing;
        let mut fields: Vec<(&'static str, &'a str)> = Vec::new();
        let mut all = |member, pointers: &'a [String]| {
            fields.extend(pointers.iter().filter(|at| !at.starts_with('{')).map(|at| (member, at.as_str())));
        };
        all("key", &listing.key);
        listing.names.iter().for_each(|name| all("names", name));
        all("emails", &listing.emails);
        all("ids", &listing.ids);
        all("host", &listing.host);
        all("department", listing.department.as_slice());
        listing.open.params.values().for_each(|from| all("open", from));
        fields.extend(listing.units.values().map(|at| ("units", at.as_str())));
        fields
    }

    /// That the answer can have it, and that it is no secret there.
    fn field(&self, member: &str, operation: &Operation, pointer: &str) -> Result<(), DataFault> {
        if operation.secrets.iter().any(|secret| meet(secret, pointer)) {
            return Err(self.fault(member, format!("{pointer} of {} is secret and is not indexed", operation.id)));
        }
        let answer = operation.variants.first().and_then(|variant| variant.response.as_ref());
        match answer {
            Some(node) if !has(node, &keys(pointer).collect::<Vec<_>>()) => {
                Err(self.fault(member, format!("{} answers nothing at {pointer}", operation.id)))
            }
            _ => Ok(()),
        }
    }

    fn place(&self, read: &Operation) -> Result<(), DataFault> {
        let open = &self.listing.open;
        let Some(place) = self.places.iter().find(|place| place.id == open.place && place.vendor == read.vendor) else {
            return Err(self.fault("open", format!("{} has no place {}", read.vendor, open.place)));
        };
        let path = crate::path::PathTemplate::parse(&place.path);
        let mut wanted: Vec<&str> = path.params().collect();
        wanted.sort_unstable();
        if !open.params.keys().eq(wanted.iter().copied()) {
            return Err(self.fault("open", format!("the place {} takes {}", place.id, wanted.join(", "))));
        }
        Ok(())
    }
}

fn has_parameter(operation: &Operation, name: &str) -> bool {
    operation.query.iter().any(|parameter| parameter.name == name)
}

/// Whether one is the other or lies within it.
fn meet(secret: &str, pointer: &str) -> bool {
    keys(secret).zip(keys(pointer)).all(|(one, other)| one == other || is_item(&one, &other) || is_item(&other, &one))
}

fn is_item(one: &str, other: &str) -> bool {
    one == "*" && other.parse::<usize>().is_ok()
}

fn has(node: &Node, keys: &[String]) -> bool {
    let Some((key, rest)) = keys.split_first() else { return true };
    match &node.shape {
        Shape::List { item, .. } => (key == "*" || is_item("*", key)) && has(item, rest),
        Shape::Unknown(_) => true,
        _ => node.member(key).is_some_and(|member| has(member, rest)),
    }
}
