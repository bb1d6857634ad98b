//! Builds a form from operations: what can be read and what can be written lie over each other, locks are put on the
//! rows they lock, sections and words come from data. Knows no vendor by name.

mod ask;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::data::{DataFault, Document};
use crate::form::{Above, AboveLocks, Bound, Call, Form, Leaf, Row, Section, Source};
use crate::json::child;
use crate::node::{Node, Shape};
use crate::operation::Operation;
use crate::words::{Words, fallback_label};

pub(crate) use self::ask::{Asked, ask};

/// A forms file: `<vendor>.forms.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Definitions {
    pub(crate) forms: Vec<Definition>,
}

/// What data says about one form.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Definition {
    /// Id of the form; also the name of its words.
    pub(crate) id: String,
    /// What a person calls it.
    pub(crate) title: String,
    /// Operation that reads.
    pub(crate) get: String,
    /// Operation that writes.
    pub(crate) update: Option<String>,
    /// Operations for locks on the same object.
    pub(crate) locks: Option<Locks>,
    /// Groups whose locks bind this form.
    pub(crate) above: Option<AboveDefinition>,
    /// Whether the console has a place for it.
    #[serde(default)]
    pub(crate) placed: bool,
    /// Sections in order. A key goes to the first that takes it.
    #[serde(default)]
    pub(crate) sections: Vec<SectionDefinition>,
    /// What other rows depend on: prefix of the rows' keys → key of a switch, or key of any row, `=` and its value.
    #[serde(default)]
    pub(crate) parents: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Locks {
    get: String,
    update: String,
    words: String,
    /// Locks whose setting stands elsewhere: lock key → setting key.
    #[serde(default)]
    pairs: BTreeMap<String, String>,
}

/// Groups whose locks bind a form, as data says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AboveDefinition {
    /// Operation that reads the object.
    object: String,
    /// Pointer of its groups' ids.
    ids: String,
    /// Operation that reads one group.
    group: String,
    /// Pointer of its name.
    name: String,
    /// Path parameter that takes its id.
    param: String,
    /// The form of a group, defined before this one: its rows of the same ids have the locks.
    form: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SectionDefinition {
    id: String,
    /// Prefixes of keys.
    take: Vec<String>,
    /// Keys that come first; the others follow by name.
    #[serde(default)]
    first: Vec<String>,
}

/// Builds one form. `file` names the document that defines it, for faults.
pub(crate) fn build(
    file: &str,
    definition: &Definition,
    operations: &[Operation],
    documents: &[Document],
    before: &[Form],
) -> Result<Form, DataFault> {
    let find = |id: &str| {
        let found = operations.iter().find(|operation| operation.id == id);
        found.ok_or_else(|| DataFault::new(file, "/forms", format!("{}: there is no operation {id}", definition.id)))
    };
    let get = find(&definition.get)?;
    let update = definition.update.as_deref().map(find).transpose()?;
    let words = Words::load(&definition.id, documents)?;

    let mut sources = Vec::new();
    let settings = leaves(get, update, false, &words, &mut sources);
    let mut locks = Vec::new();
    if let Some(lock) = &definition.locks {
        let words = Words::load(&lock.words, documents)?;
        locks = leaves(find(&lock.get)?, Some(find(&lock.update)?), true, &words, &mut sources);
    }

    let mut rows = setting_rows(definition, settings);
    put_locks(definition, &mut rows, locks);
    let above = match &definition.above {
        None => None,
        Some(above) => {
            let Some(form) = before.iter().find(|form| form.id == above.form) else {
                let message = format!("{}: there is no form {} before it", definition.id, above.form);
                return Err(DataFault::new(file, "/forms", message));
            };
            let calls = (Call::to(find(&above.object)?), Call::to(find(&above.group)?));
            Some(bind(above, calls, form, &mut rows))
        }
    };
    Ok(Form {
        above,
        id: definition.id.clone(),
        vendor: get.vendor.clone(),
        title: definition.title.clone(),
        params: get.path.params().chain(get.subject.iter().map(String::as_str)).map(str::to_owned).collect(),
        sources,
        sections: sections(definition, &words, rows),
        placed: definition.placed,
    })
}

