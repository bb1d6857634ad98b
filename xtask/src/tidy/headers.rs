//! Rule: every file opens with what it is for. Must not judge how well it says so.

use super::Finding;
use super::source::Source;

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let (openings, wanted): (&[&str], &str) = match source.ending() {
        "rs" => (&["//! "], "`//!`"),
        "css" => (&["/* ", "/*\n"], "a comment"),
        "py" => (&["# "], "a comment"),
        "ts" | "js" | "mjs" => (&["// ", "/* ", "/**"], "a comment"),
        _ => return Vec::new(),
    };
    if openings.iter().any(|opening| source.text.starts_with(opening)) {
        return Vec::new();
    }
    vec![
        source
            .finding(1, format!("The file must open with {wanted} that says what it is for and what it must not do.")),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::source::lines;
    use super::check;

    #[test]
    fn a_file_with_its_header_passes() {
        for (path, text) in [
            ("src/a.rs", "//! Mounts."),
            ("style/a.css", "/* Buttons. */"),
            ("tests/e2e/a.spec.ts", "// Locks."),
            ("tests/python/a.py", "# Reads."),
        ] {
            assert!(lines(check, path, text).is_empty(), "{path}");
        }
    }

    #[test]
    fn a_file_without_its_header_is_found() {
        for (path, text) in [
            ("src/a.rs", "use a;\n//! late"),
            ("style/a.css", "a {}"),
            ("tests/a.ts", "import"),
            ("src/b.rs", ""),
            ("a.py", "import a"),
        ] {
            assert_eq!(lines(check, path, text), [1], "{path}");
        }
    }
}
