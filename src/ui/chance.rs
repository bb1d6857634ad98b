//! Chance that nobody can guess, from the browser. Must not say what it is for.

use web_sys::window;

/// A random byte; none where the browser has none to give.
pub(crate) fn byte() -> Option<u8> {
    let mut bytes = [0; 1];
    window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    bytes.first().copied()
}