fn keys_of(pointer: &str) -> Vec<String> {
    crate::json::keys(pointer).collect()
}

struct Found {
    key: String,
    leaf: Leaf,
}

struct Keyed {
    key: String,
    row: Row,
}

/// All leaves of a pair of operations, one source for each option.
fn leaves(
    get: &Operation,
    update: Option<&Operation>,
    locks: bool,
    words: &Words,
    sources: &mut Vec<Source>,
) -> Vec<Found> {
    let mut out = Vec::new();
    for variant in &get.variants {
        let option = variant.option.clone();
        let written = update.and_then(|update| update.variant(option.as_deref())).and_then(|it| it.request.as_ref());
        let node = Node::union(variant.response.as_ref(), written);
        let source = sources.len();
        node.leaves(&mut |pointer, leaf| {
            let key = option.as_ref().map_or_else(|| pointer.clone(), |option| format!("{option}:{pointer}"));
            let mut words = words.fields.get(&key).cloned().unwrap_or_default();
            if words.label.is_empty() {
                let name = pointer.rsplit('/').next().unwrap_or_default();
                words.label = fallback_label(name, leaf.title.as_deref());
                words.help = leaf.description.clone().unwrap_or_default();
            }
            let node = if written.is_none() { Node { read_only: true, ..leaf.clone() } } else { leaf.clone() };
            let secret =
                get.secrets.contains(&pointer) || update.is_some_and(|update| update.secrets.contains(&pointer));
            let leaf = Leaf {
                source,
                pointer,
                node,
                words,
                required: false,
                secret,
                usual: None,
                reveal: false,
                pick: Vec::new(),
            };
            out.push(Found { key, leaf });
        });
        let write = written.and(update).map(Call::to);
        sources.push(Source { option, locks, query: false, read: Some(Call::to(get)), write });
    }
    out
}

fn row_id(key: &str) -> String {
    key.replace(":/", ".").trim_start_matches('/').replace('/', ".")
}

/// The words move from the leaf to the row; what the control itself needs stays.
fn row(id: String, mut leaf: Leaf) -> Row {
    let label = std::mem::take(&mut leaf.words.label);
    let help = std::mem::take(&mut leaf.words.help);
    Row { id, label, help, parent: None, on: None, depth: 0, setting: Some(leaf), lock: None, bound: None }
}

fn setting_rows(definition: &Definition, settings: Vec<Found>) -> Vec<Keyed> {
    // A switch called `enable` rules over everything beside and below it.
    let switches: Vec<(String, String)> = settings
        .iter()
        .filter(|found| matches!(found.leaf.node.shape, Shape::Switch))
        .filter_map(|found| Some((format!("{}/", found.key.strip_suffix("/enable")?), found.key.clone())))
        .chain(definition.parents.iter().map(|(prefix, parent)| (prefix.clone(), parent.clone())))
        .collect();
    let parent_of = |key: &str| {
        let ruling = switches.iter().filter(|(prefix, parent)| key.starts_with(prefix.as_str()) && parent != key);
        let (_, parent) = ruling.max_by_key(|(prefix, _)| prefix.len())?;
        let (parent, on) =
            parent.split_once('=').map_or((&**parent, None), |(parent, is)| (parent, Some(is.to_owned())));
        Some((row_id(parent), on))
    };
    settings
        .into_iter()
        .map(|Found { key, leaf }| {
            let (parent, on) = parent_of(&key).map_or((None, None), |(parent, on)| (Some(parent), on));
            Keyed { row: Row { parent, on, ..row(row_id(&key), leaf) }, key }
        })
        .collect()
}

/// Puts each lock on its row. A lock without a setting, and one that is not a switch, gets a row of its own.
fn put_locks(definition: &Definition, rows: &mut Vec<Keyed>, locks: Vec<Found>) {
    for Found { key, leaf } in locks {
        let paired = definition.locks.as_ref().and_then(|locks| locks.pairs.get(&key));
        let wanted = paired.unwrap_or(&key);
        let inside = format!("{wanted}/");
        let place = rows
            .iter()
            .position(|keyed| keyed.key == *wanted)
            .or_else(|| rows.iter().position(|keyed| keyed.key == child(wanted, "enable")))
            .or_else(|| rows.iter().position(|keyed| keyed.key.starts_with(&inside)));
        let switch = matches!(leaf.node.shape, Shape::Switch);
        match place.and_then(|index| rows.get_mut(index)) {
            Some(keyed) if switch && keyed.row.lock.is_none() => keyed.row.lock = Some(leaf),
            _ => {
                let mut row = row(format!("lock.{}", row_id(&key)), leaf);
                if switch {
                    row.lock = row.setting.take();
                }
                let at = place.map_or(rows.len(), |index| index + 1);
                rows.insert(at, Keyed { key, row });
            }
        }
    }
}

