//! What a person calls an operation and what it changes, for the record: words of its own for operations, the forms' for
//! everything else. Made once from what the catalog holds; knows nothing about entries.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde_json::Value;

use crate::data::{DataFault, Document};
use crate::form::{Form, Leaf, Row};
use crate::job_build::Recipe;
use crate::operation::Operation;
use crate::place::{Head, List, Place};
use crate::words::fallback_label;

const WORDS: &str = "words/record.en.json";

/// Words of the record.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    operations: BTreeMap<String, String>,
}

/// Finds words by operation and pointer.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    titles: BTreeMap<String, String>,
    /// Form, section and row of what an operation writes, and whether it is the row's lock.
    leaves: HashMap<Key, (usize, usize, usize, bool)>,
    /// Labels of secrets by the operation that reads them.
    secrets: HashMap<(String, String), String>,
}

/// Operation, option and pointer.
type Key = (String, String, String);

/// What a person calls something that was changed.
#[derive(Clone, Debug)]
pub struct SpokenLeaf<'a> {
    /// With what it belongs to before it.
    pub label: String,
    /// Whether it locks a setting instead of being one.
    pub is_lock: bool,
    /// The form's leaf, with words for its values; none when no form has it.
    pub leaf: Option<&'a Leaf>,
}

impl Spoken {
    /// Gathers everything that has words.
    pub(crate) fn of(
        documents: &[Document],
        operations: &[Operation],
        forms: &[Form],
        places: &[Place],
        recipes: &[Recipe],
    ) -> Result<Self, DataFault> {
        let mut spoken = Self::default();
        for form in forms {
            let reads = form.sources.iter().filter_map(|source| source.read.as_ref());
            let writes = form.sources.iter().filter_map(|source| source.write.as_ref());
            for call in writes.chain(reads) {
                spoken.titles.entry(call.operation.clone()).or_insert_with(|| form.title.clone());
            }
        }
        for recipe in recipes {
            spoken.titles.insert(recipe.kind.id.clone(), recipe.kind.title.clone());
        }
        if let Some(document) = documents.iter().find(|document| document.name == WORDS) {
            let words: Words = serde_json::from_str(&document.text)
                .map_err(|error| DataFault::new(WORDS, "", format!("these words cannot be read: {error}")))?;
            spoken.titles.extend(words.operations);
        }
        for operation in operations {
            let spelled = || fallback_label(&operation.id.replace('.', " "), None);
            spoken.titles.entry(operation.id.clone()).or_insert_with(spelled);
        }
        for (at, form) in forms.iter().enumerate() {
            spoken.leaves_of(at, form);
        }
        for place in places {
            let heads = place.head.iter().chain(place.tabs.iter().filter_map(|tab| tab.summary.as_ref()));
            heads.for_each(|head: &Head| spoken.secrets_of(&head.facts));
            let lists = place.tabs.iter().filter_map(|tab| tab.list.as_ref());
            lists.for_each(|list: &List| spoken.secrets_of(&list.columns));
        }
        Ok(spoken)
    }

    pub(crate) fn title(&self, operation: &str) -> Option<&str> {
        self.titles.get(operation).map(String::as_str)
    }

    pub(crate) fn secret(&self, operation: &str, pointer: &str) -> String {
        let known = self.secrets.get(&(operation.to_owned(), pointer.to_owned()));
        known.cloned().unwrap_or_else(|| last_of(pointer))
    }

    pub(crate) fn leaf<'a>(&self, forms: &'a [Form], operation: &str, option: &str, pointer: &str) -> SpokenLeaf<'a> {
        let key = (operation.to_owned(), option.to_owned(), pointer.to_owned());
        let found = self.leaves.get(&key).and_then(|(form, section, row, is_lock)| {
            let form = forms.get(*form)?;
            let row = form.sections.get(*section)?.rows.get(*row)?;
            Some((form, row, *is_lock))
        });
        let Some((form, row, is_lock)) = found else {
            return SpokenLeaf { label: last_of(pointer), is_lock: false, leaf: None };
        };
        let leaf = if is_lock { row.lock.as_ref() } else { row.setting.as_ref() };
        SpokenLeaf { label: label_of(form, row), is_lock, leaf }
    }

    fn leaves_of(&mut self, form_at: usize, form: &Form) {
        for (section_at, section) in form.sections.iter().enumerate() {
            for (row_at, row) in section.rows.iter().enumerate() {
                for (leaf, is_lock) in
                    row.setting.iter().map(|leaf| (leaf, false)).chain(row.lock.iter().map(|leaf| (leaf, true)))
                {
                    let Some(source) = form.sources.get(leaf.source).filter(|source| !source.query) else { continue };
                    if let Some(write) = &source.write {
                        let option = source.option.clone().unwrap_or_default();
                        let key = (write.operation.clone(), option, leaf.pointer.clone());
                        self.leaves.entry(key).or_insert((form_at, section_at, row_at, is_lock));
                    }
                    if let Some(read) = source.read.as_ref().filter(|_| leaf.secret) {
                        let key = (read.operation.clone(), leaf.pointer.clone());
                        self.secrets.entry(key).or_insert_with(|| row.label.clone());
                    }
                }
            }
        }
    }

    fn secrets_of(&mut self, columns: &[crate::place::Column]) {
        for column in columns {
            if let Some(reveal) = &column.reveal {
                let key = (reveal.read.operation.clone(), reveal.at.clone());
                self.secrets.entry(key).or_insert_with(|| column.label.clone());
            }
        }
    }
}

/// A row's label, behind that of the row that it hangs on: many are called alike.
fn label_of(form: &Form, row: &Row) -> String {
    let above = row.parent.as_ref().and_then(|id| form.rows().find(|(_, other)| other.id == *id));
    match above {
        Some((_, above)) => format!("{}: {}", above.label, row.label),
        None => row.label.clone(),
    }
}

fn last_of(pointer: &str) -> String {
    fallback_label(&crate::json::keys(pointer).last().unwrap_or_default(), None)
}

impl SpokenLeaf<'_> {
    /// What the value is called; none when it is called what it is.
    pub fn name_of(&self, value: &Value) -> Option<String> {
        let words = &self.leaf?.words;
        match value {
            Value::Array(items) if !items.is_empty() && items.iter().all(|item| !item.is_object()) => {
                Some(items.iter().map(|item| words.name_of(item)).collect::<Vec<_>>().join(", "))
            }
            Value::String(_) | Value::Number(_) => Some(words.name_of(value)),
            _ => None,
        }
    }
}
