//! Shows where a search matched. The search itself is here too, so that what is found and what is marked are the same.

use std::ops::Range;

use leptos::prelude::*;

use super::view;

/// Where `needle` is in `text`, whatever the case. An empty needle is nowhere.
pub(crate) fn find(text: &str, needle: &str) -> Option<Range<usize>> {
    let wanted: Vec<char> = needle.trim().chars().flat_map(char::to_lowercase).collect();
    if wanted.is_empty() {
        return None;
    }
    text.char_indices().find_map(|(start, _)| {
        let mut matched = 0;
        for (at, c) in text[start..].char_indices() {
            for folded in c.to_lowercase() {
                if wanted.get(matched) != Some(&folded) {
                    return None;
                }
                matched += 1;
            }
            if matched == wanted.len() {
                return Some(start..start + at + c.len_utf8());
            }
        }
        None
    })
}

/// The text with the match marked.
pub(crate) fn marked(text: &str, needle: &str) -> AnyView {
    match find(text, needle) {
        None => text.to_owned().into_any(),
        Some(range) => view! {
            {text[..range.start].to_owned()}
            <mark>{text[range.clone()].to_owned()}</mark>
            {text[range.end..].to_owned()}
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_ignores_case_and_keeps_to_whole_characters() {
        assert_eq!(find("Clinical staff", "STAFF"), Some(9..14));
        assert_eq!(find("Straße", "asse"), None);
        assert_eq!(find("Ärzte im Dienst", "ärz"), Some(0..4));
        assert_eq!(find("İstanbul", "i"), None);
        assert_eq!(find("anything", "  "), None);
        assert_eq!(find("ab", "abc"), None);
    }
}