/// Finds the groups' lock of each row: rows of the same setting have the same id in both forms.
fn bind(above: &AboveDefinition, (object, group): (Call, Call), form: &Form, rows: &mut [Keyed]) -> Above {
    let mut places: Vec<usize> = Vec::new();
    for keyed in rows {
        let same = form.rows().find(|(_, row)| row.id == keyed.row.id);
        let Some(lock) = same.and_then(|(_, row)| row.lock.as_ref()) else { continue };
        let source = places.iter().position(|known| *known == lock.source).unwrap_or_else(|| {
            places.push(lock.source);
            places.len() - 1
        });
        keyed.row.bound = Some(Bound { source, pointer: lock.pointer.clone() });
    }
    let locks = places
        .iter()
        .filter_map(|source| form.sources.get(*source))
        .filter_map(|source| Some(AboveLocks { option: source.option.clone(), read: source.read.clone()? }));
    let AboveDefinition { ids, name, param, .. } = above;
    Above { object, group, ids: ids.clone(), name: name.clone(), param: param.clone(), locks: locks.collect() }
}

fn sections(definition: &Definition, words: &Words, rows: Vec<Keyed>) -> Vec<Section> {
    let mut found: Vec<(String, Vec<Keyed>)> =
        definition.sections.iter().map(|section| (section.id.clone(), Vec::new())).collect();
    for keyed in rows {
        let taken = definition.sections.iter().position(|section| {
            section.take.iter().any(|prefix| {
                let rest = keyed.key.strip_prefix(prefix.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || prefix.ends_with(':'))
            })
        });
        let index = taken.unwrap_or_else(|| {
            // Without a section of its own a field stands under its outermost object.
            let id = keyed.row.id.split('.').next().unwrap_or_default().to_owned();
            found.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
                found.push((id, Vec::new()));
                found.len() - 1
            })
        });
        if let Some((_, rows)) = found.get_mut(index) {
            rows.push(keyed);
        }
    }
    let title = |id: &str| words.sections.get(id).cloned().unwrap_or_else(|| fallback_label(id, None));
    found
        .into_iter()
        .enumerate()
        .filter(|(_, (_, rows))| !rows.is_empty())
        .map(|(index, (id, rows))| {
            let first = definition.sections.get(index).map_or(&[][..], |section| &section.first);
            Section { title: title(&id), rows: in_order(rows, first), id }
        })
        .collect()
}

/// Named rows first, then the others by name; every row right after the rows of its parent.
fn in_order(mut rows: Vec<Keyed>, first: &[String]) -> Vec<Row> {
    rows.sort_by_key(|keyed| first.iter().position(|key| *key == keyed.key).unwrap_or(first.len()));
    let here: HashSet<String> = rows.iter().map(|keyed| keyed.row.id.clone()).collect();
    let mut below: HashMap<Option<String>, Vec<Row>> = HashMap::new();
    for Keyed { mut row, .. } in rows {
        // A parent in another section cannot stand above this row.
        row.parent = row.parent.filter(|parent| here.contains(parent));
        row.on = row.on.filter(|_| row.parent.is_some());
        below.entry(row.parent.clone()).or_default().push(row);
    }
    let mut out = Vec::new();
    place(None, 0, &mut below, &mut out);
    out
}

fn place(parent: Option<&str>, depth: u8, below: &mut HashMap<Option<String>, Vec<Row>>, out: &mut Vec<Row>) {
    for mut row in below.remove(&parent.map(str::to_owned)).unwrap_or_default() {
        let id = row.id.clone();
        row.depth = depth;
        out.push(row);
        place(Some(&id), depth.saturating_add(1), below, out);
    }
}
