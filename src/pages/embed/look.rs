//! What the page around a frame may change about its look: a fixed list of names, each with values of one narrow form, set
//! one by one on the root element. What does not fit is refused and the console's own stays. Must not set what it has not
//! taken apart and put together again itself.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::stores::preferences::{Theme, take_theme};

/// The names, as they come.
pub(super) const NAMES: [&str; 5] = ["accent-light", "accent-dark", "font", "radius", "density"];

const DENSITY: &str = "data-density";
/// The least contrast of text (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;
/// What an accent stands on or under, of style/tokens.css: bg, bg-sunken, bg-hover, bg-selected, on-accent.
const LIGHT: [Colour; 5] =
    [[0xff, 0xff, 0xff], [0xf6, 0xf7, 0xf8], [0xf1, 0xf4, 0xf6], [0xe6, 0xf1, 0xf3], [0xff, 0xff, 0xff]];
const DARK: [Colour; 5] =
    [[0x14, 0x17, 0x1a], [0x0f, 0x12, 0x14], [0x20, 0x26, 0x2b], [0x17, 0x31, 0x3a], [0x06, 0x23, 0x2a]];

type Colour = [u8; 3];

/// Properties of the root element and their values.
type Properties = Vec<(&'static str, String)>;

/// Takes the theme; an unknown one is as the device says.
pub(super) fn theme(name: &str) {
    take_theme(match name {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::System,
    });
}

/// Sets one of the names, or its own value again when there is none. False when the value does not fit.
pub(super) fn set(name: &str, value: Option<&str>) -> bool {
    let root = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let Some(root) = root else { return false };
    let style = root.style();
    for property in properties_of(name) {
        drop(style.remove_property(property));
    }
    if name == "density" {
        drop(root.remove_attribute(DENSITY));
    }
    let Some(value) = value else { return true };
    if name == "density" {
        let known = ["compact", "comfortable"].into_iter().find(|known| *known == value.trim());
        if let Some(known) = known {
            drop(root.set_attribute(DENSITY, known));
        }
        return known.is_some() || value.trim() == "normal";
    }
    let Some(properties) = properties(name, value) else { return false };
    for (property, value) in &properties {
        drop(style.set_property(property, value));
    }
    true
}

/// What a name stands for on the root element.
fn properties_of(name: &str) -> &'static [&'static str] {
    match name {
        "accent-light" => &["--rk-accent-light", "--rk-accent-hover-light"],
        "accent-dark" => &["--rk-accent-dark", "--rk-accent-hover-dark"],
        "font" => &["--rk-font"],
        "radius" => &["--rk-radius", "--rk-radius-large"],
        _ => &[],
    }
}

/// What a value makes of them, if it fits.
fn properties(name: &str, value: &str) -> Option<Properties> {
    let values = match name {
        "accent-light" => accent(value, &LIGHT, 0x00)?,
        "accent-dark" => accent(value, &DARK, 0xff)?,
        "font" => vec![fonts(value)?],
        "radius" => radii(value)?,
        _ => return None,
    };
    Some(properties_of(name).iter().copied().zip(values).collect())
}

/// The accent, and what it becomes under the pointer: a little nearer to black or white.
fn accent(value: &str, grounds: &[Colour], towards: u8) -> Option<Vec<String>> {
    let accent = colour(value)?;
    let readable = grounds.iter().all(|ground| contrast(accent, *ground) >= LEAST);
    let hover = accent.map(|part| part - part / 5 + towards / 5);
    readable.then(|| vec![hex(accent), hex(hover)])
}

/// `#rgb`, `#rrggbb` or `rgb(r, g, b)`, as browsers write colours.
fn colour(value: &str) -> Option<Colour> {
    let value = value.trim();
    if let Some(digits) = value.strip_prefix('#') {
        let digits: Vec<u8> =
            digits.chars().map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect::<Option<_>>()?;
        return match digits[..] {
            [r, g, b] => Some([r * 17, g * 17, b * 17]),
            [r, r2, g, g2, b, b2] => Some([r * 16 + r2, g * 16 + g2, b * 16 + b2]),
            _ => None,
        };
    }
    let parts = value.strip_prefix("rgb(")?.strip_suffix(')')?;
    let parts: Vec<u8> = parts.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}

