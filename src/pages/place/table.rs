//! The table of a list: its heads, and only as many rows on the page as can be seen. Must not read the list.

use leptos::prelude::*;
use roomkey_schema::place::{Column, ColumnKind, Reveal};
use web_sys::HtmlElement;

use super::action::Doing;
use super::list::{SORT, Table};
use super::{Here, actions, bulk, cells, filters};
use crate::paths::{self, FIND};
use crate::stores::{IndexStore, store};
use crate::ui::element::by_id;
use crate::ui::erase::{live, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::mark::marked;
use crate::ui::sort_head::SortHead;
use crate::ui::view;
use crate::words::{t, tf};

/// Height of a row, in pixels; the style sheet says the same.
const ROW: usize = 36;
/// Rows on the page at once, and how many of them are above what is seen.
const PAGE: usize = 60;
const ABOVE: usize = 15;
const TABLE: &str = "list";

/// The table. Follows what is shown and where it is scrolled to.
pub(super) fn view(here: &Here, table: Table, shown: Memo<Vec<usize>>, again: Callback<()>) -> AnyView {
    let list = table.list.get_value();
    let heads = list.columns.iter().enumerate().map(|(at, column)| head(table, at, column)).collect::<Vec<_>>();
    let choose = bulk::is_choosable(&list).then(|| {
        view! {
            <th scope="col" class="choose">
                <span class="visually-hidden">{t("list.choose")}</span>
            </th>
        }
        .into_any()
    });
    let deeds = (!list.actions.is_empty()).then(|| {
        view! {
            <th scope="col" class="deeds">
                <span class="visually-hidden">{t("list.actions")}</span>
            </th>
        }
        .into_any()
    });
    let total = move || shown.read().len();
    let from = move || table.first.get().min(total().saturating_sub(PAGE));
    let doings: Vec<Doing> = list.actions.iter().map(|action| Doing::new(action, &here.params, again)).collect();
    let body = live(move || {
        let (from, needle) = (from(), table.place.query(FIND).unwrap_or_default());
        let shown = shown.read();
        let seen = shown.iter().enumerate().skip(from).take(PAGE);
        seen.map(|(at, row)| line(&doings, table, at, *row, &needle)).collect::<Vec<_>>().into_any()
    });
    let listener = window_event_listener(leptos::ev::scroll, move |_| {
        let first = first_seen(table);
        if table.first.get_untracked() != first {
            table.first.set(first);
        }
    });
    on_cleanup(move || listener.remove());
    let above = live(move || room(from()));
    let below = live(move || room(total().saturating_sub(from() + PAGE)));
    view! {
        <table class="list" id=TABLE aria-rowcount=live(move || Some((total() + 1).to_string()))>
            <caption class="visually-hidden">{table.title.get_value()}</caption>
            <thead>
                <tr>{choose} {heads} {deeds}</tr>
            </thead>
            <tbody>
                <tr aria-hidden="true" prop:style=above></tr>
                {body}
                <tr aria-hidden="true" prop:style=below></tr>
            </tbody>
        </table>
    }
    .into_any()
}

/// A row that takes the room of those that are not on the page.
fn room(rows: usize) -> String {
    format!("height:{}px", rows * ROW)
}

/// The first row to be on the page, from where the table is on the screen. In steps, so that not every pixel counts.
fn first_seen(table: Table) -> usize {
    let Some(element) = by_id::<HtmlElement>(TABLE) else { return 0 };
    let above = -element.get_bounding_client_rect().top();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a few million pixels")]
    let passed = above.max(0.0) as usize / ROW;
    let most = untrack(|| table.rows.loaded());
    passed.saturating_sub(ABOVE).min(usize::try_from(most).unwrap_or(usize::MAX)) / 10 * 10
}

fn head(table: Table, at: usize, column: &Column) -> AnyView {
    let name = filters::last(&column.at).to_owned();
    let numeric = column.kind == ColumnKind::Number;
    let order = Signal::derive(move || {
        let wanted = table.wanted();
        (wanted.by == at).then_some(wanted.descending)
    });
    let on_sort = Callback::new(move |()| {
        let wanted = untrack(|| table.wanted());
        let descending = if wanted.by == at { !wanted.descending } else { numeric };
        let usual = at == 0 && !descending;
        table.ask(SORT, &if usual { String::new() } else { format!("{}{name}", if descending { "-" } else { "" }) });
    });
    view! { <SortHead label=column.label.clone() order numeric on_sort /> }.into_any()
}

fn line(doings: &[Doing], table: Table, at: usize, row: usize, needle: &str) -> AnyView {
    let list = table.list.get_value();
    let key = table.rows.value(row, &list.key);
    let name = list.columns.first().map(|first| cells::said(first, &table.rows.value(row, &first.at)));
    let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| key.clone());
    let open = path_of(store::<IndexStore>(), table, row);
    let cells = list.columns.iter().enumerate().map(|(column, described)| {
        let value = table.rows.value(row, &described.at);
        let said = cells::said(described, &value);
        let class = if described.kind == ColumnKind::Number { "num" } else { "" };
        if column > 0 {
            let button = reveal(table, row, described, &name);
            let exactly = cells::exactly(described, &value);
            return view! {
                <td class=class title=exactly>
                    {marked(&said, needle)}
                    {button}
                </td>
            }
            .into_any();
        }
        let text = marked(&name, needle);
        let inside = match &open {
            Some(path) => view! { <a href=path.clone()>{text}</a> }.into_any(),
            None => text,
        };
        view! { <th scope="row">{inside}</th> }.into_any()
    });
    let cells = cells.collect::<Vec<_>>();
    let chosen_key = key.clone();
    let choose = bulk::is_choosable(&list).then(|| {
        let pressed = key.clone();
        view! {
            <td class="choose">
                <input
                    type="checkbox"
                    aria-label=tf("list.choose_row", &[("name", &name)])
                    prop:checked=live(move || table.chosen.read().contains(&chosen_key))
                    on:change=on(move |_| {
                        let key = pressed.clone();
                        table
                            .chosen
                            .update(|chosen| match chosen.iter().position(|known| *known == key) {
                                Some(at) => drop(chosen.remove(at)),
                                None => chosen.push(key),
                            });
                    })
                />
            </td>
        }
        .into_any()
    });
    let deeds = (!doings.is_empty()).then(|| {
        let buttons = doings.iter().map(|doing| {
            let of = name.clone();
            let subject = Callback::new(move |()| vec![table.rows.subject(row)]);
            actions::button(doing.clone(), Signal::derive(move || of.clone()), subject, &name)
        });
        let buttons = buttons.collect::<Vec<_>>();
        if doings.len() == 1 {
            return view! { <td class="deeds">{buttons}</td> }.into_any();
        }
        // Side by side where there is room for them, else behind one button.
        let id = format!("deeds-{at}");
        view! {
            <td class="deeds">
                <button
                    type="button"
                    class="icon more"
                    popovertarget=id.clone()
                    aria-label=tf("list.more", &[("name", &name)])
                >
                    {icon(Icon::More)}
                </button>
                <div class="popover" popover="auto" id=id>
                    {buttons}
                </div>
            </td>
        }
        .into_any()
    });
    view! { <tr aria-rowindex=(at + 2).to_string()>{choose} {cells} {deeds}</tr> }.into_any()
}

/// The button that shows the secret of a row.
fn reveal(table: Table, row: usize, column: &Column, name: &str) -> Option<AnyView> {
    let params = |from: &Reveal| {
        let mut all = table.params.get_value();
        for (param, pointer) in from.params.iter() {
            all.insert(param.clone(), table.rows.value(row, pointer));
        }
        from.read.path.given(&all)
    };
    let label = format!("{}, {name}", column.label);
    cells::reveal(column, &table.rows.value(row, &column.at), &label, &params)
}

/// Where a row leads.
pub(super) fn path_of(index: IndexStore, table: Table, row: usize) -> Option<String> {
    let list = table.list.get_value();
    let open = list.open.as_ref()?;
    let index = index.now();
    let place = index.places.iter().find(|place| place.id == open.place)?;
    let params = open.params.iter().map(|(name, pointer)| (name.clone(), table.rows.value(row, pointer)));
    Some(paths::place(&place.path, &params.collect(), &place.tabs.first()?.id))
}
