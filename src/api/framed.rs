//! Whether the console runs in a frame of another page. Its address says so and stays so. Must not know the other page.

use leptos::prelude::window;

use crate::paths;

/// Says to our server that a frame asks: there it counts as a session what no other page's request can bring.
pub(super) const HEADER: &str = "X-Roomkey-Embed";
/// What stands before the language in the name of the frame.
const LANGUAGE: &str = "lang=";

/// Whether it does.
pub(crate) fn is() -> bool {
    window().location().pathname().is_ok_and(|path| paths::is_framed(&path))
}

/// The language that the page around asks for, if it does: it names the frame after it (embed/embed.js).
pub(crate) fn language() -> Option<String> {
    let name = window().name().ok().filter(|_| is())?;
    let language = name.split(';').find_map(|part| part.strip_prefix(LANGUAGE))?;
    is_language(language).then(|| language.to_owned())
}

/// Keeps another language for when the page is loaded again.
pub(crate) fn keep_language(language: &str) {
    if is_language(language) {
        drop(window().set_name(&format!("roomkey;{LANGUAGE}{language}")));
    }
}

fn is_language(text: &str) -> bool {
    (2..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
}

/// The address of a place here: in a frame another one than elsewhere.
pub(crate) fn address(url: &str) -> String {
    if is() { paths::framed(url) } else { url.to_owned() }
}
