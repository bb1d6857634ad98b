//! Where one arrives: on to the groups for those who may see them, else a plain word about what this account may do.

use leptos::prelude::*;

use super::Heading;
use crate::paths;
use crate::stores::{IndexStore, PlaceStore, Session, store};
use crate::ui::erase::{effect, live};
use crate::words::{find, t, tf};

/// The start page.
#[component]
pub(crate) fn StartPage() -> AnyView {
    let (session, index, place) = (store::<Session>(), store::<IndexStore>(), store::<PlaceStore>());
    effect(move || {
        if index.may("zoom.groups.list") {
            place.redirect(&paths::groups());
        }
    });
    let what =
        live(
            move || {
                if index.may("zoom.users.list") { t("start.people").to_owned() } else { t("start.nothing").to_owned() }
            },
        );
    let who = live(move || {
        let Some(me) = session.me() else { return String::new() };
        let role = find(&format!("role.{}", me.role.as_str())).unwrap_or(me.role.as_str());
        tf("start.who", &[("name", &me.name), ("role", role)])
    });
    view! {
        <div class="head">
            <Heading text=t("start.title") />
        </div>
        <div class="body prose">
            <p>{who}</p>
            <p>{what}</p>
        </div>
    }
    .into_any()
}
