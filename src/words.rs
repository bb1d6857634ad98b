//! The words that a person reads, and what else depends on the language: plurals, numbers, the order of names. Which
//! language it is stands on the page's root element before anything is painted (`index.html` decides once); its words come
//! from a file that is fetched before anything is shown. Must not hold a sentence itself.

use std::cmp::Ordering;
use std::sync::OnceLock;

use litemap::LiteMap;
use roomkey_schema::{Language, Violation};
use serde_json::Value;

static WORDS: OnceLock<Value> = OnceLock::new();

/// The language of everything on the page, and of what the server says.
pub(crate) fn language() -> Language {
    intl::language()
}

/// How the reader writes dates: the chosen language in the manner of the reader's country, as far as the browser says.
pub(crate) fn locale() -> String {
    intl::locale()
}

/// Takes the words over. Only the first call counts.
pub(crate) fn set(words: Value) {
    drop(WORDS.set(words));
}

/// The words under a key, or the key when there are none.
pub(crate) fn t(key: &'static str) -> &'static str {
    find(key).unwrap_or(key)
}

/// The words under a key that is put together from data, if there are any.
pub(crate) fn find(key: &str) -> Option<&'static str> {
    all().get(key)?.as_str()
}

/// The words under a key, with `{name}` replaced by its value.
pub(crate) fn tf(key: &'static str, values: &[(&str, &str)]) -> String {
    fill(t(key), values)
}

/// The words for a number of things: `key.one`, `key.other` and what other forms the language has. `{n}` is the
/// number as people write it.
pub(crate) fn tn(key: &str, n: u64) -> String {
    let words = find(&format!("{key}.{}", plural(n))).or_else(|| find(&format!("{key}.other"))).unwrap_or_default();
    fill(words, &[("n", &number(n))])
}

/// What is wrong with a value and what to do.
pub(crate) fn violation(violation: &Violation) -> String {
    let words = find(&format!("violation.{}", violation.key())).unwrap_or(violation.key());
    fill(words, &[("limit", &violation.limit().unwrap_or_default())])
}

/// The words for a number of things out of those that came with data, by plural form.
pub(crate) fn counted(words: &LiteMap<String, String>, n: u64) -> String {
    let words = words.get(plural(n).as_str()).or_else(|| words.get("other"));
    words.map_or_else(|| number(n), |words| fill(words, &[("n", &number(n))]))
}

/// Nothing before the words are here: they must not be taken for there being none.
fn all() -> &'static Value {
    static NONE: Value = Value::Null;
    #[cfg(test)]
    WORDS.get_or_init(|| {
        let read = |text| serde_json::from_str::<serde_json::Map<String, Value>>(text).unwrap_or_default();
        let mut words = read(include_str!("../crates/schema/data/words/console.en.json"));
        let violations = read(include_str!("../crates/schema/data/words/violations.en.json"));
        words.extend(violations.into_iter().map(|(key, sentence)| (format!("violation.{key}"), sentence)));
        Value::Object(words)
    });
    WORDS.get().unwrap_or(&NONE)
}

/// Words with `{name}` replaced by its value.
pub(crate) fn fill(words: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(words.len() + 16);
    let mut rest = words;
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = behind.split_once('}') else {
            text.push('{');
            rest = behind;
            continue;
        };
        text.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(target_arch = "wasm32")]
mod intl {
    use js_sys::{Array, Function, Intl, Object, Reflect};
    use leptos::leptos_dom::helpers::document;
    use wasm_bindgen::JsValue;

    use super::{Language, Ordering};

    thread_local! {
        static LANGUAGE: Language = {
            let root = document().document_element();
            root.and_then(|root| Language::of_tag(&root.get_attribute("lang")?)).unwrap_or_default()
        };
        static LOCALE: String = of_reader(language()).unwrap_or_else(|| language().as_str().to_owned());
        static PLURALS: Intl::PluralRules =
            Intl::PluralRules::new(&Array::of1(&language().as_str().into()), &Object::new());
        static COMPARE: Function = {
            let options = Object::new();
            drop(Reflect::set(&options, &"numeric".into(), &JsValue::TRUE));
            drop(Reflect::set(&options, &"sensitivity".into(), &"base".into()));
            Intl::Collator::new(&Array::of1(&language().as_str().into()), &options).compare()
        };
    }

    pub(super) fn language() -> Language {
        LANGUAGE.with(|language| *language)
    }

    pub(super) fn locale() -> String {
        LOCALE.with(Clone::clone)
    }

    /// `de-CH`, say, when the browser wants that before other kinds of German.
    fn of_reader(language: Language) -> Option<String> {
        let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
        let wanted = Array::from(&Reflect::get(&navigator, &"languages".into()).ok()?);
        let mut tags = wanted.iter().filter_map(|tag| tag.as_string());
        tags.find(|tag| Language::of_tag(tag) == Some(language))
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of things on a page is far below 2^53")]
    pub(super) fn number(n: u64) -> String {
        LOCALE.with(|locale| js_sys::Number::from(n as f64).to_locale_string(locale).into())
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of things on a page is far below 2^53")]
    pub(super) fn plural(n: u64) -> String {
        PLURALS.with(|rules| rules.select(n as f64).into())
    }

    pub(super) fn compare(a: &str, b: &str) -> Ordering {
        let order = COMPARE.with(|compare| compare.call2(&JsValue::UNDEFINED, &a.into(), &b.into()));
        order.ok().and_then(|order| order.as_f64()).and_then(|order| order.partial_cmp(&0.0)).unwrap_or(Ordering::Equal)
    }
}

/// On the host there is no `Intl`: tests get English as far as they need it.
#[cfg(not(target_arch = "wasm32"))]
mod intl {
    use super::{Language, Ordering};

    pub(super) const fn language() -> Language {
        Language::En
    }

    pub(super) fn locale() -> String {
        language().as_str().to_owned()
    }

    pub(super) fn number(n: u64) -> String {
        n.to_string()
    }

    pub(super) fn plural(n: u64) -> String {
        if n == 1 { "one" } else { "other" }.to_owned()
    }

    pub(super) fn compare(a: &str, b: &str) -> Ordering {
        a.to_lowercase().cmp(&b.to_lowercase())
    }
}

/// A number as people write it.
pub(crate) fn number(n: u64) -> String {
    intl::number(n)
}

fn plural(n: u64) -> String {
    intl::plural(n)
}

/// The order of two names as people expect it: "Ward 2" before "Ward 10", "ä" beside "a".
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    intl::compare(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fill_unknown_and_broken_names_leave_no_braces_of_names() {
        assert_eq!(fill("a {x} b {y}{z", &[("x", "1")]), "a 1 b {z");
    }

    #[test]
    fn tn_picks_the_plural() {
        assert_eq!(tn("bar.changes", 1), "1 change");
        assert_eq!(tn("bar.changes", 42), "42 changes");
    }
}
