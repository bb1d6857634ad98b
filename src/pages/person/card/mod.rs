//! What one vendor has of a person, as a card: its state, what it says (`said`) and what can be done (`deeds`). It is read, and
//! fails, on its own.

mod deeds;
mod said;

use std::sync::Arc;

use leptos::prelude::*;
use roomkey_schema::card::{Card, Reset};
use roomkey_schema::path::PathParams;
use roomkey_schema::people::Account;
use roomkey_schema::place::Place;
use roomkey_schema::wire::Index;
use serde_json::Value;

use super::key::Key;
use crate::pages::Trouble;
use crate::pages::place::cells;
use crate::pages::trouble::vendor_name;
use crate::paths;
use crate::stores::list::rows::text_at;
use crate::stores::reset::Wanted;
use crate::stores::{CardStore, IndexStore, Load, ResetStore, store};
use crate::ui::erase::{effect, live, live_if};
use crate::ui::icon::{Icon, icon};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{counted, t};

/// What the parts of a card share.
#[derive(Clone)]
struct Own {
    place: Arc<Place>,
    card: Arc<Card>,
    params: PathParams,
    store: CardStore,
    resets: ResetStore,
    /// Something was reset: the card, and what the page says about all of it, are read again. Made with the card: what is made
    /// when a key is pressed ends with the next one.
    done: Callback<()>,
    /// What it is about, by name.
    name: String,
    /// Whether the page's key is for this card.
    has_key: bool,
}

impl Own {
    /// What is asked when somebody wants to reset something of it.
    fn wanted(&self, reset: &Reset, name: &str, subject: Value) -> Wanted {
        Wanted {
            reset: Arc::new(reset.clone()),
            params: self.params.clone(),
            subject,
            name: name.to_owned(),
            about: self.card.title.clone(),
            done: self.done,
        }
    }
}

/// The rank of a card without anything that this person may reset.
pub(super) const NOTHING: u8 = 2;

/// Which cards come first: those whose own PIN can be reset, then those with things that have one, then the others.
pub(super) fn rank(index: &Index, account: &Account) -> u8 {
    let card = index.places.iter().find(|place| place.id == account.place).and_then(|place| place.card.as_ref());
    let ranks = card.into_iter().flat_map(|card| &card.resets).map(|reset| u8::from(reset.for_row));
    ranks.min().unwrap_or(NOTHING)
}

/// A card. What a place says nothing about is only named. `address` need not be said again; `key` is there when it is for
/// this card. `tell` is told of things that belong to the account, each `VENDOR:ID`.
pub(super) fn view(account: &Account, address: &str, key: Option<Key>, tell: Callback<Vec<String>>) -> AnyView {
    let index = store::<IndexStore>().now();
    let place = index.places.iter().find(|place| place.id == account.place).cloned().map(Arc::new);
    let Some((place, card)) = place.and_then(|place| Some((Arc::clone(&place), place.card.clone()?))) else {
        return bare(account);
    };
    let (card, params) = (Arc::new(card), account.params.clone());
    let reading = CardStore::new(Arc::clone(&card), params.clone());
    let (name, has_key) = (account.name.clone(), key.is_some());
    let done = Callback::new(move |()| {
        reading.load();
        tell.run(Vec::new());
    });
    let own = Own { place, card, params, store: reading, resets: store(), done, name, has_key };
    reading.load();
    let again = Callback::new(move |()| reading.load());
    let state = Memo::new(move |_| reading.load_state());
    if let Some(key) = key {
        let own = own.clone();
        let is_ready = Memo::new(move |_| state.get() == Load::Ready);
        key.does(is_ready, Callback::new(move |()| untrack(|| deeds::ask_first(&own))));
    }
    if let Some(list) = own.card.rows.clone() {
        let vendor = account.vendor.clone();
        effect(move || {
            let things = said::shown(reading.rows);
            if state.get() == Load::Ready && !things.is_empty() {
                let id = |row| format!("{vendor}:{}", reading.rows.value(row, &list.key));
                tell.run(things.map(id).collect());
            }
        });
    }
    let body = live({
        let own = own.clone();
        move || match state.get() {
            Load::Ready => said::view(&own),
            Load::Failed(failure) => view! { <Trouble failure retry=again /> }.into_any(),
            _ => skeleton(t("loading"), 4),
        }
    });
    let tag = live_if({
        let own = own.clone();
        move || if state.get() == Load::Ready { tag(&own) } else { None }
    });
    let above = index.places.iter().find(|known| own.place.above.as_ref() == Some(&known.id));
    let symbol = Icon::named(above.map_or("", |above| above.icon.as_str()));
    let id = format!("card{}", paths::place(&own.place.path, &own.params, "").replace('/', "-"));
    let labelled_by = id.clone();
    let is_other = !account.email.is_empty() && account.email != address;
    let who = is_other.then(|| view! { <p class="quiet">{account.email.clone()}</p> }.into_any());
    view! {
        <section class="card" aria-labelledby=labelled_by>
            <header>{icon(symbol)} <h2 id=id>{own.card.title.clone()}</h2> {tag}</header>
            {who}
            {body}
            {deeds::view(&own, state)}
        </section>
    }
    .into_any()
}

/// What this account may not see more of.
fn bare(account: &Account) -> AnyView {
    view! {
        <section class="card">
            <header>
                <h2>{vendor_name(&account.vendor)}</h2>
            </header>
            <p>{account.name.clone()}</p>
            <p class="quiet">{account.email.clone()}</p>
        </section>
    }
    .into_any()
}

/// The state on top: what the card says of it, or how many things there are.
fn tag(own: &Own) -> Option<AnyView> {
    let subject = own.store.subject();
    let parts = own.card.state.iter().map(|column| cells::said(column, &text_at(&subject, &column.at)));
    let mut words = parts.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
    if let Some(list) = own.card.rows.as_ref().filter(|_| words.is_empty()) {
        words = counted(&list.count, own.store.rows.total());
    }
    (!words.is_empty()).then(|| view! { <span class="tag">{words}</span> }.into_any())
}
