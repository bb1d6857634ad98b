//! A selection on its way from a list to a new bulk job. It is kept in memory only, and only until it is taken. Must not
//! hold anything but what names people and things.

use leptos::prelude::*;

/// Rows that were chosen in a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Selection {
    /// The id of a kind of job, or what it begins with, such as a vendor's id; may be empty.
    pub(crate) kind_hint: String,
    /// The names of the columns.
    pub(crate) header: Vec<String>,
    /// As many cells in each as there are columns.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Selection {
    /// As a file that can be sent to be read.
    pub(crate) fn csv(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.header).chain(&self.rows) {
            for (at, cell) in row.iter().enumerate() {
                text.push_str(if at == 0 { "\"" } else { ",\"" });
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            }
            text.push('\n');
        }
        text
    }
}

/// Where a list puts what was chosen in it, for the page on which a job is made.
#[derive(Clone, Copy)]
pub(crate) struct BulkStore {
    selection: StoredValue<Option<Selection>>,
}

impl BulkStore {
    pub(super) fn new() -> Self {
        Self { selection: StoredValue::new(None) }
    }

    /// Hands a selection over. One that nobody has taken is forgotten.
    pub(crate) fn hand_over(self, kind_hint: &str, header: Vec<String>, rows: Vec<Vec<String>>) {
        self.selection.set_value(Some(Selection { kind_hint: kind_hint.to_owned(), header, rows }));
    }

    /// Takes it, if there is one.
    pub(crate) fn take(self) -> Option<Selection> {
        self.selection.try_update_value(Option::take).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selection_becomes_a_file_whatever_is_in_its_cells() {
        let rows = vec![vec!["a@x.example".into(), "Ann \"Al\", B".into()], vec!["=1+1".into(), String::new()]];
        let selection = Selection { kind_hint: String::new(), header: vec!["E-mail".into(), "Name".into()], rows };
        assert_eq!(selection.csv(), "\"E-mail\",\"Name\"\n\"a@x.example\",\"Ann \"\"Al\"\", B\"\n\"=1+1\",\"\"\n");
    }
}
