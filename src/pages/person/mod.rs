//! One person, or one meeting: who it is, and a card for what each vendor has of it. Must not know a vendor: cards come with
//! the places.

mod card;
mod history;
mod key;

use leptos::prelude::*;
use roomkey_schema::people::{Account, Hit, Kind, Person};

use self::key::Key;
use super::{Heading, Trouble};
use crate::paths;
use crate::stores::{HistoryStore, IndexStore, Load, PeopleStore, PersonStore, store};
use crate::ui::erase::{effect, live};
use crate::ui::icon::{Icon, icon};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::t;

/// The page.
pub(super) fn page(key: String) -> AnyView {
    let (people, person, history) = (store::<PeopleStore>(), PersonStore::new(), HistoryStore::new());
    let reset_key = Key::listen(people.take_reset(&key));
    // What is on record about: the accounts, and the things that belong to them, as far as they are known.
    let objects = StoredValue::new(Vec::new());
    let tell = Callback::new(move |more: Vec<String>| {
        objects.update_value(|objects| history::add(objects, more));
        history.load(objects.get_value());
    });
    let again = Callback::new(move |()| person.load(key.clone()));
    again.run(());
    effect(move || {
        if person.load_state() == Load::Ready {
            people.opened(&person.get().hit);
            tell.run(history::objects(&person.get()));
        }
    });
    let title = Signal::derive(move || {
        let name = person.get().hit.name;
        if name.is_empty() { t("person_page.title").to_owned() } else { name }
    });
    let body = live(move || match person.load_state() {
        Load::Ready => found(&person.get(), reset_key, tell),
        Load::Failed(failure) => view! {
            <div class="body">
                <Trouble failure retry=again />
            </div>
        }
        .into_any(),
        _ => view! { <div class="body">{skeleton(t("loading"), 6)}</div> }.into_any(),
    });
    view! {
        <div class="head">
            <nav class="crumbs" aria-label=t("place.crumbs")>
                <a href=paths::start()>{t("desk.nav")}</a>
            </nav>
            <Heading text=title />
            <p class="quiet counts">{live(move || about(&person.get()))}</p>
        </div>
        {body}
        {history::view(history, Callback::new(move |()| tell.run(Vec::new())))}
    }
    .into_any()
}

/// What is said under the name.
fn about(person: &Person) -> String {
    let mut parts = person.emails.clone();
    let is_new = !person.hit.detail.is_empty() && !parts.contains(&person.hit.detail);
    if is_new && (person.hit.kind == Kind::Meeting || parts.is_empty()) {
        parts.insert(0, super::desk::detail(&Hit { department: String::new(), ..person.hit.clone() }));
    }
    parts.push(person.hit.department.clone());
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn found(person: &Person, key: Key, tell: Callback<Vec<String>>) -> AnyView {
    let others = (person.hit.ambiguous || !person.others.is_empty()).then(|| others(&person.others));
    // What has a PIN of its own comes first, then what has things that do. The key is for the first of them.
    let index = store::<IndexStore>().now();
    let mut accounts: Vec<(u8, &Account)> =
        person.accounts.iter().map(|account| (card::rank(&index, account), account)).collect();
    accounts.sort_by_key(|(rank, _)| *rank);
    let first = accounts.iter().position(|(rank, _)| *rank < card::NOTHING);
    let cards = accounts
        .into_iter()
        .enumerate()
        .map(|(at, (_, account))| card::view(account, &person.hit.detail, (Some(at) == first).then_some(key), tell));
    view! { <div class="body">{others} <div class="cards">{cards.collect::<Vec<_>>()}</div></div> }.into_any()
}

/// Why nothing was joined, and who else it may be.
fn others(others: &[Hit]) -> AnyView {
    let links = others.iter().map(|other| {
        view! {
            <li>
                <a href=paths::person(&other.key)>{other.name.clone()}</a>
                <span class="quiet">{super::desk::detail(other)}</span>
            </li>
        }
        .into_any()
    });
    view! {
        <div class="notice">
            {icon(Icon::Warning)} <div>
                <p>{t("person_page.ambiguous")}</p>
                <ul class="others">{links.collect::<Vec<_>>()}</ul>
            </div>
        </div>
    }
    .into_any()
}
