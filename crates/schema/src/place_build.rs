//! Builds places from data: what `<vendor>.places.json` says and the words for it become addresses, lists and actions
//! with whole calls in them. Every action that asks for something gets a form of its own. Knows no vendor by name.

mod caller;
mod card;
mod data;

use std::collections::BTreeMap;

use litemap::LiteMap;

use self::data::{
    ActionDefinition, ActionWords, ColumnDefinition, Definitions, FilterDefinition, HeadDefinition, ListDefinition,
    ListWords, PickDefinition, PlaceDefinition, PlaceWords, RevealDefinition, SidesDefinition, TabDefinition,
};
use crate::data::{DataFault, Document};
use crate::form::{Call, FieldWords, Form, Leaf};
use crate::form_build::{self, Asked};
use crate::operation::Operation;
use crate::path::PathTemplate;
use crate::place::{Action, Column, ColumnKind, Each, Filter, Head, List, Pick, Place, Reveal, Sides, Tab};
use crate::words::fallback_label;

pub(crate) use self::caller::Caller;

/// All places of a file, and the forms of their actions.
pub(crate) fn build(
    file: &Document,
    vendor: &str,
    (operations, closed): (&[Operation], &[Operation]),
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
    let lists = &definitions.lists;
    let mut builder = Builder { file: &file.name, vendor, operations, closed, forms, words, lists, asked: Vec::new() };
    let places = definitions.places.iter().map(|place| builder.place(place)).collect::<Result<_, _>>()?;
    Ok((places, builder.asked))
}

struct Builder<'a> {
    file: &'a str,
    vendor: &'a str,
    operations: &'a [Operation],
    /// Those that nobody may call: what is said of them here is left out for everybody.
    closed: &'a [Operation],
    forms: &'a [Form],
    words: PlaceWords,
    lists: &'a BTreeMap<String, ListDefinition>,
    /// Forms of actions.
    asked: Vec<Form>,
}

