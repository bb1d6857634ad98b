//! The files that tidy looks at. Must not follow build output, packages of others or what is hidden.

use std::path::Path;

use super::rust_tokens::{self, Token};
use crate::failure::{Result, sentence};

const FOLDERS: &[&str] = &["crates", "src", "style", "tests", "xtask"];
const ROOT_FILES: &[&str] = &["Cargo.toml"];
const ENDINGS: &[&str] = &["css", "js", "mjs", "py", "rs", "toml", "ts"];
const WORDS: &str = "crates/schema/data/words/console.en.json";
const NOT_OURS: &[&str] = &["__pycache__", "dist", "node_modules", "target", "test-results"];

/// A text file of the checkout.
pub(super) struct Source {
    /// From the top of the checkout, with `/`.
    pub(super) path: String,
    pub(super) text: String,
    /// Of a Rust file; else nothing.
    pub(super) tokens: Vec<Token>,
}

impl Source {
    pub(super) fn new(path: &str, text: &str) -> Self {
        let mut source = Self { path: path.to_owned(), text: text.to_owned(), tokens: Vec::new() };
        if source.ending() == "rs" {
            source.tokens = rust_tokens::read(text);
        }
        source
    }

    /// What stands behind the last dot.
    pub(super) fn ending(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// Whether it is a Rust file of the console.
    pub(super) fn is_console(&self) -> bool {
        self.path.starts_with("src/") && self.ending() == "rs"
    }

    /// A broken rule in this file.
    pub(super) fn finding(&self, line: usize, text: impl Into<String>) -> super::Finding {
        super::Finding { path: self.path.clone(), line, text: text.into() }
    }
}

/// Every file that a rule may want to see, in the order of their paths.
pub(super) fn all(root: &Path) -> Result<Vec<Source>> {
    let mut paths = Vec::new();
    for folder in FOLDERS {
        collect(&root.join(folder), &mut paths);
    }
    let words_of_server = super::server_words::FILES.iter().map(|(path, _)| path);
    let single = ROOT_FILES.iter().chain([&WORDS]).chain(words_of_server).map(|file| root.join(file));
    paths.extend(single.filter(|file| file.is_file()));
    let mut sources = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path)
            .map_err(|cause| sentence(format!("{} cannot be read as text: {cause}.", path.display())))?;
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        sources.push(Source::new(&name, &text));
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn collect(folder: &Path, paths: &mut Vec<std::path::PathBuf>) {
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if name.starts_with('.') || NOT_OURS.contains(&name.as_ref()) {
            continue;
        }
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) {
            paths.push(path);
        }
    }
}

/// For the rules' tests: the lines at which a rule finds something, with what it says.
#[cfg(test)]
pub(super) fn found(rule: impl Fn(&Source) -> Vec<super::Finding>, path: &str, text: &str) -> Vec<(usize, String)> {
    rule(&Source::new(path, text)).into_iter().map(|finding| (finding.line, finding.text)).collect()
}

/// For the rules' tests: only the lines.
#[cfg(test)]
pub(super) fn lines(rule: impl Fn(&Source) -> Vec<super::Finding>, path: &str, text: &str) -> Vec<usize> {
    found(rule, path, text).into_iter().map(|(line, _)| line).collect()
}
