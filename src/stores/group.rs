//! One group: its name, how many members and how many administrators. Must not hold its settings: those have a store
//! of their own.

use leptos::prelude::*;
use reactive_stores::Store;
use roomkey_schema::wire::Index;
use serde_json::Value;

use super::groups::Group;
use super::{GroupsStore, IndexStore, Load};
use crate::api::{Abort, Failure, operations};

#[derive(Default, Store)]
struct State {
    group: Group,
    admins: Option<u64>,
    load: Load,
}

/// The group that is open.
#[derive(Clone, Copy)]
pub(crate) struct GroupStore {
    state: Store<State>,
}

impl GroupStore {
    pub(super) fn new() -> Self {
        Self { state: Store::new(State::default()) }
    }

    /// The group; its name is empty until it is known.
    pub(crate) fn get(self) -> Group {
        self.state.group().get()
    }

    /// How many administrators it has, once known.
    pub(crate) fn admins(self) -> Option<u64> {
        self.state.admins().get()
    }

    /// How far loading has come.
    pub(crate) fn load_state(self) -> Load {
        self.state.load().get()
    }

    /// Opens a group: what the list knows is there at once, the rest is read.
    pub(crate) fn open(self, group_id: &str, list: GroupsStore, index: IndexStore, abort: Abort) {
        let known = list.find(group_id).unwrap_or_else(|| Group { id: group_id.to_owned(), ..Group::default() });
        self.state.group().set(known);
        self.state.admins().set(None);
        self.state.load().set(Load::Loading);
        let (index, group_id) = (index.now(), group_id.to_owned());
        crate::api::spawn(async move {
            let outcome = read(&index, &group_id, &abort).await;
            let (load, found) = (Load::of(&outcome), outcome.is_ok());
            if abort.is_aborted() {
                return;
            }
            if let Ok(group) = outcome {
                self.state.group().set(group);
            }
            self.state.load().set(load);
            // Nice to have: without it the page says nothing about administrators.
            if found && let Ok(admins) = count_admins(&index, &group_id, &abort).await {
                self.state.admins().set(admins);
            }
        });
    }
}

async fn read(index: &Index, group_id: &str, abort: &Abort) -> Result<Group, Failure> {
    let target = operations::operation(index, "zoom.groups.get", &[("groupId", group_id)], &[])?;
    let body = operations::send(&target, None, None, abort).await?.body;
    Group::read(&body).ok_or_else(|| Failure::nonsense(200, None))
}

async fn count_admins(index: &Index, group_id: &str, abort: &Abort) -> Result<Option<u64>, Failure> {
    let target =
        operations::operation(index, "zoom.group_admins.list", &[("groupId", group_id)], &[("page_size", "1")])?;
    let body = operations::send(&target, None, None, abort).await?.body;
    Ok(body.get("total_records").and_then(Value::as_u64))
}
