//! Words for forms: what a person reads instead of a field's name. Merged from files, looked up by key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::data::{DataFault, Document};
use crate::form::FieldWords;

/// Words of one form or of its locks.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    /// Whose words count where these say nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) like: Option<String>,
    /// Titles of sections by id.
    #[serde(default)]
    pub(crate) sections: BTreeMap<String, String>,
    /// Words of fields by key: the pointer, behind `option:` for variants.
    #[serde(default)]
    pub(crate) fields: BTreeMap<String, FieldWords>,
}

impl Words {
    /// Everything that is said under that name: `words/<name>.<language>.json` and `words/<name>.<part>.<language>.json`.
    pub(crate) fn load(name: &str, documents: &[Document]) -> Result<Self, DataFault> {
        let mut all = Self::default();
        let prefix = format!("words/{name}.");
        for document in documents.iter().filter(|document| document.name.starts_with(&prefix)) {
            let part: Self = serde_json::from_str(&document.text)
                .map_err(|error| DataFault::new(&document.name, "", format!("these words cannot be read: {error}")))?;
            all.like = part.like.or(all.like);
            all.sections.extend(part.sections);
            for (key, words) in part.fields {
                if all.fields.insert(key.clone(), words).is_some() {
                    let message = format!("\"{key}\" has words already; keep one of the two");
                    return Err(DataFault::new(&document.name, crate::json::child("/fields", &key), message));
                }
            }
        }
        if let Some(like) = all.like.clone() {
            let other = Self::load(&like, documents)?;
            for (id, title) in other.sections {
                all.sections.entry(id).or_insert(title);
            }
            for (key, words) in other.fields {
                all.fields.entry(key).or_insert(words);
            }
        }
        Ok(all)
    }
}

/// The words under exactly that name.
pub(crate) fn find<'a>(name: &str, documents: &'a [Document]) -> Option<&'a Document> {
    let of_file = |document: &&Document| {
        let file = document.name.strip_prefix("words/").and_then(|file| file.strip_suffix(".json"));
        file.and_then(|file| file.rsplit_once('.')).is_some_and(|(known, _)| known == name)
    };
    documents.iter().find(of_file)
}

/// A label for a field that nobody has written words for: the document's own title, or its name spelled out.
pub(crate) fn fallback_label(name: &str, title: Option<&str>) -> String {
    if let Some(title) = title {
        return title.to_owned();
    }
    let spaced = name.replace(['_', '-'], " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
