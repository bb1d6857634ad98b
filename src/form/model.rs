//! The settings form without its looks: values, changes, conflicts and what to send. Plain Rust with host tests; must not
//! know signals, the DOM, HTTP or words. What is told of it (rows, numbers, faults, the filter) is in `told`.

mod told;

use litemap::LiteMap;
use roomkey_schema::form::{Form, Kind, Leaf, Row};
use roomkey_schema::{Shape, Violation, pick};
use serde_json::Value;

use super::change::{Fault, Outcome, Part, Place};

/// A form, what was read into it and what a person changed since.
#[derive(Debug)]
pub(crate) struct Model {
    form: Form,
    /// Flat list of rows: section and index in it.
    rows: Vec<(usize, usize)>,
    parents: Vec<Option<usize>>,
    /// What was read, by source.
    base: Vec<Value>,
    staged: LiteMap<Place, Staged>,
    /// By row.
    outcomes: Vec<Outcome>,
    theirs: LiteMap<Place, Value>,
    /// By row.
    hidden: Vec<bool>,
    /// Names of the groups whose locks bind a row, by row; empty when none does.
    bound: Vec<String>,
    /// Whether rows that must have a value and have none are at fault.
    demanding: bool,
}

/// A change that is not applied yet.
#[derive(Clone, Debug)]
struct Staged {
    value: Value,
    /// What was typed, when it is no value yet.
    typed: Option<String>,
    fault: Option<Fault>,
}

/// The body of one write.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Write {
    /// Index of the form's source.
    pub(crate) source: usize,
    /// What to send.
    pub(crate) body: Value,
}

impl Model {
    /// A form without values.
    pub(crate) fn new(form: Form) -> Self {
        let rows: Vec<_> = form
            .sections
            .iter()
            .enumerate()
            .flat_map(|(section, rows)| (0..rows.rows.len()).map(move |row| (section, row)))
            .collect();
        let parents = form
            .rows()
            .map(|(_, row)| form.rows().position(|(_, other)| Some(&other.id) == row.parent.as_ref()))
            .collect();
        let base = form.sources.iter().map(|_| Value::Null).collect();
        Self {
            outcomes: vec![Outcome::None; rows.len()],
            hidden: vec![false; rows.len()],
            rows,
            parents,
            base,
            form,
            staged: LiteMap::new(),
            theirs: LiteMap::new(),
            bound: Vec::new(),
            demanding: false,
        }
    }

    /// The form.
    pub(crate) fn form(&self) -> &Form {
        &self.form
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row at an index.
    pub(crate) fn row(&self, index: usize) -> Option<&Row> {
        let (section, row) = *self.rows.get(index)?;
        self.form.sections.get(section)?.rows.get(row)
    }

    /// The index of the row of that id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.form.rows().position(|(_, row)| row.id == id)
    }

    fn outcome(&self, row: usize) -> Outcome {
        self.outcomes.get(row).copied().unwrap_or_default()
    }

    fn mark(&mut self, row: usize, outcome: Outcome) {
        if let Some(marked) = self.outcomes.get_mut(row) {
            *marked = outcome;
        }
    }

    fn leaf(&self, (row, part): Place) -> Option<&Leaf> {
        let row = self.row(row)?;
        match part {
            Part::Setting => row.setting.as_ref(),
            Part::Lock => row.lock.as_ref(),
        }
    }

    fn read(&self, place: Place) -> Option<&Value> {
        let leaf = self.leaf(place)?;
        let value = self.base.get(leaf.source)?.pointer(&leaf.pointer).filter(|value| !value.is_null())?;
        // Of a secret it is only known whether it is set.
        (!leaf.secret || leaf.node.shape.accepts_type(value)).then_some(value)
    }

    fn value(&self, place: Place) -> Option<&Value> {
        self.staged.get(&place).map(|staged| &staged.value).or_else(|| self.read(place))
    }

    /// Whether that half of the row can be changed by this person, now.
    pub(crate) fn can_change(&self, place: Place) -> bool {
        let Some(leaf) = self.leaf(place) else { return false };
        let writable = self.form.sources.get(leaf.source).is_some_and(|source| source.write.is_some());
        writable && !leaf.node.read_only && self.kind(place) != Kind::Unknown && self.locked_by(place.0).is_empty()
    }

    /// How the leaf is shown. What the vendor sends in another type than it promised is shown as it is.
    pub(crate) fn kind(&self, place: Place) -> Kind {
        match (self.leaf(place), self.read(place)) {
            (Some(leaf), Some(value)) if !leaf.node.shape.accepts_type(value) => Kind::Unknown,
            (Some(leaf), _) => leaf.kind(),
            (None, _) => Kind::Unknown,
        }
    }

