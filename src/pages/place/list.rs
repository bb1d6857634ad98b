//! A list as a table: found as one types, narrowed down, put in order, and only as many rows on the page as can be seen.
//! What stands in the address decides what is shown.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::{Head, List};
use serde_json::Value;

use super::action::Doing;
use super::{Here, actions, bulk, cells, filters, table};
use crate::api::Abort;
use crate::pages::Trouble;
use crate::paths::{self, FIND};
use crate::stores::list::rows::Wanted;
use crate::stores::{IndexStore, ListStore, Load, ObjectStore, PlaceStore, store};
use crate::ui::erase::{attr, effect, live, live_if, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{counted, number, t, tf};

/// What the rows are ordered by, in the address.
pub(super) const SORT: &str = "sort";

/// What the parts of the list share.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) list: StoredValue<Arc<List>>,
    pub(super) rows: ListStore,
    pub(super) place: PlaceStore,
    pub(super) params: StoredValue<PathParams>,
    /// Keys of the chosen rows.
    pub(super) chosen: RwSignal<Vec<String>>,
    /// Index of the first row on the page.
    pub(super) first: RwSignal<usize>,
    pub(super) title: StoredValue<String>,
}

impl Table {
    /// Reads the list as the address wants it.
    fn load(self) {
        self.rows.load(self.list.get_value(), self.params.get_value(), untrack(|| self.asked()));
    }

    /// Parameters of reading that stand in the address.
    fn asked(self) -> Vec<(String, String)> {
        let names = self.list.get_value();
        let names = names.filters.iter().filter_map(|filter| filter.param.clone());
        names
            .map(|name| {
                let value = self.place.query(&name).unwrap_or_default();
                (name, value)
            })
            .collect()
    }

    pub(super) fn wanted(self) -> Wanted {
        let sort = self.place.query(SORT).unwrap_or_default();
        let (name, descending) = sort.strip_prefix('-').map_or((&*sort, false), |name| (name, true));
        self.list.with_value(|list| Wanted {
            needle: self.place.query(FIND).unwrap_or_default(),
            only: list
                .filters
                .iter()
                .filter_map(|filter| Some((filter.at.clone()?, self.place.query(filters::name(filter))?)))
                .filter(|(_, value)| !value.is_empty())
                .collect(),
            by: list.columns.iter().position(|column| filters::last(&column.at) == name).unwrap_or(0),
            descending,
        })
    }

    /// Changes one thing in the address and leaves the rest.
    pub(super) fn ask(self, name: &str, value: &str) {
        let mut pairs = paths::query_pairs(&untrack(|| self.place.raw_query()));
        pairs.retain(|(known, _)| known != name);
        pairs.push((name.to_owned(), value.to_owned()));
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
        self.place.set_query(&pairs);
        self.first.set(0);
    }
}

/// The list of a tab, with what can be done.
pub(super) fn view(here: &Here, list: List, subject: Signal<Value>, name: Signal<String>) -> AnyView {
    let (list, title) = (Arc::new(list), here.tab.title.clone());
    let table = Table {
        rows: ListStore::new(),
        place: store::<PlaceStore>(),
        params: StoredValue::new(here.params.clone()),
        chosen: RwSignal::new(Vec::new()),
        first: RwSignal::new(0),
        title: StoredValue::new(title.clone()),
        list: StoredValue::new(Arc::clone(&list)),
    };
    // Parameters of reading are in the address: another one is another list.
    let reading = Memo::new(move |_| {
        let asked = table.asked();
        let pairs: Vec<_> = asked.iter().map(|(name, value)| (&**name, &**value)).collect();
        paths::with_query("", &pairs)
    });
    effect(move || {
        reading.get();
        table.load();
    });
    let again = Callback::new(move |()| table.load());
    let shown = Memo::new(move |_| table.rows.arranged(&table.wanted()));
    let state = Memo::new(move |_| table.rows.load_state());
    let count = live(move || {
        let (all, total) = (table.rows.loaded(), table.rows.total());
        let counted = table.list.with_value(|list| counted(&list.count, total));
        match (all, shown.read().len() as u64) {
            (0, _) => String::new(),
            (all, _) if all < total && state.get() == Load::Loading => {
                tf("list.loading_more", &[("n", &number(all)), ("all", &counted)])
            }
            (all, shown) if shown < all => tf("list.matches", &[("shown", &number(shown)), ("all", &counted)]),
            _ => counted,
        }
    });
    let trouble = live_if(move || match state.get() {
        Load::Failed(failure) => Some(view! { <Trouble failure retry=again /> }.into_any()),
        _ => None,
    });
    let buttons = actions::bar(&here.tab.actions, &here.params, subject, name, None, again);
    let summary = here.tab.summary.clone().map(|head| summary(head, &here.params));
    let narrow = list.filters.iter().map(|filter| filters::view(filter, table)).collect::<Vec<_>>();
    let selection = bulk::is_choosable(&list).then(|| selection(here, table, again));
    let body = body(here, table, shown, state, again);
    let index = store::<IndexStore>();
    // Typed and found: Enter opens the first.
    let enter = move |event: KeyboardEvent| {
        let first = shown.read_untracked().first().and_then(|row| table::path_of(index, table, *row));
        if let Some(path) = first.filter(|_| event.key() == "Enter") {
            table.place.go(&path);
        }
    };
    view! {
        {summary}
        <div class="list-bar">
            <div class="find">
                {icon(Icon::Find)}
                <input
                    type="search"
                    data-search=""
                    aria-label=tf("list.find", &[("title", &title)])
                    placeholder=tf("list.find", &[("title", &title)])
                    prop:value=live(move || table.place.query(FIND).unwrap_or_default())
                    on:input=on(move |event| table.ask(FIND, &event_target_value(&event)))
                    on:keydown=on(enter)
                /> <kbd aria-hidden="true">"/"</kbd>
            </div>
            {narrow}
            {buttons}
        </div>
        <div class="list-said">
            <span class="quiet" role="status">
                {count}
            </span>
            {selection}
        </div>
        {trouble}
        {body}
    }
    .into_any()
}

