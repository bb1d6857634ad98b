//! Rule: every route and every fixed address stands in src/paths.rs. What begins like one of those, in another file of
//! the console, is found. Must not look at tests, which say an address on purpose.

use std::collections::BTreeSet;

use super::Finding;
use super::rust_tokens::{self, Kind, Token};
use super::source::Source;

const HOME: &str = "src/paths.rs";

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let home = sources.iter().find(|source| source.path == HOME);
    let known: BTreeSet<&str> = home.into_iter().flat_map(addresses).map(|(_, first)| first).collect();
    let is_test = |source: &Source| source.path.ends_with("_test.rs");
    let others = sources.iter().filter(|source| source.is_console() && source.path != HOME && !is_test(source));
    let mut findings = Vec::new();
    for source in others {
        for (token, _) in addresses(source).filter(|(_, first)| known.contains(first)) {
            findings
                .push(source.finding(token.line, format!("\"{}\" is an address: take it from paths.rs.", token.text)));
        }
    }
    findings
}

/// Strings that begin with `/` and a letter, with their first segment.
fn addresses(source: &Source) -> impl Iterator<Item = (&Token, &str)> {
    rust_tokens::without_tests(&source.tokens).iter().filter(|token| token.kind == Kind::Text).filter_map(|token| {
        let first = token.text.strip_prefix('/')?.split(['/', '?', '#']).next()?;
        first.starts_with(|character: char| character.is_ascii_lowercase()).then_some((token, first))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_beside_paths(text: &str) -> Vec<usize> {
        let paths = Source::new(HOME, "const GROUPS: &str = \"/zoom/groups\"; const ME: &str = \"/auth/me\";");
        check(&[paths, Source::new("src/pages/groups.rs", text)]).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn an_address_outside_its_home_is_found() {
        assert_eq!(check_beside_paths("fn a() {\n    go(\"/zoom/groups/7\");\n    get(\"/auth/me\") }"), [2, 3]);
    }

    #[test]
    fn pointers_and_tests_pass() {
        let text =
            "fn a() { at(\"/meeting_security/pin\") }\n#[cfg(test)]\nmod tests { fn b() { go(\"/zoom/groups\") } }";
        assert!(check_beside_paths(text).is_empty());
    }
}
