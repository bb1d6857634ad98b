//! Every line that xtask prints. Colours only for a person at a terminal: none with `CI` or `NO_COLOR` set.

use std::io::{IsTerminal, Write};
use std::time::Duration;

/// Whether to print colours, here and in the tools that are started.
pub(crate) fn in_colour() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("CI") && !set("NO_COLOR") && std::io::stdout().is_terminal()
}

/// A line of plain text.
pub(crate) fn line(text: &str) {
    // A closed pipe is the reader's choice, not a failure.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// The start of a step.
pub(crate) fn step(name: &str) {
    line(&paint("1;36", &format!("── {name}")));
}

/// The end of a step that went well.
pub(crate) fn done(name: &str, took: Duration) {
    line(&paint("32", &format!("   {name}: {}", duration(took))));
}

/// The last word.
pub(crate) fn failure(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", paint("1;31", text));
}

/// A duration as a person says it.
pub(crate) fn duration(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds >= 60 {
        format!("{} min {} s", seconds / 60, seconds % 60)
    } else if seconds >= 10 {
        format!("{seconds} s")
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}

fn paint(code: &str, text: &str) -> String {
    if in_colour() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_as_exact_as_a_person_needs() {
        assert_eq!(duration(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(duration(Duration::from_secs(42)), "42 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 5 s");
    }
}
