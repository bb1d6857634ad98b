//! Rust text cut into words, strings and signs, each with its line, so that a rule is never misled by a comment or by
//! what stands inside a string. Must not try to understand Rust beyond that.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or keyword.
    Word,
    /// The inside of a string, as written.
    Text,
    /// One sign such as `{`.
    Sign,
    /// A number, character or lifetime.
    Other,
}

/// A piece of Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) line: usize,
}

impl Token {
    pub(super) fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }
}

/// Cuts a file.
pub(super) fn read(text: &str) -> Vec<Token> {
    Reader { rest: text, line: 1, tokens: Vec::new() }.read()
}

/// The same without what stands in `#[cfg(test)] mod … { … }`.
pub(super) fn without_tests(tokens: &[Token]) -> &[Token] {
    let start = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let mut windows = tokens.windows(start.len());
    let place = windows.position(|window| {
        window.iter().zip(start).all(|(token, text)| token.kind != Kind::Text && token.text == text)
    });
    // By custom the tests are the last thing in a file.
    place.map_or(tokens, |place| &tokens[..place])
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    tokens: Vec<Token>,
}

impl<'a> Reader<'a> {
    fn read(mut self) -> Vec<Token> {
        while let Some(first) = self.rest.chars().next() {
            if first.is_whitespace() {
                self.take(first.len_utf8());
            } else if self.rest.starts_with("//") {
                let end = self.rest.find('\n').unwrap_or(self.rest.len());
                self.take(end);
            } else if self.rest.starts_with("/*") {
                self.skip_block_comment();
            } else if let Some((before, hashes)) = self.string_start() {
                self.string(before, hashes);
            } else if first == '\'' {
                self.quote();
            } else if first.is_alphabetic() || first == '_' {
                let end = self.end_of_word();
                self.push(Kind::Word, end);
            } else if first.is_ascii_digit() {
                let end = self.end_of_word();
                self.push(Kind::Other, end);
            } else {
                self.push(Kind::Sign, first.len_utf8());
            }
        }
        self.tokens
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.line += taken.matches('\n').count();
        taken
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let line = self.line;
        let text = self.take(length).to_owned();
        self.tokens.push(Token { kind, text, line });
    }

    fn end_of_word(&self) -> usize {
        self.rest.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(self.rest.len())
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0_usize;
        while !self.rest.is_empty() {
            if self.rest.starts_with("/*") {
                depth += 1;
                self.take(2);
            } else if self.rest.starts_with("*/") {
                depth -= 1;
                self.take(2);
                if depth == 0 {
                    return;
                }
            } else {
                let length = self.rest.chars().next().map_or(0, char::len_utf8);
                self.take(length);
            }
        }
    }

    /// The length of what stands before the inside of a string, and its hashes if it is a raw one.
    fn string_start(&self) -> Option<(usize, Option<usize>)> {
        let prefix = self.rest.find(|character: char| !"bcr".contains(character))?;
        if prefix > 2 {
            return None;
        }
        let after = &self.rest[prefix..];
        if self.rest[..prefix].ends_with('r') {
            let hashes = after.find(|character| character != '#')?;
            return after[hashes..].starts_with('"').then_some((prefix + hashes + 1, Some(hashes)));
        }
        after.starts_with('"').then_some((prefix + 1, None))
    }

    fn string(&mut self, before: usize, hashes: Option<usize>) {
        self.take(before);
        let length = match hashes {
            Some(hashes) => self.rest.find(&format!("\"{}", "#".repeat(hashes))),
            None => end_of_plain_string(self.rest),
        };
        let length = length.unwrap_or(self.rest.len());
        self.push(Kind::Text, length);
        let closing = (1 + hashes.unwrap_or(0)).min(self.rest.len());
        self.take(closing);
    }

    /// A character or a lifetime.
    fn quote(&mut self) {
        let inside = &self.rest[1..];
        let mut characters = inside.chars();
        let length = match (characters.next(), characters.next()) {
            (Some('\\'), Some(escaped)) => {
                let skipped = 1 + escaped.len_utf8();
                inside[skipped..].find('\'').map_or(inside.len(), |end| skipped + end + 1)
            }
            (Some(character), Some('\'')) => character.len_utf8() + 1,
            _ => {
                inside.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(inside.len())
            }
        };
        self.push(Kind::Other, 1 + length);
    }
}

fn end_of_plain_string(text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    while let Some((place, character)) = characters.next() {
        match character {
            '"' => return Some(place),
            '\\' => {
                characters.next();
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(Kind, &str, usize)]) {
        let tokens = read(text);
        let read: Vec<_> = tokens.iter().map(|token| (token.kind, token.text.as_str(), token.line)).collect();
        assert_eq!(read, expect);
    }

    #[test]
    fn comments_are_left_out_and_lines_are_counted_through_them() {
        check("// a \"b\"\n/* c\n/* d */ */ e", &[(Kind::Word, "e", 3)]);
    }

    #[test]
    fn strings_of_every_sort_keep_their_inside() {
        check(
            r#"t("a \" b")"#,
            &[(Kind::Word, "t", 1), (Kind::Sign, "(", 1), (Kind::Text, "a \\\" b", 1), (Kind::Sign, ")", 1)],
        );
        check("r#\"a \" b\"# br\"c\" b\"d\"", &[(Kind::Text, "a \" b", 1), (Kind::Text, "c", 1), (Kind::Text, "d", 1)]);
        check("\"a\nb\" c", &[(Kind::Text, "a\nb", 1), (Kind::Word, "c", 2)]);
    }

    #[test]
    fn characters_and_lifetimes_are_told_apart() {
        check(
            "'\"' 'a '\\'' 'b'",
            &[(Kind::Other, "'\"'", 1), (Kind::Other, "'a", 1), (Kind::Other, "'\\''", 1), (Kind::Other, "'b'", 1)],
        );
    }

    #[test]
    fn a_raw_name_and_a_word_that_begins_like_a_string_are_words() {
        check("bread crb", &[(Kind::Word, "bread", 1), (Kind::Word, "crb", 1)]);
    }

    #[test]
    fn the_tests_of_a_file_can_be_left_out() {
        let tokens = read("fn a() {}\n#[cfg(test)]\nmod tests { fn b() {} }");
        assert!(without_tests(&tokens).iter().all(|token| token.text != "b"));
        assert!(without_tests(&tokens).iter().any(|token| token.text == "a"));
    }
}
