//! Where one arrives: on to the first place of those that one may see, else a plain word about what this account may do.

use leptos::prelude::*;
use roomkey_schema::actor;

use super::Heading;
use super::place::in_navigation;
use crate::stores::{IndexStore, PlaceStore, Session, store};
use crate::ui::erase::{effect, live};
use crate::ui::view;
use crate::words::{find, t, tf};

/// The start page.
#[component]
pub(crate) fn StartPage() -> AnyView {
    let (session, index, place) = (store::<Session>(), store::<IndexStore>(), store::<PlaceStore>());
    effect(move || {
        if let Some(first) = in_navigation(&index.get()).first() {
            place.redirect(&first.path);
        }
    });
    let who = live(move || {
        let Some(me) = session.me() else { return String::new() };
        let role = find(&format!("role.{}", me.role.as_str())).unwrap_or(me.role.as_str());
        tf("start.who", &[("name", actor::label(&me.name)), ("role", role)])
    });
    view! {
        <div class="head">
            <Heading text=t("start.title") />
        </div>
        <div class="body prose">
            <p>{who}</p>
            <p>{t("start.nothing")}</p>
        </div>
    }
    .into_any()
}
