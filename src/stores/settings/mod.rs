//! The settings of one object: what is loaded, what a person changes, what came of applying it. Holds the model and
//! shows its state as signals, one a row. Must not know how anything looks.

mod apply;
mod load;

use leptos::prelude::*;
use reactive_stores::{Store, StoreFieldIterator};
use roomkey_schema::form::{Form, Kind, Row, value_text};
use roomkey_schema::path::PathParams;
use serde_json::Value;

use super::Load;
use super::reveal::wanted;
use crate::api::{Abort, Failure};
use crate::form::change::{Change, Outcome, Part, Place, RowState, Summary};
use crate::form::model::{Model, Write};

/// What the views can follow.
#[derive(Clone, Debug, Default, Store)]
struct State {
    load: Load,
    rows: Vec<RowState>,
    summary: Summary,
    applying: Applying,
}

/// Where applying stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Applying {
    /// Nothing was applied yet, or its outcome was put away.
    #[default]
    Idle,
    /// Requests are under way: done, of how many.
    Running(usize, usize),
    /// All of it was accepted.
    Done {
        /// How many settings and locks the vendor took over.
        applied: usize,
        /// How many it ignored.
        ignored: usize,
        /// How many others it changed along with them.
        also: usize,
        /// It was an undoing.
        undone: bool,
        /// What could not be read again afterwards.
        unread: Option<Failure>,
    },
    /// Somebody else changed the same rows; nothing was overwritten.
    Conflict,
    /// Some of it was not accepted; the rest is still staged.
    Failed(Failure),
}

/// What a person said in a form of an action.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Members of the body.
    pub(crate) body: Option<Value>,
    /// The entity tag that what is changed must still have.
    pub(crate) if_match: Option<String>,
    /// Parameters of path and query.
    pub(crate) params: Vec<(String, String)>,
}

/// The settings of one object.
#[derive(Clone, Copy)]
pub(crate) struct SettingsStore {
    state: Store<State>,
    model: StoredValue<Option<Model>>,
    etags: StoredValue<Vec<Option<String>>>,
    params: StoredValue<PathParams>,
    undo: StoredValue<Vec<Write>>,
    can_undo: RwSignal<bool>,
    abort: StoredValue<Abort>,
}

impl SettingsStore {
    /// An empty store for the object that the parameters name. Its requests end with the owner.
    pub(crate) fn new(params: PathParams) -> Self {
        Self {
            state: Store::new(State::default()),
            model: StoredValue::new(None),
            etags: StoredValue::new(Vec::new()),
            params: StoredValue::new(params),
            undo: StoredValue::new(Vec::new()),
            can_undo: RwSignal::new(false),
            abort: StoredValue::new(Abort::on_cleanup()),
        }
    }

    /// Where loading stands.
    pub(crate) fn load_state(self) -> Load {
        self.state.load().get()
    }

    /// Where applying stands.
    pub(crate) fn applying(self) -> Applying {
        self.state.applying().get()
    }

    /// How one row stands.
    pub(crate) fn row(self, index: usize) -> RowState {
        self.state.rows().at_unkeyed(index).get()
    }

    /// Numbers for the bar and the sections.
    pub(crate) fn summary(self) -> Summary {
        self.state.summary().get()
    }

    /// How one row stands now; not followed.
    pub(crate) fn row_now(self, index: usize) -> RowState {
        self.with_model(RowState::default(), |model| model.state(index))
    }

    /// The numbers now; not followed.
    pub(crate) fn summary_now(self) -> Summary {
        self.with_model(Summary::default(), Model::summary)
    }

    /// Rows that somebody else changed meanwhile.
    pub(crate) fn conflicts(self) -> Vec<usize> {
        self.with_model(Vec::new(), Model::conflicts)
    }

    /// Whether the last change can be undone.
    pub(crate) fn can_undo(self) -> bool {
        self.can_undo.get()
    }

    /// Looks at the form; nothing before it is loaded.
    pub(crate) fn with_form<T: Default>(self, look: impl FnOnce(&Form) -> T) -> T {
        self.with_model(T::default(), |model| look(model.form()))
    }

    /// The row of that id.
    pub(crate) fn find(self, id: &str) -> Option<usize> {
        self.with_model(None, |model| model.find(id))
    }

    /// What a row is called.
    pub(crate) fn label(self, row: usize) -> String {
        self.with_model(String::new(), |model| model.row(row).map(|row| row.label.clone()).unwrap_or_default())
    }

    /// How half of a row is shown, and whether this person can change it.
    pub(crate) fn control(self, place: Place) -> (Kind, bool) {
        self.with_model((Kind::Unknown, false), |model| (model.kind(place), model.can_change(place)))
    }

    /// Names of the groups whose locks bind a row.
    pub(crate) fn locked_by(self, row: usize) -> String {
        self.with_model(String::new(), |model| model.locked_by(row).to_owned())
    }

