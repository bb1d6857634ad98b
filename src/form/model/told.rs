//! What the model tells: how each row stands, numbers over all of them, faults, the review and what the filter leaves.
//! Must not change a value.

use roomkey_schema::Violation;
use roomkey_schema::form::value_text;
use serde_json::Value;

use super::super::change::{Change, Fault, Outcome, Part, RowState, Summary, say};
use super::Model;

impl Model {
    /// Old and new of every change, in the order of the rows.
    pub(crate) fn review(&self) -> Vec<Change> {
        self.staged
            .iter()
            .filter_map(|(place, staged)| {
                let leaf = self.leaf(*place)?;
                Some(Change {
                    place: *place,
                    label: self.row(place.0)?.label.clone(),
                    old: say(place.1, &leaf.node, &leaf.words, self.read(*place)),
                    new: say(place.1, &leaf.node, &leaf.words, Some(&staged.value)),
                })
            })
            .collect()
    }

    /// Rows whose last apply ended like that.
    pub(crate) fn with_outcome(&self, wanted: Outcome) -> Vec<usize> {
        (0..self.rows.len()).filter(|row| self.outcome(*row) == wanted).collect()
    }

    /// Rows with a fault.
    pub(crate) fn faults(&self) -> Vec<(usize, Fault)> {
        (0..self.rows.len()).filter_map(|row| Some((row, self.fault(row)?))).collect()
    }

    fn fault(&self, row: usize) -> Option<Fault> {
        if !self.is_wanted(row) {
            return None;
        }
        let place = (row, Part::Setting);
        let missing = || {
            let required = self.demanding && self.leaf(place).is_some_and(|leaf| leaf.required);
            let none = self.value(place).is_none_or(|value| value == "" || value.as_array().is_some_and(Vec::is_empty));
            (required && none).then_some(Fault::Found(Violation::Missing))
        };
        let staged = self.staged.get(&place).and_then(|staged| staged.fault.clone());
        staged.or_else(|| self.staged.get(&(row, Part::Lock))?.fault.clone()).or_else(missing)
    }

    /// Whether what a row says goes out. Where something is only written, what has no effect is not.
    pub(super) fn is_wanted(&self, row: usize) -> bool {
        let source = self.leaf((row, Part::Setting)).and_then(|leaf| self.form.sources.get(leaf.source));
        source.is_none_or(|source| source.read.is_some()) || !self.is_off(row)
    }

    /// Whether a row has no effect, because one above it is off or has another value.
    fn is_off(&self, row: usize) -> bool {
        let Some(parent) = self.parents.get(row).copied().flatten() else { return false };
        let above = self.value((parent, Part::Setting));
        let off = match self.row(row).and_then(|row| row.on.as_ref()) {
            Some(wanted) => above.map(value_text).as_ref() != Some(wanted),
            None => above == Some(&Value::Bool(false)),
        };
        off || self.is_off(parent)
    }

    /// Whether a secret is set; none when the row is no secret or the vendor did not tell.
    fn is_set(&self, row: usize) -> Option<bool> {
        let leaf = self.leaf((row, Part::Setting)).filter(|leaf| leaf.secret)?;
        self.base.get(leaf.source)?.pointer(&leaf.pointer)?.as_bool()
    }

    /// Rows that somebody else changed meanwhile.
    pub(crate) fn conflicts(&self) -> Vec<usize> {
        self.theirs.keys().map(|(row, _)| *row).collect()
    }

    /// Leaves only rows that say all the words of a query, in their label, help or name. Parents of a row that stays,
    /// stay.
    pub(crate) fn filter(&mut self, query: &str) {
        let wanted: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        self.hidden.fill(false);
        if wanted.is_empty() {
            return;
        }
        let mut hidden = vec![true; self.rows.len()];
        for (index, (_, row)) in self.form.rows().enumerate() {
            let text = format!("{} {} {} {}", row.label, row.help, row.id, row.id.replace(['_', '.'], " "));
            let text = text.to_lowercase();
            if wanted.iter().all(|word| text.contains(word.as_str())) {
                let mut at = Some(index);
                while let Some(row) = at.filter(|row| hidden.get(*row) == Some(&true)) {
                    if let Some(hidden) = hidden.get_mut(row) {
                        *hidden = false;
                    }
                    at = self.parents.get(row).copied().flatten();
                }
            }
        }
        self.hidden = hidden;
    }

    /// How a row stands.
    pub(crate) fn state(&self, row: usize) -> RowState {
        let (setting, lock) = ((row, Part::Setting), (row, Part::Lock));
        let staged = self.staged.get(&setting);
        RowState {
            value: self.value(setting).cloned(),
            typed: staged.and_then(|staged| staged.typed.clone()),
            lock: self.value(lock).and_then(Value::as_bool),
            changed: staged.is_some(),
            lock_changed: self.staged.contains_key(&lock),
            fault: self.fault(row),
            is_set: self.is_set(row),
            outcome: self.outcome(row),
            theirs: self.theirs.get(&setting).or_else(|| self.theirs.get(&lock)).cloned(),
            off: self.is_off(row),
            hidden: self.is_hidden(row),
        }
    }

    /// Numbers for the bar and the sections.
    pub(crate) fn summary(&self) -> Summary {
        let mut summary = Summary {
            shown: vec![0; self.form.sections.len()],
            changed: vec![0; self.form.sections.len()],
            locked: vec![0; self.form.sections.len()],
            faults: self.faults().len(),
            conflicts: self.theirs.len(),
            ..Summary::default()
        };
        for (row, (section, _)) in self.rows.iter().enumerate() {
            let changed = self.staged.contains_key(&(row, Part::Setting));
            let lock_changed = self.staged.contains_key(&(row, Part::Lock));
            summary.changes += usize::from(changed);
            summary.locks += usize::from(lock_changed);
            let mut count = |counts: fn(&mut Summary) -> &mut Vec<usize>, yes: bool| {
                if let Some(number) = counts(&mut summary).get_mut(*section) {
                    *number += usize::from(yes);
                }
            };
            count(|summary| &mut summary.shown, !self.is_hidden(row));
            count(|summary| &mut summary.changed, changed || lock_changed);
            count(|summary| &mut summary.locked, self.value((row, Part::Lock)) == Some(&Value::Bool(true)));
        }
        summary
    }

    fn is_hidden(&self, row: usize) -> bool {
        self.hidden.get(row) == Some(&true)
    }
}
