//! A bulk job as it is being put together: which column is what, what is the same for every row, what is missing. Plain
//! Rust; must not send anything.

use litemap::LiteMap;
use roomkey_schema::job::{JobField, JobKind, Table};
use serde_json::{Value, json};

/// What has been decided so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    /// What is done; its id is empty until it is chosen.
    pub(crate) kind: JobKind,
    /// Where the rows are; its id is empty until it was read.
    pub(crate) table: Table,
    /// Whether the first row holds names.
    pub(crate) header: bool,
    /// What each column is, by key; empty for those that are not used.
    pub(crate) columns: Vec<String>,
    /// What is the same for every row, in the order in which it was added.
    pub(crate) given: Vec<Given>,
    /// What is chosen once for the whole job.
    pub(crate) options: LiteMap<String, String>,
    /// Whether the new values are generated.
    pub(crate) generate: bool,
    /// Whether none of them may occur twice.
    pub(crate) unique: bool,
}

/// A value that is the same for every row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Given {
    /// Key of the field.
    pub(crate) key: String,
    /// On or off; none when it is typed.
    pub(crate) switch: Option<bool>,
    /// What is typed.
    pub(crate) typed: String,
}

/// What is missing before the rows can be checked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Missing {
    /// No column says who or what a row is about.
    Subject,
    /// Nothing is to be set.
    Nothing,
    /// A value for every row is empty.
    Value,
}

impl Plan {
    /// Another kind of job: what was decided for the one before does not fit any more.
    pub(crate) fn choose(&mut self, kind: JobKind) {
        self.generate = false;
        self.unique = false;
        self.given.clear();
        self.options = LiteMap::new();
        self.kind = kind;
        self.guess();
    }

    /// Another table.
    pub(crate) fn read(&mut self, table: Table) {
        self.header = table.header;
        self.table = table;
        self.guess();
    }

    /// The first row holds names, or does not.
    pub(crate) fn set_header(&mut self, header: bool) {
        self.header = header;
        self.guess();
    }

    /// A column is this field and no other is; an empty key is for columns that are not used.
    pub(crate) fn map(&mut self, column: usize, key: &str) {
        for known in self.columns.iter_mut().filter(|known| *known == key) {
            known.clear();
        }
        if let Some(known) = self.columns.get_mut(column) {
            key.clone_into(known);
        }
        self.given.retain(|given| given.key != key);
    }

    /// The new values are generated, or come from a column.
    pub(crate) fn set_generate(&mut self, generate: bool) {
        self.generate = generate;
        if generate && let Some(key) = self.kind.generate.clone() {
            for known in self.columns.iter_mut().filter(|known| **known == key) {
                known.clear();
            }
            self.given.retain(|given| given.key != key);
        } else if !generate {
            self.guess();
        }
    }

    /// A field gets the same value in every row.
    pub(crate) fn give(&mut self, key: &str) {
        for known in self.columns.iter_mut().filter(|known| *known == key) {
            known.clear();
        }
        self.given.push(Given { key: key.to_owned(), ..Given::default() });
    }

