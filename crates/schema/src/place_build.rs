//! Builds places from data: what `<vendor>.places.json` says and the words for it become addresses, lists and actions
//! with whole calls in them. Every action that asks for something gets a form of its own. Knows no vendor by name.

use std::collections::BTreeMap;

use litemap::LiteMap;
use serde::Deserialize;

use crate::data::{DataFault, Document};
use crate::form::{Call, FieldWords, Form};
use crate::form_build::{self, Asked};
use crate::operation::Operation;
use crate::path::PathTemplate;
use crate::place::{Action, Choices, Column, ColumnKind, Filter, Head, List, Many, Open, Place, Tab};
use crate::words::fallback_label;

/// A places file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Definitions {
    places: Vec<PlaceDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceDefinition {
    id: String,
    path: String,
    #[serde(default)]
    icon: String,
    #[serde(default)]
    key: String,
    above: Option<String>,
    head: Option<HeadDefinition>,
    tabs: Vec<TabDefinition>,
    #[serde(default)]
    actions: Vec<ActionDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadDefinition {
    read: String,
    #[serde(default)]
    name: Vec<String>,
    people: Option<String>,
    #[serde(default)]
    facts: Vec<ColumnDefinition>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TabDefinition {
    #[serde(default)]
    id: String,
    form: Option<String>,
    list: Option<ListDefinition>,
    summary: Option<HeadDefinition>,
    #[serde(default)]
    actions: Vec<ActionDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListDefinition {
    read: String,
    #[serde(default)]
    query: LiteMap<String, String>,
    rows: String,
    key: String,
    #[serde(default)]
    size: u64,
    columns: Vec<ColumnDefinition>,
    #[serde(default)]
    filters: Vec<FilterDefinition>,
    open: Option<Open>,
    #[serde(default)]
    actions: Vec<ActionDefinition>,
    #[serde(default)]
    chosen: Vec<ActionDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnDefinition {
    at: String,
    #[serde(default)]
    kind: ColumnKind,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FilterDefinition {
    param: Option<String>,
    at: Option<String>,
    from: Option<ChoicesDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoicesDefinition {
    read: String,
    rows: String,
    key: String,
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionDefinition {
    /// The operation.
    #[serde(rename = "do")]
    operation: String,
    /// Name of its words, when the operation alone does not say what is done.
    id: Option<String>,
    #[serde(default)]
    danger: bool,
    #[serde(default)]
    leaves: bool,
    #[serde(default)]
    params: LiteMap<String, String>,
    #[serde(default)]
    body: LiteMap<String, String>,
    #[serde(default)]
    fill: LiteMap<String, String>,
    #[serde(default)]
    when: LiteMap<String, String>,
    many: Option<Many>,
    #[serde(default)]
    result: Vec<ColumnDefinition>,
    /// Keys of inputs that come first.
    #[serde(default)]
    first: Vec<String>,
    /// Member of a multipart body that takes files.
    file: Option<String>,
}

/// Words for places: `words/<vendor>.places.en.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceWords {
    places: BTreeMap<String, TitleWords>,
    tabs: BTreeMap<String, TitleWords>,
    lists: BTreeMap<String, ListWords>,
    actions: BTreeMap<String, ActionWords>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleWords {
    title: String,
    #[serde(default)]
    help: String,
    #[serde(default)]
    facts: BTreeMap<String, FieldWords>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListWords {
    empty: String,
    count: LiteMap<String, String>,
    columns: BTreeMap<String, FieldWords>,
    #[serde(default)]
    filters: BTreeMap<String, FieldWords>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionWords {
    label: String,
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    done: String,
    #[serde(default)]
    fields: BTreeMap<String, FieldWords>,
    #[serde(default)]
    result: BTreeMap<String, FieldWords>,
}

/// All places of a file, and the forms of their actions.
pub(crate) fn build(
    file: &Document,
    vendor: &str,
    operations: &[Operation],
    forms: &[Form],
    documents: &[Document],
) -> Result<(Vec<Place>, Vec<Form>), DataFault> {
    let definitions: Definitions = serde_json::from_str(&file.text)
        .map_err(|error| DataFault::new(&file.name, "", format!("places cannot be read: {error}")))?;
    let name = format!("words/{vendor}.places.en.json");
    let words = match documents.iter().find(|document| document.name == name) {
        Some(document) => serde_json::from_str(&document.text)
            .map_err(|error| DataFault::new(&name, "", format!("these words cannot be read: {error}")))?,
        None => PlaceWords::default(),
    };
    let mut builder = Builder { file: &file.name, vendor, operations, forms, words, asked: Vec::new() };
    let places = definitions.places.iter().map(|place| builder.place(place)).collect::<Result<_, _>>()?;
    Ok((places, builder.asked))
}

struct Builder<'a> {
    file: &'a str,
    vendor: &'a str,
    operations: &'a [Operation],
    forms: &'a [Form],
    words: PlaceWords,
    /// Forms of actions.
    asked: Vec<Form>,
}

impl Builder<'_> {
    fn fault(&self, at: &str, message: impl Into<String>) -> DataFault {
        DataFault::new(self.file, at, message)
    }

    fn operation(&self, id: &str) -> Result<&Operation, DataFault> {
        let found = self.operations.iter().find(|operation| operation.id == id);
        found.ok_or_else(|| self.fault("/places", format!("there is no operation {id}")))
    }

    fn call(&self, id: &str) -> Result<Call, DataFault> {
        self.operation(id).map(Call::to)
    }

    fn place(&mut self, place: &PlaceDefinition) -> Result<Place, DataFault> {
        let words = self.words.places.get(&place.id).cloned().unwrap_or_default();
        let tabs = place.tabs.iter().map(|tab| self.tab(place, tab)).collect::<Result<_, _>>()?;
        Ok(Place {
            id: place.id.clone(),
            vendor: self.vendor.to_owned(),
            path: place.path.clone(),
            title: or_name(&words.title, &place.id),
            icon: place.icon.clone(),
            key: place.key.clone(),
            above: place.above.clone(),
            head: place.head.as_ref().map(|head| self.head(head, &words.facts)).transpose()?,
            tabs,
            actions: self.actions(&place.path, &place.actions)?,
        })
    }

    fn head(&self, head: &HeadDefinition, words: &BTreeMap<String, FieldWords>) -> Result<Head, DataFault> {
        Ok(Head {
            read: self.call(&head.read)?,
            name: head.name.clone(),
            people: head.people.clone(),
            facts: columns(&head.facts, words),
        })
    }

    fn tab(&mut self, place: &PlaceDefinition, tab: &TabDefinition) -> Result<Tab, DataFault> {
        let key = format!("{}/{}", place.id, tab.id);
        let words = self.words.tabs.get(&key).cloned().unwrap_or_default();
        if let Some(form) = &tab.form
            && !self.forms.iter().any(|known| known.id == *form)
        {
            return Err(self.fault(&key, format!("there is no form {form}")));
        }
        Ok(Tab {
            id: tab.id.clone(),
            title: or_name(&words.title, &tab.id),
            help: words.help.clone(),
            form: tab.form.clone(),
            list: tab.list.as_ref().map(|list| self.list(&key, &place.path, list)).transpose()?,
            summary: tab.summary.as_ref().map(|head| self.head(head, &words.facts)).transpose()?,
            actions: self.actions(&place.path, &tab.actions)?,
        })
    }

    fn list(&mut self, key: &str, path: &str, list: &ListDefinition) -> Result<List, DataFault> {
        let actions = self.actions(path, &list.actions)?;
        let chosen = self.actions(path, &list.chosen)?;
        let none = ListWords::default();
        let words = self.words.lists.get(key).unwrap_or(&none);
        let filters = list.filters.iter().map(|filter| self.filter(filter, words)).collect::<Result<_, _>>()?;
        Ok(List {
            read: self.call(&list.read)?,
            query: list.query.clone(),
            rows: list.rows.clone(),
            key: list.key.clone(),
            size: list.size,
            columns: columns(&list.columns, &words.columns),
            filters,
            open: list.open.clone(),
            actions,
            chosen,
            empty: words.empty.clone(),
            count: words.count.clone(),
        })
    }

    fn filter(&self, filter: &FilterDefinition, words: &ListWords) -> Result<Filter, DataFault> {
        let key = filter.param.as_deref().or(filter.at.as_deref()).unwrap_or_default();
        let words = words.filters.get(key).cloned().unwrap_or_default();
        let choices = |from: &ChoicesDefinition| {
            Ok(Choices {
                read: self.call(&from.read)?,
                rows: from.rows.clone(),
                key: from.key.clone(),
                name: from.name.clone(),
            })
        };
        Ok(Filter {
            label: or_name(&words.label, key),
            param: filter.param.clone(),
            at: filter.at.clone(),
            choices: words.choices,
            from: filter.from.as_ref().map(choices).transpose()?,
        })
    }

    fn actions(&mut self, path: &str, actions: &[ActionDefinition]) -> Result<Vec<Action>, DataFault> {
        actions.iter().map(|action| self.action(path, action)).collect()
    }

    fn action(&mut self, path: &str, action: &ActionDefinition) -> Result<Action, DataFault> {
        let id = action.id.as_deref().unwrap_or(&action.operation);
        let none = ActionWords::default();
        let words = self.words.actions.get(id).unwrap_or(&none);
        let operation = self.operation(&action.operation)?;
        let template = PathTemplate::parse(path);
        let from_address: Vec<&str> = template.params().collect();
        let given = |key: &str| {
            let inside =
                |known: &str| key == known || key.strip_prefix(known).is_some_and(|rest| rest.starts_with('/'));
            action.body.keys().any(|known| inside(known))
                || action.many.as_ref().is_some_and(|many| !many.item.is_empty() && inside(&many.at))
                || key.strip_prefix('?').is_some_and(|name| {
                    name == "option" || action.params.get(name).is_some() || from_address.contains(&name)
                })
        };
        let form = form_build::ask(&Asked {
            id: &format!("do.{id}"),
            title: &words.title,
            operation,
            words: &words.fields,
            first: &action.first,
            given: &given,
        })
        .filter(|_| action.file.is_none());
        let built = Action {
            call: Call::to(operation),
            label: or_name(&words.label, id),
            title: or_name(&words.title, id),
            text: words.text.clone(),
            done: words.done.clone(),
            danger: action.danger,
            form: form.as_ref().map(|form| form.id.clone()),
            params: action.params.clone(),
            body: action.body.clone(),
            fill: action.fill.clone(),
            when: action.when.clone(),
            many: action.many.clone(),
            result: columns(&action.result, &words.result),
            leaves: action.leaves,
            file: action.file.clone(),
        };
        if let Some(form) = form
            && !self.asked.iter().any(|known| known.id == form.id)
        {
            self.asked.push(form);
        }
        Ok(built)
    }
}

fn columns(columns: &[ColumnDefinition], words: &BTreeMap<String, FieldWords>) -> Vec<Column> {
    columns
        .iter()
        .map(|column| {
            let words = words.get(&column.at).cloned().unwrap_or_default();
            let label = or_name(&words.label, column.at.rsplit('/').next().unwrap_or_default());
            Column { at: column.at.clone(), label, kind: column.kind, choices: words.choices }
        })
        .collect()
}

fn or_name(words: &str, name: &str) -> String {
    if words.is_empty() { fallback_label(name.rsplit('.').next().unwrap_or_default(), None) } else { words.to_owned() }
}

impl Place {
    /// The same place as somebody sees it who may not call everything; none when nothing is left of it.
    pub(crate) fn for_caller(mut self, may: &impl Fn(&str) -> bool, form: &impl Fn(&str) -> bool) -> Option<Self> {
        let allowed = |actions: &mut Vec<Action>| actions.retain(|action| may(&action.call.operation));
        self.head = self.head.filter(|head| may(&head.read.operation));
        allowed(&mut self.actions);
        for tab in &mut self.tabs {
            tab.form = tab.form.take().filter(|id| form(id));
            tab.list = tab.list.take().filter(|list| may(&list.read.operation));
            tab.summary = tab.summary.take().filter(|head| may(&head.read.operation));
            allowed(&mut tab.actions);
            if let Some(list) = &mut tab.list {
                allowed(&mut list.actions);
                allowed(&mut list.chosen);
                list.filters.retain(|filter| filter.from.as_ref().is_none_or(|from| may(&from.read.operation)));
            }
        }
        self.tabs.retain(|tab| tab.form.is_some() || tab.list.is_some() || !tab.actions.is_empty());
        (!self.tabs.is_empty()).then_some(self)
    }
}
