//! Reads people: what was found, and one person with the accounts.

use serde_json::Value;

use super::{Members, Read};
use crate::people::{Account, Found, Hit, Kind, Person, Source};

impl Read for Found {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            items: of.list("items", Hit::read)?,
            more: of.flag("more"),
            sources: of.list("sources", Source::read)?,
        })
    }
}

impl Read for Hit {
    fn read(value: Value) -> Option<Self> {
        hit(&mut Members::of(value)?)
    }
}

fn hit(of: &mut Members) -> Option<Hit> {
    let kind = match of.text_or_empty("kind").as_str() {
        "meeting" => Kind::Meeting,
        _ => Kind::Person,
    };
    Some(Hit {
        key: of.text("key")?,
        kind,
        name: of.text("name")?,
        detail: of.text_or_empty("detail"),
        department: of.text_or_empty("department"),
        vendors: of.texts("vendors")?,
        ambiguous: of.flag("ambiguous"),
    })
}

impl Read for Source {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            vendor: of.text("vendor")?,
            read_at: of.text("read_at"),
            reading: of.flag("reading"),
            count: of.number("count")?,
            problem: of.text("problem"),
        })
    }
}

impl Read for Person {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            hit: hit(&mut of)?,
            emails: of.texts("emails")?,
            accounts: of.list("accounts", Account::read)?,
            others: of.list("others", Hit::read)?,
        })
    }
}

impl Read for Account {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            vendor: of.text("vendor")?,
            place: of.text("place")?,
            params: of.pairs("params")?,
            name: of.text("name")?,
            email: of.text_or_empty("email"),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn read_agrees_with_serde() {
        let hit = json!({"key": "k", "kind": "meeting", "name": "N", "detail": "d", "department": "D",
            "vendors": ["v"], "ambiguous": true});
        let found = json!({"items": [hit], "more": true, "sources": [
            {"vendor": "v", "read_at": "t", "reading": true, "count": 3, "problem": "P."},
            {"vendor": "w", "reading": false, "count": 0}]});
        let by_serde: Found = serde_json::from_value(found.clone()).expect("serde reads it");
        assert_eq!(Found::read(found.clone()), Some(by_serde.clone()));
        assert_eq!(serde_json::to_value(by_serde).expect("it can be written"), found);

        let account = json!({"vendor": "v", "place": "v.user", "params": {"userId": "7"}, "name": "N", "email": "e"});
        let person = json!({"key": "k", "kind": "person", "name": "N", "vendors": ["v"], "ambiguous": false,
            "emails": ["e"], "accounts": [account], "others": [hit]});
        let by_serde: Person = serde_json::from_value(person.clone()).expect("serde reads it");
        assert_eq!(Person::read(person.clone()), Some(by_serde.clone()));
        assert_eq!(serde_json::to_value(by_serde).expect("it can be written"), person);
    }
}
