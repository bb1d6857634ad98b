//! What an open entry shows: old and new of each leaf, why, what to quote, and what can be done with it. Must not do it.

use leptos::prelude::*;
use roomkey_schema::record::{Change, Entry};

use super::super::trouble::vendor_name;
use super::filters::named;
use super::{Shared, said};
use crate::paths;
use crate::stores::IndexStore;
use crate::ui::erase::on;
use crate::ui::facts;
use crate::ui::icon::{Icon, icon};
use crate::ui::moment::moment;
use crate::ui::toast::Toasts;
use crate::ui::view;
use crate::words::{number, t, tf};

/// The part of the page.
pub(super) fn view(shared: Shared, index: IndexStore, entry: &Entry) -> AnyView {
    view! { <div class="record-detail">{changes(&entry.changes)} {told(entry)} {deeds(shared, index, entry)}</div> }
        .into_any()
}

fn changes(changes: &[Change]) -> Option<AnyView> {
    let line = |change: &Change| {
        let old = said::old(change).unwrap_or_else(|| t("record.not_known").to_owned());
        let missing =
            change.not_applied.then(|| view! { <span class="tag changed">{t("record.not_applied")}</span> }.into_any());
        let label = if change.lock { tf("review.lock_of", &[("label", &change.label)]) } else { change.label.clone() };
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td>
                    <del>{old}</del>
                </td>
                <td>
                    <ins>{said::new(change)}</ins>
                    " "
                    {missing}
                </td>
            </tr>
        }
        .into_any()
    };
    (!changes.is_empty()).then(|| {
        view! {
            <table class="record-changes">
                <thead>
                    <tr>
                        <th scope="col">{t("review.setting")}</th>
                        <th scope="col">{t("record.before")}</th>
                        <th scope="col">{t("record.after")}</th>
                    </tr>
                </thead>
                <tbody>{changes.iter().map(line).collect::<Vec<_>>()}</tbody>
            </table>
        }
        .into_any()
    })
}

/// Names with a value each; those without a value are left out.
fn told(entry: &Entry) -> AnyView {
    let text = |key: &'static str, value: Option<String>| {
        let value = value.filter(|value| !value.is_empty())?;
        Some((t(key).to_owned(), value.into_any()))
    };
    let link = |key: &'static str, to: Option<(String, String)>| {
        let (href, words) = to?;
        Some((t(key).to_owned(), view! { <a href=href>{words}</a> }.into_any()))
    };
    let exact = |at: &String| format!("{} · {at}", moment(at));
    let other = |seq: u64| (paths::entry(seq), tf("record.entry", &[("seq", &number(seq))]));
    let job = entry.job.as_ref().map(|job| {
        let row = entry.row.map(|row| tf("record.job_row", &[("row", &number(row))]));
        (paths::job(job), row.unwrap_or_else(|| t("job.page").to_owned()))
    });
    let role = entry.role.map(|role| named("role.", role.as_str()));
    let pairs = [
        text("record.reason", entry.reason.clone()),
        text("record.problem", entry.problem.clone()),
        link("record.undone", entry.undone.map(other)),
        link("record.undoes", entry.undoes.map(other)),
        link("job.page", job),
        text("record.when", Some(exact(&entry.at))),
        text("record.ended", entry.ended.as_ref().map(exact)),
        text("record.role", role),
        text("record.vendor", entry.vendor.as_deref().map(vendor_name)),
        text("record.operation", entry.operation.clone()),
        text("problem.vendor_code", entry.vendor_code.clone()),
        text("problem.tracking_id", entry.tracking_id.clone()),
        text("problem.request_id", Some(entry.request_id.clone())),
        text("record.number", Some(number(entry.seq))),
    ];
    facts::views(pairs.into_iter().flatten().collect(), "facts")
}

fn deeds(shared: Shared, index: IndexStore, entry: &Entry) -> AnyView {
    let toasts = Toasts::here();
    let undo = entry.undo.then(|| {
        let entry = entry.clone();
        view! {
            <button
                type="button"
                on:click=on(move |_| {
                    shared.record.calm();
                    shared.undoing.set(Some(entry.clone()));
                })
            >
                {icon(Icon::Undo)}
                {t("record.undo")}
            </button>
        }
        .into_any()
    });
    let path = paths::entry(entry.seq);
    let copy = move |_| {
        let origin = window().location().origin().unwrap_or_default();
        drop(window().navigator().clipboard().write_text(&format!("{origin}{path}")));
        toasts.say(t("record.copied").to_owned());
    };
    let link = |href: String, words: String| view! { <a href=href>{words}</a> }.into_any();
    let object = entry.vendor.as_ref().zip(entry.objects.iter().next()).map(|(vendor, (param, id))| {
        let pair = format!("{vendor}:{id}");
        let name = entry.names.get(param).unwrap_or(id);
        link(paths::record(&[("object", &pair)]), tf("record.all_about", &[("name", name)]))
    });
    let place = said::address(&index.now(), entry).map(|href| link(href, t("record.open_place").to_owned()));
    let person = link(paths::record(&[("actor", &entry.actor)]), tf("record.all_by", &[("name", &entry.actor)]));
    view! {
        <div class="record-deeds">
            {undo} <button type="button" class="plain" on:click=on(copy)>
                {icon(Icon::Link)}
                {t("record.copy")}
            </button> {place} {object} {person}
        </div>
    }
    .into_any()
}
