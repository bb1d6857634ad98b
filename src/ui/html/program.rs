//! Reads the text in which `view!` writes down what never changes: signs, each with what follows it up to the next
//! (`crates/view/src/write.rs`). Must not make anything: `render` does.

/// One step of a program.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// An element begins.
    Open(&'static str),
    /// It has that attribute.
    Attribute(&'static str, &'static str),
    /// It has an attribute of that name, from the next value.
    Value(&'static str),
    /// It has a property of that name, from the next value.
    Property(&'static str),
    /// It listens, as the next value says.
    Listener,
    /// The next value stands inside it.
    Child,
    /// That text stands inside it.
    Text(&'static str),
    /// It ends.
    Close,
}

/// The highest of the signs.
const LAST_SIGN: char = '\u{b}';

/// The steps of a program.
pub(super) struct Steps(pub(super) &'static str);

impl Steps {
    /// What stands before the next sign.
    fn words(&mut self) -> &'static str {
        let (words, rest) = self.0.split_at(self.0.find(|c| c <= LAST_SIGN).unwrap_or(self.0.len()));
        self.0 = rest;
        words
    }
}

impl Iterator for Steps {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let (sign, rest) = self.0.split_at_checked(1)?;
        self.0 = rest;
        let words = self.words();
        Some(match sign {
            "\u{1}" => Step::Open(words),
            "\u{2}" => {
                self.0 = self.0.get(1..)?;
                Step::Attribute(words, self.words())
            }
            "\u{4}" => Step::Value(words),
            "\u{5}" => Step::Property(words),
            "\u{6}" => Step::Listener,
            "\u{7}" => Step::Child,
            "\u{8}" => Step::Text(words),
            _ => Step::Close,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_read_step_by_step() {
        let program = "\u{1}p\u{2}class\u{3}quiet\u{2}hidden\u{3}\u{4}id\u{5}value\u{6}\u{8}Ä b\u{7}\u{1}br\u{b}\u{b}";
        let steps: Vec<Step> = Steps(program).collect();
        let expected = [
            Step::Open("p"),
            Step::Attribute("class", "quiet"),
            Step::Attribute("hidden", ""),
            Step::Value("id"),
            Step::Property("value"),
            Step::Listener,
            Step::Text("Ä b"),
            Step::Child,
            Step::Open("br"),
            Step::Close,
            Step::Close,
        ];
        assert_eq!(steps, expected);
    }
}
