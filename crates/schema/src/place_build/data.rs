//! How places and their words stand in data files. Shapes only.

use std::collections::BTreeMap;

use litemap::LiteMap;
use serde::Deserialize;

use crate::form::FieldWords;
use crate::place::{ColumnKind, Each, Many, Open};

/// A places file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Definitions {
    /// Lists that things are chosen from by name: by the name that the places below use.
    #[serde(default)]
    pub(super) lists: BTreeMap<String, ListDefinition>,
    pub(super) places: Vec<PlaceDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceDefinition {
    pub(super) id: String,
    pub(super) path: String,
    #[serde(default)]
    pub(super) icon: String,
    #[serde(default)]
    pub(super) key: String,
    pub(super) above: Option<String>,
    pub(super) head: Option<HeadDefinition>,
    pub(super) sides: Option<SidesDefinition>,
    pub(super) tabs: Vec<TabDefinition>,
    #[serde(default)]
    pub(super) actions: Vec<ActionDefinition>,
    pub(super) card: Option<CardDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CardDefinition {
    #[serde(default)]
    pub(super) state: Vec<ColumnDefinition>,
    #[serde(default)]
    pub(super) reads: Vec<PartDefinition>,
    /// The form whose groups' locks bind the facts.
    pub(super) locks: Option<String>,
    /// Its words are those of the list `<place>/card`.
    pub(super) rows: Option<ListDefinition>,
    #[serde(default)]
    pub(super) resets: Vec<ResetDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartDefinition {
    pub(super) read: String,
    /// Parameters of the query by name: which parameter of the place's address goes there.
    #[serde(default)]
    pub(super) with: LiteMap<String, String>,
    #[serde(default)]
    pub(super) query: LiteMap<String, String>,
    pub(super) facts: Vec<FactDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactDefinition {
    pub(super) at: String,
    #[serde(default)]
    pub(super) kind: ColumnKind,
    #[serde(default)]
    pub(super) when: LiteMap<String, String>,
    /// Id of the row of [`CardDefinition::locks`] that has the same lock.
    pub(super) lock: Option<String>,
    #[serde(default)]
    pub(super) groups: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetDefinition {
    pub(super) id: String,
    /// The operation.
    #[serde(rename = "do")]
    pub(super) operation: String,
    /// Pointer of the new value in its body.
    pub(super) at: String,
    #[serde(default)]
    pub(super) params: LiteMap<String, String>,
    #[serde(default)]
    pub(super) when: LiteMap<String, String>,
    #[serde(default)]
    pub(super) tab: String,
    #[serde(default)]
    pub(super) for_row: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SidesDefinition {
    /// A list of [`Definitions::lists`].
    pub(super) from: String,
    pub(super) open: Open,
    pub(super) usual: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadDefinition {
    pub(super) read: String,
    /// Parameters of the query by name: which parameter of the place's address goes there.
    #[serde(default, rename = "with")]
    pub(super) query: LiteMap<String, String>,
    #[serde(default)]
    pub(super) name: Vec<String>,
    pub(super) people: Option<String>,
    #[serde(default)]
    pub(super) facts: Vec<ColumnDefinition>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TabDefinition {
    #[serde(default)]
    pub(super) id: String,
    pub(super) form: Option<String>,
    pub(super) list: Option<ListDefinition>,
    pub(super) summary: Option<HeadDefinition>,
    #[serde(default)]
    pub(super) actions: Vec<ActionDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListDefinition {
    pub(super) read: String,
    #[serde(default)]
    pub(super) query: LiteMap<String, String>,
    pub(super) rows: String,
    pub(super) key: String,
    #[serde(default)]
    pub(super) size: u64,
    #[serde(default = "ListDefinition::page_size")]
    pub(super) size_param: String,
    pub(super) columns: Vec<ColumnDefinition>,
    #[serde(default)]
    pub(super) filters: Vec<FilterDefinition>,
    pub(super) open: Option<Open>,
    pub(super) bulk: Option<String>,
    #[serde(default)]
    pub(super) actions: Vec<ActionDefinition>,
    #[serde(default)]
    pub(super) chosen: Vec<ActionDefinition>,
}

impl ListDefinition {
    fn page_size() -> String {
        "page_size".to_owned()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnDefinition {
    pub(super) at: String,
    #[serde(default)]
    pub(super) kind: ColumnKind,
    /// Where a secret of a row can be read by itself. Facts and results are read where they stand.
    pub(super) reveal: Option<RevealDefinition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RevealDefinition {
    pub(super) read: String,
    #[serde(default)]
    pub(super) params: LiteMap<String, String>,
    pub(super) at: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FilterDefinition {
    pub(super) param: Option<String>,
    pub(super) at: Option<String>,
    #[serde(default)]
    pub(super) kind: ColumnKind,
    /// A list of [`Definitions::lists`].
    pub(super) from: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PickDefinition {
    /// A list of [`Definitions::lists`].
    pub(super) from: String,
    pub(super) item: LiteMap<String, String>,
    pub(super) typed: Option<String>,
    #[serde(default)]
    pub(super) ask: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionDefinition {
    /// The operation.
    #[serde(rename = "do")]
    pub(super) operation: String,
    /// Name of its words, when the operation alone does not say what is done.
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) danger: bool,
    #[serde(default)]
    pub(super) leaves: bool,
    /// A list of [`Definitions::lists`] that is read before it is asked; its words stand with those of the action.
    pub(super) before: Option<String>,
    #[serde(default)]
    pub(super) params: LiteMap<String, String>,
    #[serde(default)]
    pub(super) body: LiteMap<String, String>,
    #[serde(default)]
    pub(super) fill: LiteMap<String, String>,
    #[serde(default)]
    pub(super) when: LiteMap<String, String>,
    pub(super) many: Option<Many>,
    #[serde(default)]
    pub(super) result: Vec<ColumnDefinition>,
    /// What came of each row; the words for the reasons stand with those for the result.
    pub(super) each: Option<Each>,
    /// Keys of inputs that come first.
    #[serde(default)]
    pub(super) first: Vec<String>,
    /// Keys of inputs without which it makes no sense, whatever the document says.
    #[serde(default)]
    pub(super) need: Vec<String>,
    /// Inputs that are chosen by name: key of the input → what from.
    #[serde(default)]
    pub(super) pick: BTreeMap<String, Vec<PickDefinition>>,
    /// Member of a multipart body that takes files.
    pub(super) file: Option<String>,
}

/// Words for places: `words/<vendor>.places.en.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceWords {
    pub(super) places: BTreeMap<String, TitleWords>,
    pub(super) tabs: BTreeMap<String, TitleWords>,
    pub(super) lists: BTreeMap<String, ListWords>,
    pub(super) actions: BTreeMap<String, ActionWords>,
    #[serde(default)]
    pub(super) cards: BTreeMap<String, TitleWords>,
    #[serde(default)]
    pub(super) resets: BTreeMap<String, ResetWords>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetWords {
    /// On the button.
    pub(super) label: String,
    /// Above the dialog.
    pub(super) title: String,
    /// What the value is called.
    pub(super) value: String,
    /// When it works.
    pub(super) help: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TitleWords {
    pub(super) title: String,
    #[serde(default)]
    pub(super) help: String,
    /// What the sides of such an object are called.
    #[serde(default)]
    pub(super) sides: String,
    #[serde(default)]
    pub(super) facts: BTreeMap<String, FieldWords>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListWords {
    pub(super) empty: String,
    pub(super) count: LiteMap<String, String>,
    pub(super) columns: BTreeMap<String, FieldWords>,
    #[serde(default)]
    pub(super) filters: BTreeMap<String, FieldWords>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionWords {
    pub(super) label: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) done: String,
    #[serde(default)]
    pub(super) fields: BTreeMap<String, FieldWords>,
    #[serde(default)]
    pub(super) result: BTreeMap<String, FieldWords>,
    /// How many there are of what is read before it is asked, by plural form.
    #[serde(default)]
    pub(super) count: LiteMap<String, String>,
    /// That there are none.
    #[serde(default)]
    pub(super) none: String,
}
