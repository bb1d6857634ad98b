//! Rule: the console never sets HTML from text. Must not be satisfied by a promise that the text is harmless.

use super::Finding;
use super::source::Source;

const NAMES: &[&str] =
    &["dangerously_set_inner_html", "inner_html", "insert_adjacent_html", "set_inner_html", "set_outer_html"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_console() {
        return Vec::new();
    }
    let named = source.tokens.iter().filter(|token| NAMES.iter().any(|name| token.is_word(name)));
    named.map(|token| source.finding(token.line, "No HTML from text: build the nodes with view!.")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::lines;
    use super::check;

    #[test]
    fn html_from_text_is_found_in_the_console_only() {
        let text = "view! { <p inner_html=text /> }\nnode.set_inner_html(\"a\"); // inner_html";
        assert_eq!(lines(check, "src/a.rs", text), [1, 2]);
        assert!(lines(check, "crates/proxy/src/a.rs", text).is_empty());
    }
}
