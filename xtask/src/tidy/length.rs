//! Rule: a file is about one thing, and long files are not. Must not count what nobody reads, such as data.

use super::Finding;
use super::source::Source;

const HARD: usize = 600;
const TALKED_INTO: usize = 400;

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().count();
    if !is_code(source) || lines <= HARD {
        return Vec::new();
    }
    vec![source.finding(HARD + 1, format!("The file has {lines} lines; at {HARD} it is split."))]
}

/// What to think about, without failing.
pub(super) fn note(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    (is_code(source) && lines > TALKED_INTO && lines <= HARD)
        .then(|| format!("{} has {lines} lines: is it still about one thing?", source.path))
}

fn is_code(source: &Source) -> bool {
    matches!(source.ending(), "css" | "js" | "mjs" | "py" | "rs" | "ts")
}

#[cfg(test)]
mod tests {
    use super::super::source::{Source, lines};
    use super::*;

    #[test]
    fn six_hundred_lines_pass_and_one_more_does_not() {
        assert!(lines(check, "src/a.rs", &"\n".repeat(600)).is_empty());
        assert_eq!(lines(check, "src/a.rs", &"\n".repeat(601)), [601]);
        assert!(lines(check, "crates/a/data/a.toml", &"\n".repeat(601)).is_empty());
    }

    #[test]
    fn a_long_file_is_named_without_failing() {
        assert!(note(&Source::new("src/a.rs", &"\n".repeat(400))).is_none());
        assert!(note(&Source::new("src/a.rs", &"\n".repeat(401))).is_some());
    }
}
