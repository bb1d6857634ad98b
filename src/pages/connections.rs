//! How it stands with each vendor: working or not and why, what will fail, what is left of its grant, and testing it now.
//! Must not ask a vendor by being looked at.

use leptos::prelude::*;
use roomkey_schema::Role;
use roomkey_schema::connection::{Budget, Connection, Notice, State};
use roomkey_schema::wire::Index;

use super::not_found::NotFoundPage;
use super::trouble::vendor_name;
use super::{Heading, Trouble};
use crate::api::Failure;
use crate::stores::{ConnectionsStore, Load, Session, store};
use crate::ui::busy_button::BusyButton;
use crate::ui::erase::{live, live_if};
use crate::ui::facts;
use crate::ui::icon::{Icon, icon};
use crate::ui::moment::{moment, time};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{find, number, t, tf, tn};

/// Seconds of a day: such budgets are said to be of the day.
const DAY: u64 = 86_400;

/// Whether this person may look. Does not follow: another person starts with a fresh page.
pub(super) fn may_see() -> bool {
    matches!(untrack(|| store::<Session>().role()), Some(Role::Admin | Role::Auditor))
}

/// The page.
pub(super) fn page() -> AnyView {
    if !may_see() {
        return view! { <NotFoundPage closed=true /> }.into_any();
    }
    let connections = ConnectionsStore::new();
    connections.load();
    let again = Callback::new(move |()| connections.load());
    let state = Memo::new(move |_| connections.load_state());
    let trouble = live_if(move || match state.get() {
        Load::Failed(failure) => Some(view! { <Trouble failure retry=again /> }.into_any()),
        _ => None,
    });
    let vendors = Memo::new(move |_| connections.vendors().join(" "));
    // Those that are here stay as they are, whatever becomes of a test.
    let all = live(move || {
        let vendors = vendors.get();
        if !vendors.is_empty() {
            let all = vendors.split_whitespace().map(|vendor| one(connections, vendor));
            return all.collect::<Vec<_>>().into_any();
        }
        match state.get() {
            Load::Loading => skeleton(t("loading"), 6),
            Load::Ready => view! { <p class="empty">{t("connections.none")}</p> }.into_any(),
            _ => ().into_any(),
        }
    });
    view! {
        <div class="head">
            <Heading text=t("connections.title") />
            <p class="quiet">{t("connections.help")}</p>
        </div>
        <div class="body">{trouble} {all}</div>
    }
    .into_any()
}

fn one(connections: ConnectionsStore, vendor: &str) -> AnyView {
    let name = vendor_name(vendor);
    let id = format!("connection-{vendor}");
    let labelled_by = id.clone();
    let (of, busy_of, tested) = (vendor.to_owned(), vendor.to_owned(), vendor.to_owned());
    let body = live(move || stands(&connections.of(&of)));
    let may_test = untrack(|| store::<Session>().role()) == Some(Role::Admin);
    let test = may_test.then(|| {
        let busy = Memo::new(move |_| connections.is_testing(&busy_of));
        let press = Callback::new(move |()| connections.test(tested.clone()));
        view! { <BusyButton label=t("connections.test") busy_label=t("connections.testing") busy on_press=press /> }
            .into_any()
    });
    view! {
        <section class="connection" aria-labelledby=labelled_by>
            <div class="title-line">
                <h2 id=id>{name}</h2>
                {test}
            </div>
            {body}
        </section>
    }
    .into_any()
}

/// What is to be said about a connection.
fn stands(connection: &Connection) -> AnyView {
    let (class, symbol, words) = match connection.state {
        State::Works => ("tag ok", Some(Icon::Done), t("connections.works")),
        State::Partly => ("tag changed", Some(Icon::Warning), t("connections.partly")),
        State::Fails => ("tag bad", Some(Icon::Warning), t("connections.fails")),
        State::Untested => ("tag", None, t("connections.untested")),
    };
    let problem = connection.problem.clone().map(|problem| {
        let failure = Failure::from_problem(problem);
        view! { <Trouble failure /> }.into_any()
    });
    let notices = connection.notices.iter().map(|notice| {
        let concerns = tf("connections.concerns", &[("operations", &notice.operations.join(", "))]);
        view! {
            {line(notice)}
            <p class="quiet operations">{concerns}</p>
        }
        .into_any()
    });
    let mut said = vec![(t("connections.tested"), connection.tested_at.as_deref().map(time))];
    let token = connection.token_since.as_deref().zip(connection.token_until.as_deref());
    let token =
        token.map(|(since, until)| tf("connections.token_is", &[("since", &moment(since)), ("until", &moment(until))]));
    said.push((t("connections.token"), token.map(IntoAny::into_any)));
    let people = connection.people.as_ref().and_then(|people| people.read_at.as_deref());
    said.push((t("connections.people"), people.map(time)));
    let said = said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let budgets = connection.budgets.iter().map(budget).map(|(name, left)| (name, left.into_any()));
    let said = said.chain(budgets).collect();
    view! {
        <p role="status">
            <span class=class>{symbol.map(icon)} {words}</span>
        </p>
        {problem}
        {notices.collect::<Vec<_>>()}
        {facts::views(said, "facts")}
    }
    .into_any()
}

/// What a budget is called, and what is left of it.
fn budget(budget: &Budget) -> (String, String) {
    // A vendor that counts all calls alike has no name for them.
    let name = find(&format!("budget.{}", budget.name)).unwrap_or(t("budget.calls"));
    let (left, of) = (number(budget.left), number(budget.of));
    let values = [("left", &*left), ("of", &*of)];
    let mut said = if budget.seconds == DAY {
        tf("connections.left_today", &values)
    } else {
        format!("{} {}", tf("connections.left", &values), tn("connections.seconds", budget.seconds))
    };
    if let Some(until) = &budget.until {
        said = format!("{said} · {}", tf("connections.again", &[("when", &moment(until))]));
    }
    (name.to_owned(), said)
}

/// What will go wrong at a vendor, above what can be done there.
pub(super) fn notices(index: &Index, vendor: &str) -> AnyView {
    let own = index.notices.iter().filter(|notice| notice.vendor == vendor);
    own.map(line).collect::<Vec<_>>().into_any()
}

fn line(notice: &Notice) -> AnyView {
    view! { <p class="notice">{icon(Icon::Warning)} <span>{notice.text.clone()}</span></p> }.into_any()
}
