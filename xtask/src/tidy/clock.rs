//! Rule: time and randomness are parameters. Only files named for it may ask the machine.
//! Must not look at tests or at xtask, which measure how long things take.

use super::Finding;
use super::rust_tokens::{self, Token};
use super::source::Source;

/// Type and function that ask the machine what time it is.
const TIME: &[(&str, &str)] = &[
    ("SystemTime", "now"),
    ("OffsetDateTime", "now_utc"),
    ("OffsetDateTime", "now_local"),
    ("UtcDateTime", "now"),
    ("Utc", "now"),
];

/// Crates and types that ask it for random bytes.
const RANDOM: &[&str] = &["getrandom", "OsRng", "SysRng", "SystemRandomSource", "thread_rng"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let watched = source.path.starts_with("crates/") && source.path.contains("/src/") && source.ending() == "rs";
    if !watched {
        return Vec::new();
    }
    let file = source.path.rsplit('/').next().unwrap_or_default();
    let tokens = rust_tokens::without_tests(&source.tokens);
    let mut findings = Vec::new();
    if file != "clock.rs" {
        findings
            .extend(calls(tokens).map(|token| {
                source.finding(token.line, "Ask a `Clock`: only clock.rs asks the machine for the time.")
            }));
    }
    if file != "random.rs" {
        let random = tokens.iter().filter(|token| RANDOM.iter().any(|name| token.is_word(name)));
        findings.extend(random.map(|token| {
            source.finding(token.line, "Ask a `Random`: only random.rs asks the machine for random bytes.")
        }));
    }
    findings
}

fn calls(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    tokens.windows(4).filter_map(|window| {
        let [kind, first, second, call] = window else { return None };
        let path = first.is_sign(":") && second.is_sign(":");
        let asks = TIME.iter().any(|(of, function)| kind.is_word(of) && call.is_word(function));
        (path && asks).then_some(kind)
    })
}

#[cfg(test)]
mod tests {
    use super::super::source::lines;
    use super::check;

    #[test]
    fn the_machines_clock_is_asked_in_one_file_only() {
        let text = "fn a() { SystemTime::now(); }\n#[cfg(test)]\nmod tests { fn b() { SystemTime::now(); } }";
        assert_eq!(lines(check, "crates/proxy/src/audit/log.rs", text), [1]);
        assert!(lines(check, "crates/proxy/src/clock.rs", text).is_empty());
        assert!(lines(check, "xtask/src/main.rs", text).is_empty());
    }

    #[test]
    fn random_bytes_come_from_one_file_only() {
        assert_eq!(lines(check, "crates/proxy/src/auth/session.rs", "getrandom::fill(x);"), [1]);
        assert!(lines(check, "crates/proxy/src/random.rs", "getrandom::fill(x);").is_empty());
    }
}
