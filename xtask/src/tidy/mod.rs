//! The house rules that a machine can check, one file for each. A rule takes the text of a file and answers where it is
//! broken; only this file reads the disk. Must not repair anything.

mod clock;
mod expectations;
mod headers;
mod imports;
mod inner_html;
mod length;
mod routes;
mod rust_tokens;
mod server_words;
mod source;
mod style_values;
mod versions;
mod view_text;
mod word_keys;

use crate::failure::{Result, sentence};
use crate::{say, workspace};

use source::Source;

/// A place where a rule is broken, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: usize,
    text: String,
}

/// The rules that look at one file at a time.
const RULES: &[fn(&Source) -> Vec<Finding>] = &[
    clock::check,
    expectations::check,
    headers::check,
    imports::check,
    inner_html::check,
    length::check,
    style_values::check,
    versions::check,
    view_text::check,
];

/// Checks the whole checkout.
pub(crate) fn check() -> Result<()> {
    let sources = source::all(&workspace::root())?;
    let mut findings: Vec<Finding> =
        sources.iter().flat_map(|source| RULES.iter().flat_map(|rule| rule(source))).collect();
    findings.extend(routes::check(&sources));
    findings.extend(server_words::check(&sources));
    findings.extend(word_keys::check(&sources));
    findings.sort();
    findings.dedup();
    for Finding { path, line, text } in &findings {
        say::line(&format!("{path}:{line}  {text}"));
    }
    for long in sources.iter().filter_map(length::note) {
        say::line(&format!("   {long}"));
    }
    if findings.is_empty() {
        say::line(&format!("   {} files are tidy", sources.len()));
        Ok(())
    } else {
        Err(sentence(format!(
            "tidy found {} places that break a house rule (docs/style.md); they stand above.",
            findings.len()
        )))
    }
}