fn hex([r, g, b]: Colour) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// WCAG 2.2, "contrast ratio".
fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// WCAG 2.2, "relative luminance".
fn luminance(colour: Colour) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Names of fonts that are on the device, each in quotes or none.
fn fonts(value: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || " -_".contains(c);
    let name = |name: &str| {
        let name = name.trim();
        let quoted = ['"', '\''].iter().find_map(|quote| name.strip_prefix(*quote)?.strip_suffix(*quote));
        let bare = quoted.unwrap_or(name);
        let fits = !bare.is_empty() && bare.len() <= 64 && bare.chars().all(plain);
        fits.then(|| if quoted.is_some() { format!("\"{bare}\"") } else { bare.to_owned() })
    };
    let names: Vec<String> = value.split(',').map(name).collect::<Option<_>>()?;
    (names.len() <= 12).then(|| names.join(", "))
}

/// Whole pixels, 16 at most; large corners are twice as round.
fn radii(value: &str) -> Option<Vec<String>> {
    let pixels: u8 = value.trim().strip_suffix("px")?.parse().ok()?;
    (pixels <= 16).then(|| vec![format!("{pixels}px"), format!("{}px", pixels * 2)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str, value: &str) -> Option<String> {
        properties(name, value).map(|properties| properties[0].1.clone())
    }

    #[test]
    fn colours_are_read_as_browsers_write_them_and_nothing_else_is_one() {
        for (value, read) in
            [("#0b6478", [0x0b, 0x64, 0x78]), (" #05a ", [0x00, 0x55, 0xaa]), ("rgb(11, 100, 120)", [11, 100, 120])]
        {
            assert_eq!(colour(value), Some(read), "{value}");
        }
        for value in [
            "red",
            "#12345",
            "#0b647880",
            "rgb(11 100 120)",
            "rgb(256, 0, 0)",
            "rgb(1, 2, 3, 4)",
            "rgba(0, 0, 0, 0.5)",
            "url(https://evil.example/)",
            "var(--x)",
            "#fff;background:url(x)",
            "rgb(calc(1), 0, 0)",
            "",
        ] {
            assert_eq!(colour(value), None, "{value}");
        }
    }

    #[test]
    fn an_accent_that_cannot_be_read_is_refused() {
        assert_eq!(first("accent-light", "#7a1fa2").as_deref(), Some("#7a1fa2"));
        assert_eq!(first("accent-light", "#ffd400"), None, "yellow on white");
        assert_eq!(first("accent-light", "#7d7d7d"), None, "4.1:1 on white");
        assert_eq!(first("accent-dark", "#ffd400").as_deref(), Some("#ffd400"));
        assert_eq!(first("accent-dark", "#7a1fa2"), None);
        assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn the_grounds_and_the_own_accents_are_those_of_the_tokens() {
        let tokens = include_str!("../../../style/tokens.css");
        for (light, dark) in LIGHT.iter().zip(&DARK) {
            assert!(tokens.contains(&format!("light-dark({}, {})", hex(*light), hex(*dark))), "{light:?} {dark:?}");
        }
        for (name, property) in [("accent-light", "--rk-accent-light: "), ("accent-dark", "--rk-accent-dark: ")] {
            let own = tokens.split_once(property).and_then(|(_, rest)| rest.split_once(';')).map(|(own, _)| own);
            assert_eq!(first(name, own.unwrap_or_default()).as_deref(), own, "{name}");
        }
    }

    #[test]
    fn fonts_are_names_and_nothing_else() {
        assert_eq!(
            first("font", "'Source Sans 3', Inter,sans-serif").as_deref(),
            Some("\"Source Sans 3\", Inter, sans-serif")
        );
        for value in ["url(x)", "a;b", "a}b", "\"a", "a\\b", "a, ,b", "", "var(--x)", "inherit, \u{202e}x"] {
            assert_eq!(first("font", value), None, "{value}");
        }
    }

    #[test]
    fn corners_are_whole_pixels_up_to_sixteen() {
        assert_eq!(
            properties("radius", " 6px").unwrap_or_default(),
            [("--rk-radius", "6px".to_owned()), ("--rk-radius-large", "12px".to_owned())]
        );
        for value in ["17px", "1em", "-1px", "1.5px", "calc(1px)", "6"] {
            assert_eq!(first("radius", value), None, "{value}");
        }
        assert_eq!(properties("background", "#fff"), None);
    }
}
