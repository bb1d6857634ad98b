//! Where one is signed in, and ending that; an administrator sees everybody. Must not keep a session alive that is only
//! looked at: reading the list once is what a person does.

use leptos::prelude::*;
use roomkey_schema::session::Session;

use super::{Heading, Trouble};
use crate::stores::{self, Load, SessionsStore, store};
use crate::ui::erase::{live, live_if, on};
use crate::ui::moment::moment;
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{find, t, tf};

/// The page.
pub(super) fn page() -> AnyView {
    let sessions = SessionsStore::new();
    sessions.load();
    let again = Callback::new(move |()| sessions.load());
    let state = Memo::new(move |_| sessions.load_state());
    let trouble = live_if(move || match state.get() {
        Load::Failed(failure) => Some(view! { <Trouble failure retry=again /> }.into_any()),
        _ => None,
    });
    let me = untrack(|| store::<stores::Session>().me()).map(|me| me.name).unwrap_or_default();
    let all = live(move || {
        let all = sessions.get();
        if all.is_empty() {
            return if state.get() == Load::Loading { skeleton(t("loading"), 4) } else { ().into_any() };
        }
        let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|session| session.name == me);
        let others = (!others.is_empty()).then(|| table(sessions, t("sessions.others"), &others, true));
        view! {
            {table(sessions, t("sessions.own"), &own, false)}
            {others}
        }
        .into_any()
    });
    view! {
        <div class="head">
            <div class="title-line">
                <Heading text=t("sessions.title") />
                <button type="button" on:click=on(move |_| sessions.end(None))>
                    {t("sessions.end_all")}
                </button>
            </div>
            <p class="quiet">{t("sessions.help")}</p>
        </div>
        <div class="body">{trouble} {all}</div>
    }
    .into_any()
}

fn table(sessions: SessionsStore, title: &'static str, of: &[Session], with_names: bool) -> AnyView {
    let head = |words: &'static str, class: &'static str| {
        view! {
            <th scope="col" class=class>
                {words}
            </th>
        }
        .into_any()
    };
    let who = with_names.then(|| head(t("sessions.who"), ""));
    let rows: Vec<AnyView> = of.iter().map(|session| row(sessions, session, with_names)).collect();
    view! {
        <section class="sessions">
            <h2>{title}</h2>
            <table>
                <caption class="visually-hidden">{title}</caption>
                <thead>
                    <tr>
                        {who} {head(t("sessions.where"), "")} {head(t("sessions.way"), "aside")}
                        {head(t("sessions.began"), "aside")} {head(t("sessions.active"), "")} <th scope="col">
                            <span class="visually-hidden">{t("sessions.end")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn row(sessions: SessionsStore, session: &Session, with_name: bool) -> AnyView {
    let browser = session.browser.clone().unwrap_or_else(|| t("sessions.unknown").to_owned());
    let place = match &session.address {
        Some(address) => format!("{browser} · {address}"),
        None => browser,
    };
    let role = find(&format!("role.{}", session.role.as_str())).unwrap_or(session.role.as_str());
    let who = with_name.then(|| {
        view! {
            <th scope="row" title=session.name.clone()>
                {format!("{} · {role}", session.name)}
            </th>
        }
        .into_any()
    });
    let way = find(&format!("way.{}", session.way.as_str())).unwrap_or(session.way.as_str());
    let current = session.current.then(|| view! { <span class="tag ok">{t("sessions.current")}</span> }.into_any());
    let label = tf("sessions.end_of", &[("name", &session.name), ("place", &place)]);
    let id = session.id.clone();
    view! {
        <tr>
            {who} <td>{place.clone()} " " {current}</td> <td class="aside">{way}</td>
            <td class="aside">{moment(&session.began_at)}</td> <td>{moment(&session.active_at)}</td> <td class="deed">
                <button type="button" aria-label=label on:click=on(move |_| sessions.end(Some(id.clone())))>
                    {t("sessions.end")}
                </button>
            </td>
        </tr>
    }
    .into_any()
}
