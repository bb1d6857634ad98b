//! Where a reading stands, as it is kept over a restart: which list, for which row of the list above it, which of its
//! queries, which page. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The page that is read next.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Position {
    /// Id of the list.
    pub(super) list: String,
    /// Path parameters that a list is read with which is read for each row of another one.
    #[serde(default)]
    pub(super) above: BTreeMap<String, String>,
    /// Which of the list's queries.
    #[serde(default)]
    pub(super) query: usize,
    /// The vendor's token of the page; empty for the first one.
    #[serde(default)]
    pub(super) token: String,
}

impl Position {
    /// As it is kept.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was kept; none when it makes no sense to this release.
    pub(super) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_was_kept_and_nonsense_is_none() {
        let above = BTreeMap::from([("accountId".to_owned(), "a/b".to_owned())]);
        let position = Position { list: "zoom.users".to_owned(), above, query: 2, token: "\"t\"".to_owned() };
        assert_eq!(Position::read(&position.text()), Some(position));
        assert_eq!(Position::read("page 7"), None);
    }
}
