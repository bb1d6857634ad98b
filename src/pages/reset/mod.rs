//! The dialog that gives somebody a new PIN, key or passcode: made up by the rule or chosen, sent like every action, read
//! back, and shown once. There is one for the whole console; open it with [`ResetStore::ask`]. Must not hold a value: the
//! store does.

mod ask;
mod shown;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::part;
use crate::stores::{ResetStore, store};
use crate::ui::dialog::Dialog;
use crate::ui::erase::live;
use crate::ui::view;
use crate::words::fill;

/// The dialog.
#[component]
pub(crate) fn ResetDialog() -> AnyView {
    let reset = store::<ResetStore>();
    let open = Signal::derive(move || reset.wanted().is_some());
    let title = Signal::derive(move || {
        let wanted = reset.wanted();
        wanted.map(|wanted| fill(&wanted.reset.action.title, &[("name", &wanted.name)])).unwrap_or_default()
    });
    view! {
        <Dialog open title on_close=Callback::new(move |()| reset.close())>
            {part::shown(false, || Box::pin(fetch_inside()), move || Box::pin(inside(reset)))}
        </Dialog>
    }
    .into_any()
}

#[wasm_split(forms, wasm_split_path = leptos::wasm_split, preload(fetch_inside), fallible)]
fn inside(reset: ResetStore) -> Result<AnyView, SplitLoaderError> {
    let Some(wanted) = untrack(|| reset.wanted()) else { return part::made(().into_any()) };
    let is_shown = Memo::new(move |_| !reset.shown.value().is_empty());
    let (asking, outcome) = (ask::Asking::new(reset, wanted.clone()), wanted);
    let content = live(move || if is_shown.get() { shown::view(reset, &outcome) } else { ask::view(asking.clone()) });
    part::made(content.into_any())
}
