//! A form as it travels to the console: sections of rows, each a setting, its lock and the words for both. Built from
//! operations (`form_build`), never written by hand. Knows nothing about how it is shown.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::node::{Node, Shape};
use crate::path::{PathParams, PathTemplate};
use crate::place::Pick;

/// A whole form.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Form {
    /// Such as `zoom.group_settings`.
    pub id: String,
    /// Vendor's id, such as `zoom`.
    pub vendor: String,
    /// What a person calls it.
    pub title: String,
    /// Parameters of path and query that say whose settings they are, in order.
    pub params: Vec<String>,
    /// What it reads and writes. Rows refer to these by index.
    pub sources: Vec<Source>,
    /// Rows in the order in which they are read.
    pub sections: Vec<Section>,
    /// Whether the form has a place of its own in the console.
    #[serde(default)]
    pub placed: bool,
    /// Whose locks bind its rows, when others' do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Above>,
}

/// Groups whose locks bind the rows of a form. The first of an object's groups is its primary one.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Above {
    /// Reads the object, which names its groups.
    pub object: Call,
    /// Pointer of the groups' ids in it.
    pub ids: String,
    /// Reads one group.
    pub group: Call,
    /// Pointer of its name.
    pub name: String,
    /// The path parameter that takes a group's id.
    pub param: String,
    /// Reads its locks.
    pub locks: Vec<AboveLocks>,
}

/// Locks of a group.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct AboveLocks {
    /// Value of the `option` parameter, or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// How they are read.
    pub read: Call,
}

/// Where the lock of a group on a row stands.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Bound {
    /// Index into [`Above::locks`].
    pub source: usize,
    /// JSON Pointer into that answer.
    pub pointer: String,
}

/// One document that a form reads and perhaps writes.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Source {
    /// Value of the `option` parameter, or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// Whether its leaves lock settings instead of being some.
    #[serde(default)]
    pub locks: bool,
    /// Whether its leaves are parameters of path and query instead of members of a body.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub query: bool,
    /// How it is read; none when there is nothing before it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Call>,
    /// How it is written; none when the reader may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub write: Option<Call>,
}

/// An operation to call.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Call {
    /// Its id.
    pub operation: String,
    /// HTTP method.
    pub method: String,
    /// Template below `/api`, the vendor's name included.
    pub path: PathTemplate,
}

#[cfg(feature = "data")]
impl Call {
    /// To that operation.
    pub(crate) fn to(operation: &crate::Operation) -> Self {
        Self {
            operation: operation.id.clone(),
            method: operation.method.as_str().to_owned(),
            path: PathTemplate::parse(&format!("/{}{}", operation.vendor, operation.path))
                .with_query(operation.subject.iter().map(|name| (name.clone(), name.clone()))),
        }
    }
}

/// Rows that belong together.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Section {
    /// Stable name.
    pub id: String,
    /// What a person reads.
    pub title: String,
    /// Never empty.
    pub rows: Vec<Row>,
}

/// One line of a form: a setting, the lock on it, or both.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Row {
    /// Stable name, unique in the form; links point at it.
    pub id: String,
    /// What a person reads.
    pub label: String,
    /// One line of help.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Id of the row whose switch must be on, or which must have a certain value, for this one to matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The value, as text, that the row above must have instead of being on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// How many parents are above it.
    #[serde(default)]
    pub depth: u8,
    /// The setting, if the row has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<Leaf>,
    /// The lock, if the row has one. Always a switch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<Leaf>,
    /// The lock of a group that binds the row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
}

/// A value in one of the form's sources.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Leaf {
    /// Index into [`Form::sources`].
    pub source: usize,
    /// JSON Pointer into that source's body.
    pub pointer: String,
    /// What may stand there.
    pub node: Node,
    /// Words for it and for what is inside it.
    #[serde(default)]
    pub words: FieldWords,
    /// Whether answers say only that it is set, not what it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// Whether the reader may be shown what it is, with a reason.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reveal: bool,
    /// Whether it must have a value when there was none before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// What goes there when nobody says anything; none when that is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<Value>,
    /// What it is chosen from by name; things of several kinds one kind after the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pick: Vec<Pick>,
}

