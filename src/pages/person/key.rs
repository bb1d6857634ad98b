//! The key of the page: it asks for the first reset of the first card that has one, and waits for that card where it must.
//! Must not know what is reset.

use leptos::ev;
use leptos::prelude::*;

use crate::pages::frame::is_shortcut;
use crate::ui::erase::effect;

/// The key.
const KEY: &str = "r";

/// Whether the first reset is wanted as soon as it is known.
#[derive(Clone, Copy)]
pub(super) struct Key(RwSignal<bool>);

impl Key {
    /// Listens until the page goes away. `wanted` is whether it was pressed before one came here.
    pub(super) fn listen(wanted: bool) -> Self {
        let key = Self(RwSignal::new(wanted));
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.key() == KEY && is_shortcut(&event) {
                event.prevent_default();
                key.0.set(true);
            }
        });
        on_cleanup(move || listener.remove());
        key
    }

    /// What the key does, as soon as `is_ready` says that this is known.
    pub(super) fn does(self, is_ready: Memo<bool>, act: Callback<()>) {
        effect(move || {
            if is_ready.get() && self.0.get() {
                self.0.set(false);
                act.run(());
            }
        });
    }
}
