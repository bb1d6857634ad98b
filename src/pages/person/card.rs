//! What one vendor has of a person. It is read, and fails, on its own.

use leptos::prelude::*;
use roomkey_schema::people::Account;

use crate::pages::trouble::vendor_name;
use crate::paths;
use crate::stores::{IndexStore, store};
use crate::ui::view;

/// A card.
pub(super) fn view(account: &Account, _is_first: bool) -> AnyView {
    let place = store::<IndexStore>().now().places.iter().find(|place| place.id == account.place).cloned();
    let link = place.map(|place| {
        let path = paths::place(&place.path, &account.params, "");
        view! {
            <a class="button" href=path>
                {place.title}
            </a>
        }
        .into_any()
    });
    view! {
        <section class="card">
            <header>
                <h2>{vendor_name(&account.vendor)}</h2>
            </header>
            <footer>{link}</footer>
        </section>
    }
    .into_any()
}