/// Words for one field.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FieldWords {
    /// A name for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What it does, in one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// What its values are called, by the value as text.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub choices: LiteMap<String, String>,
    /// Words for the members of a list's items, by pointer into an item.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub items: LiteMap<String, FieldWords>,
    /// Choices that go with the value of another row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depends: Option<Depends>,
}

/// Choices that go with the value of another row.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Depends {
    /// Id of the other row.
    pub on: String,
    /// Choices by its value as text; a value without any leaves the row as it is.
    pub choices: LiteMap<String, LiteMap<String, String>>,
}

/// How a value is shown and changed. Everything a form can hold is one of these.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// On or off.
    Switch,
    /// One of few values.
    Choice,
    /// A whole number.
    Integer,
    /// A line of text.
    Text,
    /// An e-mail address.
    Email,
    /// A date and a time.
    Moment,
    /// Several of few values.
    Choices,
    /// Lines of text.
    TextList,
    /// Objects with the same members.
    ObjectList,
    /// One object, inside a list's item.
    Object,
    /// One thing or several, chosen by name from a list that is read.
    Pick,
    /// Shown as it is and never changed.
    Unknown,
}

impl Kind {
    /// The kind that fits a node and the words for it.
    pub fn of(node: &Node, words: &FieldWords) -> Self {
        let named = !words.choices.is_empty() || !node.shape.choices().is_empty();
        match &node.shape {
            Shape::Switch => Self::Switch,
            Shape::Integer { .. } | Shape::Text { email: false, .. } if named => Self::Choice,
            Shape::Integer { .. } => Self::Integer,
            Shape::Text { email: true, .. } => Self::Email,
            Shape::Text { .. } => Self::Text,
            Shape::Moment => Self::Moment,
            Shape::List { item, .. } => match &item.shape {
                Shape::Text { .. } | Shape::Integer { .. } if named => Self::Choices,
                Shape::Text { .. } => Self::TextList,
                Shape::Object { members, .. } if !members.is_empty() => Self::ObjectList,
                _ => Self::Unknown,
            },
            Shape::Object { members, .. } if !members.is_empty() => Self::Object,
            Shape::Number | Shape::Object { .. } | Shape::Unknown(_) => Self::Unknown,
        }
    }
}

impl Leaf {
    /// How it is shown and changed.
    pub fn kind(&self) -> Kind {
        if self.pick.is_empty() { Kind::of(&self.node, &self.words) } else { Kind::Pick }
    }
}

impl FieldWords {
    /// What a value is called: its words, or the value as text.
    pub fn name_of(&self, value: &Value) -> String {
        let text = value_text(value);
        self.choices.get(&text).cloned().unwrap_or(text)
    }

    /// The values to choose from, with their names: those of the schema in its order, else those that have words.
    pub fn choices_of(&self, node: &Node) -> Vec<(Value, String)> {
        let listed = node.shape.choices();
        if !listed.is_empty() {
            return listed.iter().map(|value| (value.clone(), self.name_of(value))).collect();
        }
        let number = matches!(&node.shape, Shape::Integer { .. });
        let value = |text: &String| {
            if number { text.parse::<i64>().map_or(Value::Null, Value::from) } else { Value::from(text.as_str()) }
        };
        let mut choices: Vec<_> = self.choices.iter().collect();
        // Numbers as text stand in the order of numbers.
        choices.sort_by_key(|(text, _)| text.parse::<u64>().ok());
        choices.into_iter().map(|(text, name)| (value(text), name.clone())).collect()
    }
}

/// A value as a key of words: text without quotes, everything else as JSON.
pub fn value_text(value: &Value) -> String {
    value.as_str().map_or_else(|| serde_json::to_string(value).unwrap_or_default(), str::to_owned)
}

