//! What the steps of `cargo xtask test` took and counted, printed once more at the end where a person looks.
//! Must not count anything that a runner did not say itself.

use std::time::{Duration, Instant};

use crate::failure::Result;
use crate::say;

/// Tests that a runner says it ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    passed: u32,
    failed: u32,
    /// Failed, and passed when they were tried once more.
    unsteady: u32,
}

impl Counts {
    /// Adds up the `test result:` lines of `cargo test`.
    pub(crate) fn of_cargo(output: &str) -> Self {
        let mut counts = Self::default();
        for line in output.lines().map(without_colour).filter(|line| line.starts_with("test result:")) {
            counts.add(number_before(&line, " passed"), number_before(&line, " failed"));
        }
        counts
    }

    /// Reads the closing lines of Playwright, such as `  12 passed (30.1s)`.
    pub(crate) fn of_playwright(output: &str) -> Self {
        let mut counts = Self::default();
        for line in output.lines().map(without_colour) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                [number, "passed", time] if time.starts_with('(') => counts.add(number.parse().unwrap_or(0), 0),
                [number, "failed"] => counts.add(0, number.parse().unwrap_or(0)),
                [number, "flaky"] => counts.unsteady += number.parse().unwrap_or(0),
                _ => {}
            }
        }
        counts
    }

    /// How many passed only when they were tried once more.
    pub(crate) const fn unsteady(&self) -> u32 {
        self.unsteady
    }

    fn add(&mut self, passed: u32, failed: u32) {
        self.passed += passed;
        self.failed += failed;
    }
}

/// The steps so far.
#[derive(Default)]
pub(crate) struct Summary(Vec<(String, Duration, Counts)>);

impl Summary {
    /// Takes a step and remembers it when it went well.
    pub(crate) fn step(&mut self, name: &str, step: impl FnOnce() -> Result<Counts>) -> Result<()> {
        let started = Instant::now();
        let counts = step()?;
        self.0.push((name.to_owned(), started.elapsed(), counts));
        Ok(())
    }

    /// One line for each step, then the sum of the tests.
    pub(crate) fn print(&self) {
        say::step("all well");
        let mut all = Counts::default();
        for (name, took, counts) in &self.0 {
            let unsteady = match counts.unsteady {
                0 => String::new(),
                unsteady => format!(", {unsteady} only the second time: named above, to be mended"),
            };
            let tests = match counts.passed {
                0 => String::new(),
                passed => format!("{passed} passed{unsteady}"),
            };
            say::line(format!("   {name:<14} {:>12}   {tests}", say::duration(*took)).trim_end());
            all.add(counts.passed, counts.failed);
        }
        if all != Counts::default() {
            say::line(&format!("{} passed, {} failed", all.passed, all.failed));
        }
    }
}

fn number_before(line: &str, word: &str) -> u32 {
    let before = line.split(word).next().unwrap_or_default();
    before
        .rsplit(|character: char| !character.is_ascii_digit())
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

fn without_colour(line: &str) -> String {
    let mut plain = String::new();
    let mut parts = line.split('\u{1b}');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        plain.push_str(part.split_once(|character: char| character.is_ascii_alphabetic()).map_or("", |(_, text)| text));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_counts_are_added_over_all_test_programs() {
        let output = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
                      noise 5 passed\n\
                      test result: \u{1b}[32mok\u{1b}[m. 3 passed; 0 failed; 0 ignored\n";
        assert_eq!(Counts::of_cargo(output), Counts { passed: 15, ..Counts::default() });
    }

    #[test]
    fn playwright_counts_come_from_its_closing_lines() {
        let output = "  ✓  1 a.spec.ts:5:5 › 3 passed on the way (2.3s)\n\n\u{1b}[32m  14 passed\u{1b}[39m\u{1b}[2m (1.2m)\u{1b}[22m\n";
        assert_eq!(Counts::of_playwright(output), Counts { passed: 14, ..Counts::default() });
        let output = "  1 failed\n  1 flaky\n  2 passed (3s)\n";
        assert_eq!(Counts::of_playwright(output), Counts { passed: 2, failed: 1, unsteady: 1 });
    }
}
