//! Reads a tool's version out of what it answers to `--version`. Must not compare loosely: what formats or builds is
//! used in exactly one version.

use std::path::Path;

use crate::process::Process;

/// Whether this program answers `--version` with exactly this version.
pub(super) fn is(program: &Path, version: &str) -> bool {
    Process::new(program).arg("--version").answer().is_some_and(|answer| says(&answer, version))
}

/// The first number in a version such as `v20.20.2`.
pub(super) fn major(answer: &str) -> Option<u32> {
    answer.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

fn says(answer: &str, version: &str) -> bool {
    answer.lines().next().is_some_and(|line| line.split_whitespace().any(|word| word == version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_version_counts() {
        assert!(says("trunk 0.21.14", "0.21.14"));
        assert!(says("wasm-opt version 132 (version_132)", "132"));
        assert!(!says("trunk 0.21.140", "0.21.14"));
        assert!(!says("", "0.21.14"));
    }

    #[test]
    fn the_major_version_is_read_with_and_without_a_v() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("18.0"), Some(18));
        assert_eq!(major("unknown"), None);
    }
}