impl Form {
    /// All rows in order, with the index of their section.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.sections.iter().enumerate().flat_map(|(index, section)| section.rows.iter().map(move |row| (index, row)))
    }

    /// What a person calls the setting at that pointer.
    pub fn label_at(&self, pointer: &str) -> Option<String> {
        let found = self.rows().find(|(_, row)| row.setting.as_ref().is_some_and(|leaf| leaf.pointer == pointer));
        found.map(|(_, row)| row.label.clone())
    }

    /// Gives PINs the length that holds for these parameters.
    pub fn settle(&mut self, params: &PathParams) {
        let rows = self.sections.iter_mut().flat_map(|section| &mut section.rows);
        for leaf in rows.filter_map(|row| row.setting.as_mut()) {
            leaf.node.settle(&|name| params.get(name).map(String::as_str));
        }
    }

    /// Puts what is usual where nothing stands yet, of what is only written.
    pub fn begin(&self, values: &mut Value) {
        for leaf in self.rows().filter_map(|(_, row)| row.setting.as_ref()) {
            if let Some(usual) = &leaf.usual
                && values.pointer(&leaf.pointer).is_none()
            {
                crate::json::put(values, &leaf.pointer, usual.clone());
            }
        }
    }

    /// The same form as somebody sees it who may not call everything, or not see and change all that is there: what cannot
    /// be read is gone, what cannot be written has no write. `reaches` says whether a pointer of what an operation reads
    /// or takes is the reader's, and only a secret that `reveals` names (operation, pointer) can be shown.
    #[must_use]
    pub fn for_caller(
        mut self,
        may: impl Fn(&str) -> bool,
        reaches: impl Fn(&str, &str) -> bool,
        reveals: impl Fn(&str, &str) -> bool,
    ) -> Self {
        for source in &mut self.sources {
            source.write = source.write.take().filter(|call| may(&call.operation));
            source.read = source.read.take().filter(|call| may(&call.operation));
        }
        // What had to be read before it is written cannot be written by those who may not read it.
        let asks = |source: &Source| source.read.is_some() || (source.write.is_some() && !source.locks);
        let readable: Vec<bool> = self.sources.iter().map(asks).collect();
        // Locks say nothing to whoever sees none of the settings.
        if !self.sources.iter().any(|source| !source.locks && asks(source)) {
            self.sections.clear();
        }
        let sources = &self.sources;
        let keep = |leaf: Option<Leaf>| {
            let mut leaf = leaf.filter(|leaf| readable.get(leaf.source).copied().unwrap_or(false))?;
            let source = sources.get(leaf.source)?;
            let key = if source.query { leaf.pointer.replacen('/', "?", 1) } else { leaf.pointer.clone() };
            let takes = source.write.as_ref().is_none_or(|write| reaches(&write.operation, &key));
            match &source.read {
                Some(read) if !reaches(&read.operation, &key) => return None,
                None if !takes => return None,
                Some(_) | None => leaf.node.read_only |= !takes,
            }
            leaf.pick.retain(|pick| may(&pick.list.read.operation));
            let read = sources.get(leaf.source).and_then(|source| source.read.as_ref());
            leaf.reveal = leaf.secret && read.is_some_and(|read| reveals(&read.operation, &leaf.pointer));
            Some(leaf)
        };
        let above = self.above.as_ref().map_or(&[][..], |above| &above.locks);
        for section in &mut self.sections {
            for row in &mut section.rows {
                row.setting = keep(row.setting.take());
                row.lock = keep(row.lock.take());
                row.bound = row.bound.take().filter(|bound| {
                    let locks = above.get(bound.source);
                    locks.is_some_and(|locks| reaches(&locks.read.operation, &bound.pointer))
                });
            }
            section.rows.retain(|row| row.setting.is_some() || row.lock.is_some());
        }
        self.sections.retain(|section| !section.rows.is_empty());
        self.above = self.above.take().filter(|above| {
            let calls = [&above.object, &above.group].into_iter().chain(above.locks.iter().map(|locks| &locks.read));
            calls.into_iter().all(|call| may(&call.operation))
                && reaches(&above.object.operation, &above.ids)
                && reaches(&above.group.operation, &above.name)
        });
        self
    }
}
