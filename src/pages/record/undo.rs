//! Asks before a change is taken back, and says what will be sent. What stands in the way is said in the dialog. Must not
//! send it: the store does.

use leptos::prelude::*;
use roomkey_schema::record::Entry;

use super::super::trouble::vendor_name;
use super::{Shared, said};
use crate::api::Failure;
use crate::pages::Trouble;
use crate::stores::Load;
use crate::ui::busy_button::BusyButton;
use crate::ui::dialog::Dialog;
use crate::ui::erase::{live, on};
use crate::ui::toast::Toasts;
use crate::ui::view;
use crate::words::{t, tf};

/// The dialog for every entry of the page.
pub(super) fn dialog(shared: Shared) -> AnyView {
    let toasts = Toasts::here();
    let undoing = shared.undoing;
    let open = Signal::derive(move || undoing.with(Option::is_some));
    let close = Callback::new(move |()| undoing.set(None));
    view! {
        <Dialog open title=t("record.undo_title").to_owned() on_close=close>
            {undoing.get_untracked().map(|entry| inside(shared, &entry, close, toasts))}
        </Dialog>
    }
    .into_any()
}

fn inside(shared: Shared, entry: &Entry, close: Callback<()>, toasts: Toasts) -> AnyView {
    let (record, seq) = (shared.record, entry.seq);
    let lines = entry.changes.iter().map(|change| {
        let back = said::old(change).unwrap_or_default();
        view! { <li>{format!("{}: ", change.label)} <del>{said::new(change)}</del> " → " <ins>{back}</ins></li> }
            .into_any()
    });
    let vendor = entry.vendor.as_deref().map(vendor_name).unwrap_or_default();
    let whom = said::objects(entry)
        .into_iter()
        .map(|(kind, name, id)| if name.is_empty() { format!("{kind} {id}") } else { name });
    let text = tf("record.undo_text", &[("vendor", &vendor), ("whom", &whom.collect::<Vec<_>>().join(", "))]);
    let done = Callback::new(move |()| {
        close.run(());
        toasts.say(t("record.undo_done").to_owned());
    });
    let trouble = live(move || match record.acting() {
        Load::Failed(failure) => refused(failure),
        _ => ().into_any(),
    });
    let busy = Memo::new(move |_| record.acting() == Load::Loading);
    view! {
        <div class="dialog-body record-undo">{trouble} <p>{text}</p> <ul>{lines.collect::<Vec<_>>()}</ul></div>
        <footer>
            <button type="button" class="plain" on:click=on(move |_| close.run(()))>
                {t("job.back")}
            </button>
            <BusyButton
                label=t("record.undo_do")
                busy_label=t("action.busy")
                busy
                class="primary"
                on_press=Callback::new(move |()| record.undo(seq, done))
            />
        </footer>
    }
    .into_any()
}

/// Why not, with each value that is another one now.
fn refused(failure: Failure) -> AnyView {
    let fields = failure.fields().iter().map(|field| view! { <li>{field.detail.clone()}</li> }.into_any());
    let fields = fields.collect::<Vec<_>>();
    let fields = (!fields.is_empty()).then(|| view! { <ul>{fields}</ul> }.into_any());
    view! {
        <Trouble failure />
        {fields}
    }
    .into_any()
}
