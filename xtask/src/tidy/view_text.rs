//! Rule: what a person reads comes from the words files. Inside `view!`, text between tags and in attributes that are
//! read out or shown must not be written there. Must not look at class names, types, roles and other machine words.
//!
//! It follows a view as far as it must: between tags, inside a tag, and inside Rust, where only a string that is itself
//! the value of a block or of a match arm counts, as in `if open { "Close" } else { "Open" }`.

use super::Finding;
use super::rust_tokens::{self, Kind, Token};
use super::source::Source;

/// Attributes and properties that a person reads or hears.
const READ: &[&str] = &[
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "caption",
    "heading",
    "help",
    "hint",
    "label",
    "message",
    "placeholder",
    "summary",
    "text",
    "title",
];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_console() {
        return Vec::new();
    }
    let tokens = rust_tokens::without_tests(&source.tokens);
    let mut reader = Reader { tokens, stack: Vec::new(), lines: Vec::new() };
    for place in 0..tokens.len() {
        reader.see(place);
    }
    let told = |line: &usize| source.finding(*line, "Words stand in the words file: use t(\"…\").");
    reader.lines.iter().map(told).collect()
}

/// Where in a view a token stands.
#[derive(Clone, Debug)]
enum Frame {
    /// Between tags.
    Nodes,
    /// Between `<name` and `>`, with the attribute that was named last.
    Tag(String),
    /// In Rust, with the attribute that it is the value of; none between tags.
    Rust(Option<String>),
}

struct Reader<'a> {
    tokens: &'a [Token],
    stack: Vec<Frame>,
    lines: Vec<usize>,
}

impl Reader<'_> {
    fn see(&mut self, place: usize) {
        let token = &self.tokens[place];
        let opens = token.kind == Kind::Sign && matches!(token.text.as_str(), "{" | "(" | "[");
        if opens && self.is_view(place) {
            self.stack.push(Frame::Nodes);
            return;
        }
        let Some(frame) = self.stack.last().cloned() else { return };
        if opens {
            self.stack.push(Frame::Rust(match frame {
                Frame::Nodes => None,
                Frame::Tag(attribute) => Some(attribute),
                Frame::Rust(attribute) => attribute,
            }));
        } else if token.kind == Kind::Sign && matches!(token.text.as_str(), "}" | ")" | "]") {
            // A tag left open was a sign of comparison.
            while matches!(self.stack.pop(), Some(Frame::Tag(_))) {}
        } else {
            match frame {
                Frame::Nodes => self.between_tags(place),
                Frame::Tag(attribute) => self.inside_tag(place, &attribute),
                Frame::Rust(attribute) => self.inside_rust(place, attribute.as_deref()),
            }
        }
    }

    fn between_tags(&mut self, place: usize) {
        let token = &self.tokens[place];
        if token.is_sign("<") {
            self.stack.push(Frame::Tag(String::new()));
        } else if token.kind == Kind::Text {
            match self.attribute_before(place) {
                // After a comparison in an attribute the tag seemed to end.
                Some(attribute) => self.judge(place, is_read(&attribute)),
                None => self.judge(place, true),
            }
        } else if token.kind == Kind::Word && self.follows_a_tag(place) {
            self.judge(place, true);
        }
    }

    fn inside_tag(&mut self, place: usize, attribute: &str) {
        let token = &self.tokens[place];
        if token.is_sign(">") {
            if !self.sign_before(place, "=") && !self.sign_before(place, "-") {
                self.stack.pop();
            }
        } else if token.is_sign("=") {
            if let Some(name) = self.attribute_before(place + 1) {
                self.stack.pop();
                self.stack.push(Frame::Tag(name));
            }
        } else if token.kind == Kind::Text {
            let is_value = self.sign_before(place, "=") || self.sign_before(place, "|");
            self.judge(place, is_value && is_read(attribute));
        }
    }

    fn inside_rust(&mut self, place: usize, attribute: Option<&str>) {
        let token = &self.tokens[place];
        let shown = attribute.is_none_or(is_read);
        if token.kind != Kind::Text || !shown {
            return;
        }
        let arrow =
            self.sign_before(place, ">") && place.checked_sub(1).is_some_and(|before| self.sign_before(before, "="));
        let is_pattern = self.tokens.get(place + 1).is_some_and(|next| next.is_sign("=") || next.is_sign("|"));
        self.judge(place, (arrow || self.sign_before(place, "{")) && !is_pattern);
    }

    fn judge(&mut self, place: usize, is_read: bool) {
        let token = &self.tokens[place];
        if is_read && has_letters(&token.text) {
            self.lines.push(token.line);
        }
    }

    /// Whether the bracket here opens the inside of `view!`.
    fn is_view(&self, place: usize) -> bool {
        place >= 2 && self.tokens[place - 1].is_sign("!") && self.tokens[place - 2].is_word("view")
    }

    fn sign_before(&self, place: usize, sign: &str) -> bool {
        place >= 1 && self.tokens[place - 1].is_sign(sign)
    }

    /// A word straight behind `>`: text without quotes.
    fn follows_a_tag(&self, place: usize) -> bool {
        self.sign_before(place, ">")
            && place >= 2
            && !self.tokens[place - 2].is_sign("=")
            && !self.tokens[place - 2].is_sign("-")
    }

    /// The name in `name=` that ends before this place, such as `aria-label` or `prop:value`.
    fn attribute_before(&self, place: usize) -> Option<String> {
        let mut before = self.tokens[..place].iter().rev();
        before.next().filter(|token| token.is_sign("="))?;
        let mut parts = Vec::new();
        for token in before {
            let joins = token.is_sign("-") || token.is_sign(":");
            let after_word = parts.last().is_some_and(|last: &&str| !matches!(*last, "-" | ":"));
            let is_name = matches!(token.kind, Kind::Word | Kind::Other);
            if (joins && !after_word) || (is_name && after_word) || (!joins && !is_name) {
                break;
            }
            parts.push(token.text.as_str());
        }
        let name: String = parts.iter().rev().copied().collect();
        (!name.is_empty()).then_some(name)
    }
}

