//! A PIN, a key or a passcode as it is handed over: large, in groups, and in words for the telephone, letters by the
//! alphabet of the language. Must not know whose it is.

use leptos::prelude::*;

use super::erase::{flag, on};
use super::view;
use crate::words::{t, tf};

/// Between words.
const DOT: &str = " \u{b7} ";

/// The value and its words; the value takes the focus by `id`.
pub(crate) fn spoken(id: &'static str, value: &str) -> AnyView {
    let groups = groups(value);
    let shown: Vec<_> =
        groups.iter().map(|group| view! { <span class="group">{group.clone()}</span> }.into_any()).collect();
    let said = groups.iter().map(|group| {
        let words: Vec<String> = group.chars().map(word).collect();
        view! { <span class="group">{words.join(DOT)}</span> }.into_any()
    });
    view! {
        <output class="secret" id=id tabindex="-1">
            {shown}
        </output>
        <p class="spoken">{said.collect::<Vec<_>>()}</p>
    }
    .into_any()
}

/// The button that copies it, and what it says afterwards.
pub(crate) fn copying(value: Callback<(), String>) -> AnyView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        drop(window().navigator().clipboard().write_text(&value.run(())));
        copied.set(true);
    };
    view! {
        <span class="quiet" role="status" hidden=flag(move || !copied.get())>
            {t("reveal.copied")}
        </span>
        <button type="button" on:click=on(copy)>
            {t("reveal.copy")}
        </button>
    }
    .into_any()
}

/// In threes where that comes out even, else in fours; a short one stays whole.
fn groups(value: &str) -> Vec<String> {
    let signs: Vec<char> = value.chars().collect();
    let size = match signs.len() {
        0..=5 => 5,
        length if length.is_multiple_of(4) => 4,
        length if length.is_multiple_of(3) => 3,
        _ => 4,
    };
    signs.chunks(size).map(|group| group.iter().collect()).collect()
}

/// What one sign is called.
fn word(sign: char) -> String {
    let nth = |words: &'static str, at: u32| words.split(' ').nth(usize::try_from(at).ok()?);
    let letter = || nth(t("spoken.letters"), u32::from(sign.to_ascii_lowercase()).checked_sub(u32::from('a'))?);
    let named = match sign {
        '0'..='9' => sign.to_digit(10).and_then(|digit| nth(t("spoken.digits"), digit)).map(str::to_owned),
        'A'..='Z' => letter().map(|letter| tf("spoken.capital", &[("letter", letter)])),
        'a'..='z' => letter().map(|letter| tf("spoken.small", &[("letter", letter)])),
        _ => {
            let mut signs = t("spoken.signs").split('|');
            signs.find_map(|known| known.strip_prefix(sign)).map(|name| name.trim().to_owned())
        }
    };
    named.unwrap_or_else(|| sign.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_groups_that_can_be_read_out() {
        let of = |value: &str| groups(value).join(" ");
        assert_eq!(
            [of("8351"), of("48291"), of("482915"), of("Ab3dE7gh"), of("123456789"), of("1234567890")],
            ["8351", "48291", "482 915", "Ab3d E7gh", "123 456 789", "1234 5678 90"]
        );
    }

    #[test]
    fn every_sign_has_a_word_and_cases_are_told_apart() {
        let all = ('0'..='9').chain('a'..='z').chain('A'..='Z').chain("@*_-".chars());
        let words: std::collections::BTreeSet<String> = all.clone().map(word).collect();
        assert_eq!(words.len(), all.count(), "{words:?}");
        assert_eq!(
            ["8", "K", "k", "@", "é"].map(|sign| sign.chars().map(word).collect::<String>()),
            ["eight", "capital Kilo", "small Kilo", "at sign", "é"]
        );
    }
}
