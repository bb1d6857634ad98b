//! Rule: colours and sizes of type stand in style/tokens.css, where light and dark are told apart; other style sheets
//! name them. Must not look at lengths: a hairline of 1px is no token.

use super::Finding;
use super::source::Source;

const TOKENS: &str = "style/tokens.css";
const COLOUR_FUNCTIONS: &[&str] =
    &["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color("];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if source.ending() != "css" || !source.path.starts_with("style/") || source.path == TOKENS {
        return Vec::new();
    }
    let text = without_comments(&source.text);
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for (property, value) in declarations(line) {
            if has_colour(value) {
                findings.push(source.finding(index + 1, "Colours stand in style/tokens.css: use var(--…)."));
            }
            if matches!(property, "font" | "font-size") && value.contains("px") {
                findings.push(source.finding(index + 1, "Sizes of type stand in style/tokens.css: use var(--…)."));
            }
        }
    }
    findings
}

/// The declarations on a line: what stands behind the last `{`, between `;`.
fn declarations(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let inside = line.rsplit('{').next().unwrap_or_default();
    let inside = if line.trim_end().ends_with(['{', ',']) { "" } else { inside };
    inside.split([';', '}']).filter_map(|one| one.split_once(':')).map(|(property, value)| (property.trim(), value))
}

fn has_colour(value: &str) -> bool {
    let hex = value.split('#').skip(1).any(|after| {
        let length = after.find(|character: char| !character.is_ascii_hexdigit()).unwrap_or(after.len());
        let ends =
            after[length..].chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '-' && next != '_');
        matches!(length, 3 | 4 | 6 | 8) && ends
    });
    hex || COLOUR_FUNCTIONS.iter().any(|function| {
        value.match_indices(function).any(|(place, _)| {
            let before = value[..place].chars().next_back();
            before.is_none_or(|before| !before.is_alphanumeric() && before != '-')
        })
    })
}

/// The same lines without what stands in comments.
fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        let (comment, behind) = after.split_once("*/").unwrap_or((after, ""));
        plain.extend(comment.chars().filter(|character| *character == '\n'));
        rest = behind;
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::super::source::lines;
    use super::check;

    #[test]
    fn colours_and_type_sizes_outside_the_tokens_are_found() {
        let text =
            "/* Buttons: #fff */\n.a { color: #1a2b3c; }\n.b {\n  background: rgb(0 0 0);\n  font-size: 14px;\n}";
        assert_eq!(lines(check, "style/button.css", text), [2, 4, 5]);
        assert!(lines(check, "style/tokens.css", text).is_empty());
    }

    #[test]
    fn tokens_selectors_and_hairlines_pass() {
        let text = "/* a */\n#add:hover { color: var(--ink); border: 1px solid currentColor; }\n\
                    #fed,\n.x { mask: url(#abcdefgh); background: color-mix(in oklab, var(--a), var(--b)); }";
        assert!(lines(check, "style/button.css", text).is_empty());
    }
}