    /// The fields that a column can be: the subject, then what can be set and is not generated.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &JobField> {
        let generated = self.kind.generate.as_ref().filter(|_| self.generate);
        let fields = self.kind.fields.iter().filter(move |field| Some(&field.key) != generated);
        std::iter::once(&self.kind.subject).chain(fields)
    }

    /// The field of that key.
    pub(crate) fn field(&self, key: &str) -> Option<&JobField> {
        self.fields().find(|field| field.key == key)
    }

    /// Whether what stands in a column must not be seen.
    pub(crate) fn is_secret(&self, column: usize) -> bool {
        let key = self.columns.get(column).filter(|key| !key.is_empty());
        key.and_then(|key| self.field(key)).is_some_and(|field| field.secret)
    }

    /// How many rows there are without the names.
    pub(crate) fn rows(&self) -> u64 {
        self.table.rows.saturating_sub(u64::from(self.header))
    }

    /// The first rows without the names.
    pub(crate) fn preview(&self) -> &[Vec<String>] {
        self.table.preview.get(usize::from(self.header)..).unwrap_or_default()
    }

    /// What a column is called, when the first row says so.
    pub(crate) fn name(&self, column: usize) -> Option<&str> {
        let names = self.table.preview.first().filter(|_| self.header)?;
        names.get(column).map(String::as_str).filter(|name| !name.trim().is_empty())
    }

    /// What is missing.
    pub(crate) fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if !self.columns.contains(&self.kind.subject.key) {
            missing.push(Missing::Subject);
        }
        let sets = |key: &String| !key.is_empty() && *key != self.kind.subject.key;
        let nothing = self.given.is_empty() && !self.generate && !self.columns.iter().any(sets);
        if nothing && !self.kind.fields.is_empty() {
            missing.push(Missing::Nothing);
        }
        if self.given.iter().any(|given| given.switch.is_none() && given.typed.is_empty()) {
            missing.push(Missing::Value);
        }
        missing
    }

    /// As `roomkey_schema::job::NewJob` is written, but for its name.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({
            "kind": self.kind.id,
            "table": self.table.id,
            "header": self.header,
            "columns": {},
            "values": {},
            "options": {},
            "generate": self.generate,
            "unique": self.generate && self.unique,
        });
        if !self.table.sheet.is_empty() {
            body["sheet"] = self.table.sheet.as_str().into();
        }
        for (at, key) in self.columns.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
            body["columns"][key] = at.into();
        }
        for given in &self.given {
            body["values"][&given.key] = self.value(given);
        }
        for (key, text) in self.options.iter().filter(|(_, text)| !text.is_empty()) {
            body["options"][key] = text.as_str().into();
        }
        body
    }

    /// Numbers are numbers, but where a nought in front would be lost or the digits are a secret.
    fn value(&self, given: &Given) -> Value {
        let typed = given.typed.trim();
        let number = typed.parse::<i64>().ok().filter(|number| number.to_string() == typed);
        let secret = self.field(&given.key).is_some_and(|field| field.secret);
        match (given.switch, number) {
            (Some(on), _) => Value::from(on),
            (None, Some(number)) if !secret => Value::from(number),
            _ if secret => Value::from(given.typed.as_str()),
            _ => Value::from(typed),
        }
    }

    /// Which column is what: by its name, and the subject also by what looks like e-mail addresses.
    fn guess(&mut self) {
        let mut columns = vec![String::new(); self.table.columns];
        if self.kind.id.is_empty() {
            self.columns = columns;
            return;
        }
        for field in self.fields().filter(|field| !self.given.iter().any(|given| given.key == field.key)) {
            let fits =
                |name: &str| plain(name) == plain(&field.label) || field.names.iter().any(|n| plain(n) == plain(name));
            let free = (0..columns.len()).filter(|at| columns[*at].is_empty());
            let found = free.filter_map(|at| Some((at, self.name(at)?))).find(|(_, name)| fits(name));
            if let Some((at, _)) = found {
                columns[at].clone_from(&field.key);
            }
        }
        let subject = &self.kind.subject.key;
        if !columns.contains(subject) {
            let e_mails = |at: usize| {
                let cells = || self.preview().iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
                let fit = cells().filter(|cell| is_e_mail(cell)).count();
                fit > 0 && fit * 2 > cells().count()
            };
            let found = (0..columns.len()).find(|at| columns[*at].is_empty() && e_mails(*at));
            if let Some(at) = found {
                columns[at].clone_from(subject);
            }
        }
        self.columns = columns;
    }
}

/// A name as far as it matters: `Host_PIN` is `host pin`.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_e_mail(text: &str) -> bool {
    let text = text.trim();
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
#[path = "plan_test.rs"]
mod tests;
