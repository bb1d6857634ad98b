//! All groups: a search that filters while one types, a table that can be ordered, a way into each group's settings.
//! What is searched and how it is ordered is in the address.

mod order;

use leptos::prelude::*;

use self::order::{Column, Order, arrange};
use super::{Heading, Trouble};
use crate::api::Abort;
use crate::paths;
use crate::stores::groups::Group;
use crate::stores::{GroupsStore, IndexStore, Load, PlaceStore, store};
use crate::ui::erase::{live, live_if, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::mark::marked;
use crate::ui::skeleton::skeleton;
use crate::ui::sort_head::SortHead;
use crate::words::{number, t, tf, tn};

/// What stands below the search field.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Shape {
    Loading,
    Nothing,
    Empty,
    NoMatch,
    Rows,
}

/// The page.
#[component]
pub(crate) fn GroupsPage() -> AnyView {
    let (groups, index, place) = (store::<GroupsStore>(), store::<IndexStore>(), store::<PlaceStore>());
    let abort = Abort::on_cleanup();
    groups.load(index, abort.clone());
    let retry = Callback::new(move |()| groups.load(index, abort.clone()));

    let needle = Memo::new(move |_| place.query("q").unwrap_or_default());
    let order = Memo::new(move |_| Order::read(&place.query("sort").unwrap_or_default()));
    let shown = Memo::new(move |_| arrange(groups.items(), &needle.read(), order.get()));
    let state = Memo::new(move |_| groups.load_state());
    let all = Memo::new(move |_| groups.items().len() as u64);
    let shape = Memo::new(move |_| match (all.get(), shown.read().is_empty(), state.get()) {
        (0, _, Load::Ready) => Shape::Empty,
        (0, _, Load::Failed(_)) => Shape::Nothing,
        (0, ..) => Shape::Loading,
        (_, true, _) => Shape::NoMatch,
        (_, false, _) => Shape::Rows,
    });

    let count = live(move || match (all.get(), needle.read().trim().is_empty()) {
        (0, _) => String::new(),
        (all, true) => tn("groups.count", all),
        (all, false) => {
            tf("groups.matches", &[("shown", &number(shown.read().len() as u64)), ("all", &tn("groups.count", all))])
        }
    });
    let trouble = live_if(move || match state.get() {
        Load::Failed(failure) => Some(view! { <Trouble failure retry /> }.into_any()),
        _ => None,
    });
    let list = live(move || match shape.get() {
        Shape::Loading => skeleton(t("groups.loading"), 8),
        Shape::Nothing => ().into_any(),
        Shape::Empty => view! { <p class="empty">{t("groups.empty")}</p> }.into_any(),
        Shape::NoMatch => view! {
            <p class="empty">
                {live(move || tf("groups.no_match", &[("text", needle.read().trim())]))}
                <button type="button" class="plain" on:click=on(move |_| search(place, "", order.get_untracked()))>
                    {t("groups.show_all")}
                </button>
            </p>
        }
        .into_any(),
        Shape::Rows => table(place, shown, needle, order),
    });
    view! {
        <div class="head">
            <div class="crumbs">{t("vendor.zoom")}</div>
            <Heading text=t("groups.title") />
            <div class="quiet" role="status">
                {count}
            </div>
        </div>
        <div class="body">
            <div class="find">
                {icon(Icon::Find)}
                <input
                    type="search"
                    data-search=""
                    aria-label=t("groups.search")
                    placeholder=t("groups.search")
                    prop:value=live(move || needle.get())
                    on:input=on(move |event| search(place, &event_target_value(&event), order.get_untracked()))
                /> <kbd aria-hidden="true">"/"</kbd>
            </div>
            {trouble}
            {list}
        </div>
    }
    .into_any()
}

fn table(place: PlaceStore, shown: Memo<Vec<Group>>, needle: Memo<String>, order: Memo<Order>) -> AnyView {
    let head = move |label: &'static str, column: Column| {
        let on_sort = Callback::new(move |()| {
            search(place, &needle.get_untracked(), order.get_untracked().pressed(column));
        });
        let by = Signal::derive(move || order.get().of(column));
        view! { <SortHead label order=by numeric=column == Column::Members on_sort /> }.into_any()
    };
    let row = move |group: Group| {
        let name = marked(&group.name, &needle.read());
        view! {
            <tr>
                <th scope="row">
                    <a href=paths::group_settings(&group.id)>{name}</a>
                </th>
                <td class="num">{group.members.map_or_else(|| t("groups.unknown").to_owned(), number)}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <table class="list">
            <caption class="visually-hidden">{t("groups.title")}</caption>
            <thead>
                <tr>{head(t("groups.name"), Column::Name)} {head(t("groups.members"), Column::Members)}</tr>
            </thead>
            <tbody>{live(move || shown.get().into_iter().map(row).collect::<Vec<_>>().into_any())}</tbody>
        </table>
    }
    .into_any()
}

fn search(place: PlaceStore, needle: &str, order: Order) {
    place.set_query(&[("q", needle), ("sort", order.write())]);
}
