//! Reads what follows a command's name. Must refuse what it does not know before anything slow has begun.

use crate::failure::{Result, sentence};

/// Options as they were typed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// `--name value` or `--name=value`, in order.
    pub(crate) values: Vec<(String, String)>,
    /// `--name` alone.
    pub(crate) flags: Vec<String>,
    /// Everything after `--`.
    pub(crate) rest: Vec<String>,
}

impl Options {
    /// Takes the options with these names, with a value and without.
    pub(crate) fn read(arguments: &[String], with_value: &[&str], flags: &[&str]) -> Result<Self> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            if name == "--" {
                options.rest = arguments.cloned().collect();
                break;
            } else if with_value.contains(&name) {
                let value = inline.or_else(|| arguments.next().cloned());
                let value = value.ok_or_else(|| sentence(format!("The option {name} needs a value.")))?;
                options.values.push((name.to_owned(), value));
            } else if flags.contains(&name) && inline.is_none() {
                options.flags.push(name.to_owned());
            } else {
                let known = with_value.iter().chain(flags).copied().collect::<Vec<_>>().join(", ");
                let known = if known.is_empty() { "none".to_owned() } else { known };
                return Err(sentence(format!("There is no option `{argument}` here. Known: {known}.")));
            }
        }
        Ok(options)
    }

    /// The value of an option that was given.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::read(&words, &["--port"], &["--fresh"])
    }

    #[test]
    fn values_flags_and_the_rest_are_told_apart() {
        let options = read("--port 8081 --fresh -- --grep lock").expect("all known");
        assert_eq!(options.value("--port"), Some("8081"));
        assert_eq!(options.flags, ["--fresh"]);
        assert_eq!(options.rest, ["--grep", "lock"]);
        assert_eq!(read("--port=9").expect("known").value("--port"), Some("9"));
    }

    #[test]
    fn an_unknown_option_is_refused_with_what_is_known() {
        let failure = read("--prot 8081").expect_err("unknown").to_string();
        assert_eq!(failure, "There is no option `--prot` here. Known: --port, --fresh.");
        assert_eq!(read("--port").expect_err("no value").to_string(), "The option --port needs a value.");
    }
}