fn is_read(attribute: &str) -> bool {
    let name = attribute.rsplit(':').next().unwrap_or(attribute);
    READ.contains(&name)
}

/// Two letters in a row: signs such as "·" and "→" are no words.
fn has_letters(text: &str) -> bool {
    let mut before = false;
    text.chars().any(|character| {
        let pair = before && character.is_alphabetic();
        before = character.is_alphabetic();
        pair
    })
}

#[cfg(test)]
mod tests {
    use super::super::source::lines;
    use super::check;

    #[track_caller]
    fn expect(view: &str, found: &[usize]) {
        assert_eq!(lines(check, "src/pages/a.rs", &format!("fn a() {{ view! {{\n{view}\n}} }}")), found, "{view}");
    }

    #[test]
    fn text_between_tags_is_found() {
        expect("<p>\"Hello\"</p>", &[2]);
        expect("<p>Hello</p>", &[2]);
        expect("<p class=\"lead\">{name} \"is on\"</p>", &[2]);
        expect("<p>{move || if open() { \"Close\" } else { \"Open\" }}</p>", &[2, 2]);
        expect("<p>{match kind { \"a\" => \"First\", _ => \"Other\" }}</p>", &[2, 2]);
    }

    #[test]
    fn text_in_attributes_that_are_read_is_found() {
        expect("<button title=\"Close\" />", &[2]);
        expect("<button\n  type=\"button\"\n  aria-label=\"Close\">\"×\"</button>", &[4]);
        expect("<Row label=move || if x { \"On\" } else { \"Off\" } />", &[2, 2]);
        expect("<input prop:placeholder=\"Name\" />", &[2]);
    }

    #[test]
    fn words_from_the_file_and_machine_words_pass() {
        expect("<p class=\"lead\" id=\"a-b\">{t(\"group.title\")} \" · \" {tf(\"a.b\", &[(\"n\", name)])}</p>", &[]);
        expect("<button aria-label=move || t(\"close\") class:open=move || open() type=\"button\" />", &[]);
        expect("<p class=move || if open() { \"open\" } else { \"shut\" } role=\"status\">{text}</p>", &[]);
        expect("<Show when=move || count.get() > 3><b class=\"many\">{count}</b></Show>", &[]);
        expect("<svg viewBox=\"0 0 16 16\"><path d=\"M1 2\" /></svg>", &[]);
        expect("<p aria-describedby=id>{let a = view! { <i class=\"dot\" /> }; a}</p>", &[]);
        expect("{move || match place { Place::Start => view! { <Start /> }.into_any() }}", &[]);
    }

    #[test]
    fn what_is_no_view_is_not_judged() {
        let text = "fn a() { log(\"Hello\"); }\n#[cfg(test)]\nmod tests { fn b() { view! { <p>\"Hello\"</p> } } }";
        assert!(lines(check, "src/pages/a.rs", text).is_empty());
    }
}
