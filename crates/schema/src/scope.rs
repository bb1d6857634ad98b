//! How far a person reaches: everywhere, or only to the people of some groups and divisions. Pure; who is in a group is
//! the people index's business.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How far somebody reaches. Without units: everywhere.
#[derive(Clone, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Scope {
    /// Whoever is in one of these.
    pub units: Vec<Unit>,
}

impl Scope {
    /// Whether there is no limit.
    pub const fn is_everywhere(&self) -> bool {
        self.units.is_empty()
    }
}

/// A part of the organisation, as one vendor knows it. In text: `zoom.group:ID`, `zoom.division:ID`,
/// `webex.department:NAME`.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Unit {
    /// Vendor's id.
    pub vendor: String,
    /// What kind of part, such as `group`.
    pub kind: String,
    /// Its id there.
    pub id: String,
}

/// Why a text names no unit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NoUnit(pub String);

impl fmt::Display for NoUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} names no part of an organisation; write VENDOR.KIND:ID, such as zoom.group:abc", self.0)
    }
}

impl std::error::Error for NoUnit {}

impl FromStr for Unit {
    type Err = NoUnit;

    fn from_str(text: &str) -> Result<Self, NoUnit> {
        let parts = text.split_once(':').and_then(|(kind, id)| Some((kind.split_once('.')?, id)));
        match parts {
            Some(((vendor, kind), id)) if !vendor.is_empty() && !kind.is_empty() && !id.is_empty() => {
                Ok(Self { vendor: vendor.to_owned(), kind: kind.to_owned(), id: id.to_owned() })
            }
            _ => Err(NoUnit(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Unit {
    type Error = NoUnit;

    fn try_from(text: String) -> Result<Self, NoUnit> {
        text.parse()
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.to_string()
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}:{}", self.vendor, self.kind, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_what_its_text_says() {
        let unit: Unit = "zoom.group:a:b".parse().expect("a unit");
        assert_eq!((unit.vendor.as_str(), unit.kind.as_str(), unit.id.as_str()), ("zoom", "group", "a:b"));
        assert_eq!(unit.to_string(), "zoom.group:a:b");
        for text in ["", "zoom", "zoom.group", "zoom:abc", ".group:abc", "zoom.:abc", "zoom.group:"] {
            assert_eq!(text.parse::<Unit>(), Err(NoUnit(text.to_owned())));
        }
    }
}