    /// What the secret of a row is called, and what the server is asked for it; none where it may not be shown.
    pub(crate) fn secret(self, row: usize) -> Option<(String, Value)> {
        self.with_form(|form| {
            let (_, row) = form.rows().nth(row)?;
            let leaf = row.setting.as_ref().filter(|leaf| leaf.reveal)?;
            let source = form.sources.get(leaf.source)?;
            let read = source.read.as_ref()?;
            let mut params = self.params.with_value(|params| read.path.given(params));
            if let Some(option) = &source.option {
                params.insert("option".to_owned(), option.clone());
            }
            Some((row.label.clone(), wanted(&read.operation, params, &leaf.pointer)))
        })
    }

    /// Old and new of every change.
    pub(crate) fn review(self) -> Vec<Change> {
        self.with_model(Vec::new(), Model::review)
    }

    /// How many requests applying will send.
    pub(crate) fn request_count(self) -> usize {
        self.with_model(0, |model| model.writes().len())
    }

    /// Rows with a fault, with its sentence.
    pub(crate) fn faults(self) -> Vec<(usize, String)> {
        self.with_model(Vec::new(), Model::faults)
    }

    /// Labels of rows whose last apply ended like that.
    pub(crate) fn with_outcome(self, outcome: Outcome) -> Vec<String> {
        self.with_model(Vec::new(), |model| {
            let rows = model.with_outcome(outcome);
            rows.iter().filter_map(|row| model.row(*row)).map(|row| row.label.clone()).collect()
        })
    }

    /// A person set a value.
    pub(crate) fn set(self, row: usize, value: Value) {
        self.change(row, |model| model.set((row, Part::Setting), value));
    }

    /// A person typed text.
    pub(crate) fn set_text(self, row: usize, text: &str) {
        self.change(row, |model| model.set_text((row, Part::Setting), text));
    }

    /// A person locked or unlocked a row.
    pub(crate) fn set_lock(self, row: usize, locked: bool) {
        self.change(row, |model| model.set((row, Part::Lock), Value::Bool(locked)));
    }

    /// Takes what somebody else set.
    pub(crate) fn take_theirs(self, row: usize) {
        self.change(row, |model| model.take_theirs(row));
    }

    /// Keeps the change made here; the next apply overwrites theirs.
    pub(crate) fn keep_mine(self, row: usize) {
        self.change(row, |model| model.keep_mine(row));
    }

    /// Whether all that an action needs has been said, and nothing is wrong with it. What is missing is shown.
    pub(crate) fn demand(self) -> bool {
        self.update(Model::demand);
        self.summary_now().faults == 0
    }

    /// What has been said for an action.
    pub(crate) fn asked(self) -> Asked {
        let mut asked = Asked::default();
        for write in self.with_model(Vec::new(), Model::writes) {
            let query = self.with_form(|form| form.sources.get(write.source).is_some_and(|source| source.query));
            match write.body {
                Value::Object(members) if query => {
                    asked.params.extend(members.into_iter().map(|(name, value)| (name, value_text(&value))));
                }
                body => asked.body = Some(body),
            }
        }
        asked
    }

    /// Drops every change.
    pub(crate) fn discard(self) {
        self.update(Model::discard);
        self.state.applying().set(Applying::Idle);
    }

    /// Leaves only rows that say all the words.
    pub(crate) fn filter(self, query: &str) {
        self.update(|model| model.filter(query));
    }

    /// Puts the outcome of the last apply away.
    pub(crate) fn put_away(self) {
        self.state.applying().set(Applying::Idle);
    }

    fn with_model<T>(self, otherwise: T, look: impl FnOnce(&Model) -> T) -> T {
        self.model.with_value(|model| model.as_ref().map_or(otherwise, look))
    }

    /// Changes one row and shows what depends on it.
    fn change(self, row: usize, change: impl FnOnce(&mut Model)) {
        let affected = self.model.try_update_value(|model| {
            let model = model.as_mut()?;
            change(model);
            let mut affected = model.below(row);
            affected.push(row);
            Some(affected)
        });
        self.show(affected.flatten().unwrap_or_default());
    }

    /// Changes the model and shows every row that differs.
    fn update(self, change: impl FnOnce(&mut Model)) {
        self.model.update_value(|model| {
            if let Some(model) = model {
                change(model);
            }
        });
        self.show(0..self.with_model(0, Model::len));
    }

    fn show(self, rows: impl IntoIterator<Item = usize>) {
        for row in rows {
            let state = self.with_model(RowState::default(), |model| model.state(row));
            let shown = self.state.rows().at_unkeyed(row);
            if shown.try_with_untracked(|shown| *shown != state).unwrap_or(false) {
                shown.set(state);
            }
        }
        let summary = self.with_model(Summary::default(), Model::summary);
        if self.state.summary().with_untracked(|shown| *shown != summary) {
            self.state.summary().set(summary);
        }
    }

    /// A copy of a row of the form, to draw it.
    pub(crate) fn row_of(self, index: usize) -> Option<Row> {
        self.with_model(None, |model| model.row(index).cloned())
    }
}