impl Builder<'_> {
    fn fault(&self, at: &str, message: impl Into<String>) -> DataFault {
        DataFault::new(self.file, at, message)
    }

    fn operation(&self, id: &str) -> Result<&Operation, DataFault> {
        let found = self.operations.iter().chain(self.closed).find(|operation| operation.id == id);
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
            sides: place.sides.as_ref().map(|sides| self.sides(sides, words.sides)).transpose()?,
            tabs,
            actions: self.actions(&place.path, &place.actions)?,
            card: place.card.as_ref().map(|card| self.card(place, card)).transpose()?,
        })
    }

    fn head(&self, head: &HeadDefinition, words: &BTreeMap<String, FieldWords>) -> Result<Head, DataFault> {
        let mut read = self.call(&head.read)?;
        read.path = read.path.with_query(head.query.iter().map(|(name, param)| (name.clone(), param.clone())));
        let facts = self.columns(&head.facts, words, Some(&read))?;
        Ok(Head { read, name: head.name.clone(), people: head.people.clone(), facts })
    }

    fn sides(&self, sides: &SidesDefinition, label: String) -> Result<Sides, DataFault> {
        Ok(Sides { label, list: self.named(&sides.from)?, open: sides.open.clone(), usual: sides.usual.clone() })
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
            filters,
            open: list.open.clone(),
            bulk: list.bulk.clone(),
            actions,
            chosen,
            empty: words.empty.clone(),
            count: words.count.clone(),
            ..self.read_list(list, words)?
        })
    }

    /// How a list is read, and what is shown of a row.
    fn read_list(&self, list: &ListDefinition, words: &ListWords) -> Result<List, DataFault> {
        Ok(List {
            read: self.call(&list.read)?,
            query: list.query.clone(),
            rows: list.rows.clone(),
            key: list.key.clone(),
            size: list.size,
            size_param: if list.size > 0 { list.size_param.clone() } else { String::new() },
            columns: self.columns(&list.columns, &words.columns, None)?,
            ..List::default()
        })
    }

    fn filter(&self, filter: &FilterDefinition, words: &ListWords) -> Result<Filter, DataFault> {
        let key = filter.param.as_deref().or(filter.at.as_deref()).unwrap_or_default();
        let words = words.filters.get(key).cloned().unwrap_or_default();
        Ok(Filter {
            label: or_name(&words.label, key),
            param: filter.param.clone(),
            at: filter.at.clone(),
            kind: filter.kind,
            choices: words.choices,
            from: filter.from.as_deref().map(|name| self.named(name)).transpose()?,
        })
    }

    /// A list that things are chosen from by name.
    fn named(&self, name: &str) -> Result<List, DataFault> {
        let list = self.lists.get(name).ok_or_else(|| self.fault("/lists", format!("there is no list {name}")))?;
        self.read_list(list, &ListWords::default())
    }

    fn pick(&self, pick: &PickDefinition) -> Result<Pick, DataFault> {
        let list = self.named(&pick.from)?;
        let is_kept = |from: &String| {
            from.starts_with('=') || list.key == *from || list.columns.iter().any(|column| column.at == *from)
        };
        match pick.item.values().find(|from| !is_kept(from)) {
            Some(from) => Err(self.fault("/lists", format!("{}: {from} is neither its key nor a column", pick.from))),
            None => Ok(Pick { list, item: pick.item.clone(), typed: pick.typed.clone(), ask: pick.ask.clone() }),
        }
    }

    /// Says of the inputs of an action which are needed and which are chosen by name, and lets lists that go in several
    /// calls be longer.
    fn finish(&self, action: &ActionDefinition, form: &mut Form) -> Result<(), DataFault> {
        let sources = &form.sources;
        let rows = form.sections.iter_mut().flat_map(|section| &mut section.rows);
        let leaves = rows.filter_map(|row| row.setting.as_mut());
        let key_of = |leaf: &Leaf| {
            let in_query = sources.get(leaf.source).is_some_and(|source| source.query);
            if in_query { leaf.pointer.replacen('/', "?", 1) } else { leaf.pointer.clone() }
        };
        let mut inputs: BTreeMap<String, &mut Leaf> = leaves.map(|leaf| (key_of(leaf), leaf)).collect();
        if let Some(leaf) = action.many.as_ref().and_then(|many| inputs.get_mut(&many.at)) {
            leaf.node.lift_max();
        }
        let unknown = |key: &str| self.fault("/places", format!("{}: there is no input {key}", action.operation));
        // Parameters may be missing: another face of the same vendor has them.
        let missing =
            |inputs: &BTreeMap<String, &mut Leaf>, key: &str| key.starts_with('?') && !inputs.contains_key(key);
        for key in &action.need {
            if missing(&inputs, key) {
                continue;
            }
            inputs.get_mut(key).ok_or_else(|| unknown(key))?.required = true;
        }
        for (key, picks) in &action.pick {
            if missing(&inputs, key) {
                continue;
            }
            let leaf = inputs.get_mut(key).ok_or_else(|| unknown(key))?;
            leaf.pick = picks.iter().map(|pick| self.pick(pick)).collect::<Result<_, _>>()?;
        }
        Ok(())
    }

    /// What is shown of an answer. `read` reads it, where it is about one object.
    fn columns(
        &self,
        columns: &[ColumnDefinition],
        words: &BTreeMap<String, FieldWords>,
        read: Option<&Call>,
    ) -> Result<Vec<Column>, DataFault> {
        let column = |column: &ColumnDefinition| {
            let reveal = match (&column.reveal, read) {
                (Some(reveal), _) => Some(self.reveal(reveal)?),
                (None, Some(read)) if column.kind == ColumnKind::Secret => {
                    Some(Reveal { read: read.clone(), params: LiteMap::new(), at: column.at.clone() })
                }
                (None, _) => None,
            };
            Ok(Column { reveal, ..column_of(&column.at, column.kind, words) })
        };
        columns.iter().map(column).collect()
    }

    fn reveal(&self, reveal: &RevealDefinition) -> Result<Reveal, DataFault> {
        let operation = self.operation(&reveal.read)?;
        if !operation.has_secret(&reveal.at) {
            return Err(self.fault("/lists", format!("{} reads no single secret at {}", reveal.read, reveal.at)));
        }
        Ok(Reveal { read: Call::to(operation), params: reveal.params.clone(), at: reveal.at.clone() })
    }

    fn actions(&mut self, path: &str, actions: &[ActionDefinition]) -> Result<Vec<Action>, DataFault> {
        let closed = |id: &str| self.closed.iter().any(|operation| operation.id == id);
        let open: Vec<&ActionDefinition> = actions.iter().filter(|action| !closed(&action.operation)).collect();
        open.into_iter().map(|action| self.action(path, action)).collect()
    }

    /// What is read before an action is asked, with the words for how many there are.
    fn before(&self, action: &ActionDefinition, words: &ActionWords) -> Result<Option<List>, DataFault> {
        let Some(name) = &action.before else { return Ok(None) };
        Ok(Some(List { count: words.count.clone(), empty: words.none.clone(), ..self.named(name)? }))
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
        let mut form = form_build::ask(&Asked {
            id: &format!("do.{id}"),
            title: &words.title,
            operation,
            words: &words.fields,
            first: &action.first,
            given: &given,
        })
        .filter(|_| action.file.is_none());
        if let Some(form) = &mut form {
            self.finish(action, form)?;
        }
        // What this face of the vendor does not take is not sent to it.
        let mut params = action.params.clone();
        params.retain(|name, _| {
            operation.path.params().any(|known| known == name)
                || operation.query.iter().any(|known| known.name == *name)
        });
        let built = Action {
            call: Call::to(operation),
            label: or_name(&words.label, id),
            title: or_name(&words.title, id),
            text: words.text.clone(),
            done: words.done.clone(),
            danger: action.danger,
            before: self.before(action, words)?,
            form: form.as_ref().map(|form| form.id.clone()),
            params,
            body: action.body.clone(),
            fill: action.fill.clone(),
            when: action.when.clone(),
            many: action.many.clone(),
            result: self.columns(&action.result, &words.result, Some(&Call::to(operation)))?,
            each: action.each.clone().map(|each| {
                let choices = words.result.get(&each.failed).map(|words| words.choices.clone()).unwrap_or_default();
                Each { choices, ..each }
            }),
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

/// One value with its words.
fn column_of(at: &str, kind: ColumnKind, words: &BTreeMap<String, FieldWords>) -> Column {
    let words = words.get(at).cloned().unwrap_or_default();
    let label = or_name(&words.label, at.rsplit('/').next().unwrap_or_default());
    Column { at: at.to_owned(), label, kind, choices: words.choices, reveal: None }
}

fn or_name(words: &str, name: &str) -> String {
    if words.is_empty() { fallback_label(name.rsplit('.').next().unwrap_or_default(), None) } else { words.to_owned() }
}