    /// Takes over what was read from a source for the first time or anew. Nothing that was changed here is lost; where
    /// somebody else changed the same leaf meanwhile, the row becomes a conflict. Returns whether there is one.
    pub(crate) fn take(&mut self, source: usize, value: Value) -> bool {
        let Some(old) = self.base.get(source).cloned() else { return false };
        if let Some(base) = self.base.get_mut(source) {
            *base = value;
        }
        let mut conflict = false;
        let staged: Vec<Place> = self.staged.keys().copied().collect();
        for place in staged {
            let Some(leaf) = self.leaf(place).filter(|leaf| leaf.source == source).cloned() else { continue };
            let before = old.pointer(&leaf.pointer).filter(|_| !old.is_null());
            let now = self.read(place).cloned();
            let mine = self.staged.get(&place).map(|staged| leaf.node.writable(&staged.value));
            if now.as_ref().map(|now| leaf.node.writable(now)) == mine {
                self.staged.remove(&place);
                self.theirs.remove(&place);
            } else if !old.is_null() && now.as_ref() != before.filter(|value| !value.is_null()) {
                conflict = true;
                self.theirs.insert(place, now.unwrap_or(Value::Null));
            }
        }
        conflict
    }

    /// Takes over what the vendor holds after a write: what was sent is no longer a change; what differs from before
    /// without having been sent was changed by the vendor; `not_applied` names what it ignored.
    pub(crate) fn applied(&mut self, write: &Write, read_back: Option<Value>, not_applied: &[String]) {
        let places: Vec<Place> = self
            .all_places()
            .filter(|place| {
                let leaf = self.leaf(*place);
                leaf.is_some_and(|leaf| leaf.source == write.source && write.body.pointer(&leaf.pointer).is_some())
            })
            .collect();
        for place in &places {
            let ignored = self.leaf(*place).is_some_and(|leaf| not_applied.contains(&leaf.pointer));
            self.mark(place.0, if ignored { Outcome::NotApplied } else { Outcome::Applied });
            self.theirs.remove(place);
            if let Some(leaf) = self.leaf(*place).cloned()
                && let Some(staged) = self.staged.remove(place)
                && read_back.is_none()
                && let Some(base) = self.base.get_mut(leaf.source)
            {
                roomkey_schema::json::put(base, &leaf.pointer, staged.value);
            }
        }
        if let Some(value) = read_back {
            self.refresh(write.source, value);
        }
    }

    /// Takes over a fresh reading after a write and marks what the vendor changed along with it.
    pub(crate) fn refresh(&mut self, source: usize, value: Value) {
        let before: Vec<(Place, Option<Value>)> = self
            .all_places()
            .filter(|place| self.leaf(*place).is_some_and(|leaf| leaf.source == source))
            .map(|place| (place, self.read(place).cloned()))
            .collect();
        self.take(source, value);
        for (place, old) in before {
            if self.read(place) != old.as_ref() && self.outcome(place.0) == Outcome::None {
                self.mark(place.0, Outcome::AlsoChanged);
            }
        }
    }

    /// Sets what came of the last apply aside, before the next.
    pub(crate) fn forget_outcomes(&mut self) {
        self.outcomes.fill(Outcome::None);
    }

    fn all_places(&self) -> impl Iterator<Item = Place> + use<> {
        (0..self.rows.len()).flat_map(|row| [(row, Part::Setting), (row, Part::Lock)])
    }

    /// A person set a value.
    pub(crate) fn set(&mut self, place: Place, value: Value) {
        let Some(leaf) = self.leaf(place) else { return };
        let fault = leaf.node.check(&leaf.node.writable(&value)).into_iter().next();
        let fault = fault.map(|fault| Fault::Found(fault.violation));
        let none = self.read(place).is_none() && (value == "" || value.is_null());
        let same = none || self.read(place) == Some(&value);
        self.mark(place.0, Outcome::None);
        if same {
            self.staged.remove(&place);
            self.theirs.remove(&place);
        } else {
            self.staged.insert(place, Staged { value, typed: None, fault });
        }
    }

    /// A person typed text; it becomes a value if it can be one, and is kept as typed if not.
    pub(crate) fn set_text(&mut self, place: Place, text: &str) {
        let Some(leaf) = self.leaf(place) else { return };
        if text.is_empty() && leaf.node.nullable {
            return self.set(place, Value::Null);
        }
        if !matches!(leaf.node.shape, Shape::Integer { .. }) {
            return self.set(place, Value::from(text));
        }
        if let Ok(number) = text.trim().parse::<i64>() {
            return self.set(place, Value::from(number));
        }
        let fault = Fault::Found(Violation::WrongType("integer"));
        let staged = Staged { value: Value::from(text), typed: Some(text.to_owned()), fault: Some(fault) };
        self.mark(place.0, Outcome::None);
        self.staged.insert(place, staged);
    }

