//! One group: where it is, its name and size, and the tabs of what it has. What a tab shows is a page of its own.

use leptos::prelude::*;
use roomkey_schema::path::PathParams;

use super::workbench::Workbench;
use super::{Heading, Trouble};
use crate::api::Abort;
use crate::paths;
use crate::stores::{GroupStore, GroupsStore, IndexStore, Load, store};
use crate::ui::erase::live;
use crate::words::{t, tn};

/// The page. Only tabs that exist are there.
#[component]
pub(crate) fn GroupPage(
    /// The vendor's id of the group.
    group_id: String,
) -> AnyView {
    let (group, groups, index) = (store::<GroupStore>(), store::<GroupsStore>(), store::<IndexStore>());
    let abort = Abort::on_cleanup();
    group.open(&group_id, groups, index, abort.clone());
    let again_id = group_id.clone();
    let retry = Callback::new(move |()| group.open(&again_id, groups, index, abort.clone()));
    let name = Memo::new(move |_| group.get().name);
    let title = Signal::derive(move || if name.read().is_empty() { t("group.title").to_owned() } else { name.get() });
    let counts = live(move || {
        let members = group.get().members.map(|n| tn("group.members", n));
        let admins = group.admins().map(|n| tn("group.admins", n));
        [members, admins].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    });
    let people = Signal::derive(move || group.get().members);
    let state = Memo::new(move |_| match group.load_state() {
        Load::Failed(failure) => Load::Failed(failure),
        // The settings need not wait for the name.
        _ => Load::Ready,
    });
    let settings_path = paths::group_settings(&group_id);
    let content = live(move || match state.get() {
        Load::Failed(failure) => view! {
            <div class="body">
                <Trouble failure retry />
            </div>
        }
        .into_any(),
        _ => settings(group_id.clone(), people, title),
    });
    view! {
        <div class="head">
            <nav class="crumbs" aria-label=t("group.crumbs")>
                {t("vendor.zoom")}
                <span aria-hidden="true">" / "</span>
                <a href=paths::groups()>{t("groups.title")}</a>
            </nav>
            <Heading text=title />
            <div class="quiet counts">{counts}</div>
            <nav class="tabs" aria-label=t("group.tabs")>
                <a href=settings_path aria-current="page">
                    {t("group.settings")}
                </a>
            </nav>
        </div>
        {content}
    }
    .into_any()
}

/// The settings of the group, and how many people they apply to.
fn settings(group_id: String, people: Signal<Option<u64>>, subject: Signal<String>) -> AnyView {
    let mut params = PathParams::new();
    params.insert("groupId".to_owned(), group_id);
    view! { <Workbench form_id="zoom.group_settings".to_owned() params people subject /> }.into_any()
}
