//! Rule: a lint is expected with a reason, never allowed, and no test is switched off.
//! Must not look at the workspace's own lint table, which is where a rule is changed for all.

use super::Finding;
use super::rust_tokens::{Kind, Token};
use super::source::Source;

const SWITCHED_OFF: &[&str] =
    &["test.skip(", "test.fixme(", "test.only(", "describe.skip(", "describe.only(", "describe.fixme("];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    match source.ending() {
        "rs" => attributes(source),
        "ts" | "js" | "mjs" => browser_tests(source),
        _ => Vec::new(),
    }
}

fn attributes(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (place, token) in source.tokens.iter().enumerate() {
        if token.kind != Kind::Word || !opens_attribute(&source.tokens[..place]) {
            continue;
        }
        let repair = match token.text.as_str() {
            "allow" => "Use #[expect(…, reason = \"…\")] in place of #[allow].",
            "ignore" => "A test is not ignored: repair it or delete it.",
            _ => continue,
        };
        findings.push(source.finding(token.line, repair));
    }
    findings
}

fn opens_attribute(before: &[Token]) -> bool {
    match before {
        [.., sign, bracket] if bracket.is_sign("[") => sign.is_sign("#") || sign.is_sign("!"),
        _ => false,
    }
}

fn browser_tests(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().enumerate();
    let off = lines.filter(|(_, line)| SWITCHED_OFF.iter().any(|call| line.contains(call)));
    off.map(|(index, _)| source.finding(index + 1, "No test is switched off or alone: repair it or delete it."))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::lines;
    use super::check;

    #[test]
    fn allow_is_found_and_expect_is_not() {
        assert_eq!(lines(check, "src/a.rs", "#![allow(dead_code)]\n#[allow(clippy::all)]\nfn a() {}"), [1, 2]);
        assert!(
            lines(check, "src/a.rs", "#[expect(dead_code, reason = \"kept\")]\nfn allow() {} // #[allow(x)]")
                .is_empty()
        );
    }

    #[test]
    fn a_test_that_is_switched_off_is_found() {
        assert_eq!(lines(check, "tests/http/a.rs", "#[test]\n#[ignore = \"later\"]\nfn a() {}"), [2]);
        assert_eq!(lines(check, "tests/e2e/a.spec.ts", "test(\"a\", f);\ntest.skip(\"b\", f);"), [2]);
    }
}
