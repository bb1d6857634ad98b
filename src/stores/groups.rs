//! All groups of the account, read page by page until there are no more. Must not know how they are shown or ordered.

use leptos::prelude::*;
use reactive_stores::Store;
use roomkey_schema::wire::Index;
use serde_json::Value;

use super::{IndexStore, Load};
use crate::api::{Abort, Failure, operations};

/// As many as the vendor gives at once.
const PAGE_SIZE: &str = "300";

/// One group, as the list has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    /// The vendor's id.
    pub(crate) id: String,
    /// What people call it.
    pub(crate) name: String,
    /// How many people are in it, when the vendor says so.
    pub(crate) members: Option<u64>,
}

#[derive(Default, Store)]
struct State {
    items: Vec<Group>,
    load: Load,
}

/// The list of groups.
#[derive(Clone, Copy)]
pub(crate) struct GroupsStore {
    state: Store<State>,
}

impl Group {
    /// From the vendor's JSON; none when it has no id.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        Some(Self {
            id: text("id")?.to_owned(),
            name: text("name").unwrap_or_default().to_owned(),
            members: value.get("total_members").and_then(Value::as_u64),
        })
    }
}

impl GroupsStore {
    pub(super) fn new() -> Self {
        Self { state: Store::new(State::default()) }
    }

    /// Every group, in the vendor's order.
    pub(crate) fn items(self) -> Vec<Group> {
        self.state.items().get()
    }

    /// How many groups there are; none until they are all here.
    pub(crate) fn count(self) -> Option<u64> {
        (self.state.load().get() == Load::Ready).then(|| self.state.items().read().len() as u64)
    }

    /// How far loading has come.
    pub(crate) fn load_state(self) -> Load {
        self.state.load().get()
    }

    /// What the list says about one group.
    pub(crate) fn find(self, group_id: &str) -> Option<Group> {
        self.state.items().read_untracked().iter().find(|group| group.id == group_id).cloned()
    }

    /// Reads the list. What was there stays until the new list is whole.
    pub(crate) fn load(self, index: IndexStore, abort: Abort) {
        self.state.load().set(Load::Loading);
        let index = index.now();
        crate::api::spawn(async move {
            let outcome = read_all(&index, &abort).await;
            let load = Load::of(&outcome);
            if let Ok(items) = outcome {
                self.state.items().set(items);
            }
            self.state.load().set(load);
        });
    }
}

async fn read_all(index: &Index, abort: &Abort) -> Result<Vec<Group>, Failure> {
    let mut items: Vec<Group> = Vec::new();
    let mut token = String::new();
    loop {
        let query = [("page_size", PAGE_SIZE), ("next_page_token", token.as_str())];
        let target = operations::operation(index, "zoom.groups.list", &[], &query)?;
        let page = operations::send(&target, None, None, abort).await?.body;
        let listed = page.get("groups").and_then(Value::as_array).ok_or_else(|| Failure::nonsense(200, None))?;
        for group in listed.iter().filter_map(Group::read) {
            if !items.iter().any(|known| known.id == group.id) {
                items.push(group);
            }
        }
        let next = page.get("next_page_token").and_then(Value::as_str).unwrap_or_default();
        if next.is_empty() || next == token {
            return Ok(items);
        }
        next.clone_into(&mut token);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn group_without_an_id_is_left_out_and_without_a_count_is_kept() {
        assert_eq!(Group::read(&json!({"name": "x"})), None);
        let group = Group::read(&json!({"id": "a", "name": "Wards", "total_members": "12"}));
        assert_eq!(group, Some(Group { id: "a".into(), name: "Wards".into(), members: None }));
    }
}