/// Which of the states the list is in; the table itself is not made anew with every letter.
fn body(here: &Here, own: Table, shown: Memo<Vec<usize>>, state: Memo<Load>, again: Callback<()>) -> AnyView {
    const LOADING: u64 = 0;
    const NOTHING: u64 = 1;
    const EMPTY: u64 = 2;
    const NO_MATCH: u64 = 3;
    const ROWS: u64 = 4;
    let shape = Memo::new(move |_| match (own.rows.loaded(), shown.read().is_empty(), state.get()) {
        (0, _, Load::Ready) => EMPTY,
        (0, _, Load::Failed(_)) => NOTHING,
        (0, ..) => LOADING,
        (_, true, _) => NO_MATCH,
        (_, false, _) => ROWS,
    });
    let here = here.clone();
    live(move || match shape.get() {
        LOADING => skeleton(t("list.loading"), 8),
        NOTHING => ().into_any(),
        EMPTY => view! { <p class="empty">{own.list.with_value(|list| list.empty.clone())}</p> }.into_any(),
        NO_MATCH => view! {
            <p class="empty">
                {t("list.no_match")} <button type="button" class="plain" on:click=on(move |_| own.place.set_query(&[]))>
                    {t("list.show_all")}
                </button>
            </p>
        }
        .into_any(),
        _ => table::view(&here, own, shown, again),
    })
    .into_any()
}

/// How many rows are chosen, and what can be done with them.
fn selection(here: &Here, table: Table, again: Callback<()>) -> AnyView {
    let list = table.list.get_value();
    let subjects = Callback::new(move |()| {
        let key = table.list.with_value(|list| list.key.clone());
        let chosen = table.chosen.get_untracked();
        let all = 0..usize::try_from(untrack(|| table.rows.loaded())).unwrap_or_default();
        all.filter(|row| chosen.contains(&table.rows.value(*row, &key))).map(|row| table.rows.subject(row)).collect()
    });
    let buttons = list.chosen.iter().map(|action| {
        let name = Signal::derive(move || number(table.chosen.read().len() as u64));
        actions::button(Doing::new(action, &here.params, again), name, subjects, "")
    });
    let buttons = buttons.collect::<Vec<_>>();
    let bulk = bulk::can_take(&list).then(|| bulk::button(&list, &here.place.vendor, subjects));
    let said = live(move || tf("list.chosen", &[("n", &number(table.chosen.read().len() as u64))]));
    view! {
        <span class="chosen" hidden=attr(move || table.chosen.read().is_empty().then_some(""))>
            {said}
            {buttons}
            {bulk}
            <button type="button" class="plain" on:click=on(move |_| table.chosen.set(Vec::new()))>
                {t("list.choose_none")}
            </button>
        </span>
    }
    .into_any()
}

/// Numbers on top of a list, read on their own; without them the list is as good.
fn summary(head: Head, params: &PathParams) -> AnyView {
    let object = ObjectStore::new();
    object.open(&head, params, Abort::on_cleanup());
    let facts = live(move || cells::facts(&head.facts, &object.get()));
    view! { <p class="quiet summary-line">{facts}</p> }.into_any()
}
