//! What the record is narrowed down by. Stands in the address, so that it can be passed on.

use leptos::prelude::*;

use super::super::trouble::vendor_name;
use crate::paths;
use crate::stores::record::Asked;
use crate::stores::{IndexStore, PlaceStore, store};
use crate::ui::erase::{live, live_if, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::moment::{from_the_wall, on_the_wall, zone};
use crate::ui::view;
use crate::words::{find, t, tf};

/// What the address may hold; anything else in it is not asked for.
const NAMES: [&str; 9] = ["q", "actor", "object", "operation", "vendor", "kind", "result", "from", "until"];
/// Those that have no field: they come from links, and go by a button.
const CHOSEN: [&str; 3] = ["actor", "object", "operation"];
const KINDS: [&str; 13] = [
    "intent",
    "reveal",
    "denied",
    "signed_in",
    "signed_out",
    "sign_in_failed",
    "job_started",
    "job_paused",
    "job_cancelled",
    "job_repeated",
    "job_deleted",
    "handed_over",
    "exported",
];
const RESULTS: [&str; 7] = ["applied", "accepted", "refused", "not_sent", "unknown", "open", "shown"];

/// What the address asks for; followed.
pub(super) fn asked() -> Memo<Asked> {
    let place = store::<PlaceStore>();
    Memo::new(move |_| {
        let mut pairs = paths::query_pairs(&place.raw_query());
        pairs.retain(|(name, value)| NAMES.contains(&&**name) && !value.is_empty());
        pairs
    })
}

/// The fields.
pub(super) fn view(asked: Memo<Asked>) -> AnyView {
    let place = store::<PlaceStore>();
    let vendors = untrack(|| {
        let mut vendors: Vec<String> =
            store::<IndexStore>().now().places.iter().map(|place| place.vendor.clone()).collect();
        vendors.dedup();
        vendors
    });
    let vendors = vendors.into_iter().map(|id| (vendor_name(&id), id)).collect();
    let kinds = KINDS.map(|kind| (named("record.kind.", kind), kind.to_owned())).to_vec();
    let results = RESULTS.map(|result| (named("record.result.", result), result.to_owned())).to_vec();
    view! {
        <search class="list-bar">
            <div class="find">
                {icon(Icon::Find)}
                <input
                    type="search"
                    data-search=""
                    aria-label=t("record.find")
                    placeholder=t("record.find")
                    prop:value=live(move || value(asked, "q"))
                    on:change=on(move |event| ask(place, "q", &event_target_value(&event)))
                /> <kbd aria-hidden="true">"/"</kbd>
            </div>
            {choice(place, asked, "kind", t("record.kind"), kinds)}
            {choice(place, asked, "result", t("record.outcome"), results)}
            {choice(place, asked, "vendor", t("record.vendor"), vendors)}
            {time(place, asked, "from", t("record.from"))}
            {time(place, asked, "until", t("record.until"))}
        </search>
        {chosen(place, asked)}
    }
    .into_any()
}

/// Words that are put together; the name itself when there are none.
pub(super) fn named(prefix: &str, name: &str) -> String {
    find(&format!("{prefix}{name}")).unwrap_or(name).to_owned()
}

fn value(asked: Memo<Asked>, name: &str) -> String {
    asked.read().iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Changes one thing in the address and leaves the rest.
fn ask(place: PlaceStore, name: &str, value: &str) {
    let mut pairs = paths::query_pairs(&untrack(|| place.raw_query()));
    pairs.retain(|(known, _)| known != name);
    pairs.push((name.to_owned(), value.to_owned()));
    set(place, &pairs);
}

fn set(place: PlaceStore, pairs: &[(String, String)]) {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
    place.set_query(&pairs);
}

fn choice(
    place: PlaceStore,
    asked: Memo<Asked>,
    name: &'static str,
    label: &'static str,
    mut choices: Vec<(String, String)>,
) -> AnyView {
    choices.insert(0, (tf("list.all", &[("label", label)]), String::new()));
    let options = live(move || {
        let now = value(asked, name);
        let option = |(words, value): &(String, String)| {
            view! {
                <option value=value.clone() selected=*value == now>
                    {words.clone()}
                </option>
            }
            .into_any()
        };
        choices.iter().map(option).collect::<Vec<_>>().into_any()
    });
    view! {
        <div class="filter">
            <select aria-label=label on:change=on(move |event| ask(place, name, &event_target_value(&event)))>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn time(place: PlaceStore, asked: Memo<Asked>, name: &'static str, label: &'static str) -> AnyView {
    let id = format!("record-{name}");
    view! {
        <div class="filter time">
            <label for=id.clone()>{label}</label>
            <input
                type="datetime-local"
                class="text"
                id=id
                title=zone()
                prop:value=live(move || on_the_wall(&value(asked, name)))
                on:change=on(move |event| ask(place, name, &from_the_wall(&event_target_value(&event))))
            />
        </div>
    }
    .into_any()
}

/// What is asked for without a field, each with a button that takes it away.
fn chosen(place: PlaceStore, asked: Memo<Asked>) -> AnyView {
    let all = live_if(move || {
        let pairs = asked.get();
        let buttons = pairs.iter().filter(|(name, _)| CHOSEN.contains(&&**name)).map(|pair| {
            let (name, value) = pair;
            let said = format!("{}: {value}", named("record.by.", name));
            let rest: Asked = pairs.iter().filter(|other| *other != pair).cloned().collect();
            view! {
                <button
                    type="button"
                    aria-label=tf("record.without", &[("what", &said)])
                    on:click=on(move |_| set(place, &rest))
                >
                    {said.clone()}
                    {icon(Icon::Close)}
                </button>
            }
            .into_any()
        });
        let buttons = buttons.collect::<Vec<_>>();
        (!pairs.is_empty()).then(|| {
            view! {
                <div class="record-chosen">
                    {buttons} <button type="button" class="plain" on:click=on(move |_| set(place, &[]))>
                        {t("list.show_all")}
                    </button>
                </div>
            }
            .into_any()
        })
    });
    all.into_any()
}