    /// Takes what somebody else set: the change made here is dropped.
    pub(crate) fn take_theirs(&mut self, row: usize) {
        for place in [(row, Part::Setting), (row, Part::Lock)] {
            if self.theirs.remove(&place).is_some() {
                self.staged.remove(&place);
            }
        }
    }

    /// Keeps the change made here although somebody else changed the row: the next apply overwrites theirs.
    pub(crate) fn keep_mine(&mut self, row: usize) {
        self.theirs.remove(&(row, Part::Setting));
        self.theirs.remove(&(row, Part::Lock));
    }

    /// Drops every change.
    pub(crate) fn discard(&mut self) {
        self.staged.clear();
        self.theirs.clear();
    }

    /// The smallest writes that apply all changes, settings before locks.
    pub(crate) fn writes(&self) -> Vec<Write> {
        self.bodies(|place| {
            let leaf = self.leaf(place)?;
            Some(leaf.node.writable(&self.staged.get(&place)?.value))
        })
    }

    /// How many changes go into the write of that source.
    pub(crate) fn changes_in(&self, source: usize) -> usize {
        let of = |place: &&Place| self.leaf(**place).is_some_and(|leaf| leaf.source == source);
        self.staged.keys().filter(of).count()
    }

    /// The writes that put back what is there now, for the leaves that would be written. Leaves that were never read
    /// cannot be put back.
    pub(crate) fn reversed(&self) -> Vec<Write> {
        self.bodies(|place| {
            let leaf = self.leaf(place)?;
            self.staged.get(&place)?;
            Some(leaf.node.writable(self.read(place)?))
        })
    }

    fn bodies(&self, value: impl Fn(Place) -> Option<Value>) -> Vec<Write> {
        (0..self.form.sources.len())
            .filter_map(|source| {
                if self.changes_in(source) == 0 {
                    return None;
                }
                let changed = self.staged.keys().filter_map(|place| {
                    let leaf = self.leaf(*place).filter(|leaf| leaf.source == source && self.is_wanted(place.0))?;
                    Some((leaf.pointer.clone(), value(*place)?))
                });
                Some(Write { source, body: pick(changed)? })
            })
            .collect()
    }

    /// Stages writes as if a person had made them; how the last change is undone.
    pub(crate) fn stage(&mut self, writes: &[Write]) {
        let found: Vec<(Place, Value)> = self
            .all_places()
            .filter_map(|place| {
                let leaf = self.leaf(place)?;
                let write = writes.iter().find(|write| write.source == leaf.source)?;
                Some((place, write.body.pointer(&leaf.pointer)?.clone()))
            })
            .collect();
        for (place, value) in found {
            self.set(place, value);
        }
    }

    /// Takes over the locks of a group: answers by index of the form's `above`.
    pub(crate) fn bind(&mut self, group: &str, locks: &[Value]) {
        self.bound.resize(self.rows.len(), String::new());
        for row in 0..self.rows.len() {
            let bound = self.row(row).and_then(|row| row.bound.as_ref());
            let locked = bound.and_then(|bound| locks.get(bound.source)?.pointer(&bound.pointer)?.as_bool());
            if locked == Some(true)
                && let Some(names) = self.bound.get_mut(row)
            {
                if !names.is_empty() {
                    names.push_str(", ");
                }
                names.push_str(group);
            }
        }
    }

    /// Names of the groups whose locks bind a row.
    pub(crate) fn locked_by(&self, row: usize) -> &str {
        self.bound.get(row).map_or("", String::as_str)
    }

    /// From now on rows that must have a value and have none are at fault.
    pub(crate) fn demand(&mut self) {
        self.demanding = true;
    }

    /// The row whose leaf a problem's pointer names.
    pub(crate) fn blame(&mut self, source: usize, pointer: &str, sentence: &str) -> Option<usize> {
        let place = self.all_places().find(|place| {
            self.leaf(*place).is_some_and(|leaf| {
                let inside = pointer.strip_prefix(leaf.pointer.as_str());
                leaf.source == source && inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        })?;
        if let Some(staged) = self.staged.get_mut(&place) {
            staged.fault = Some(Fault::Said(sentence.to_owned()));
        }
        Some(place.0)
    }

    /// Whose switch a row's value rules over: the rows whose looks change with it.
    pub(crate) fn below(&self, row: usize) -> Vec<usize> {
        (0..self.rows.len())
            .filter(|other| {
                let mut above = self.parents.get(*other).copied().flatten();
                while let Some(parent) = above {
                    if parent == row {
                        return true;
                    }
                    above = self.parents.get(parent).copied().flatten();
                }
                false
            })
            .collect()
    }
}
