//! The sign-in page. Where it goes on to is the business of `pages::App`.

mod form;
mod ways;

use leptos::prelude::*;

pub(crate) use self::form::SignInForm;
pub(crate) use self::ways::{again, by_header};

use super::Heading;
use super::languages::languages;
use crate::paths;
use crate::stores::{PlaceStore, Session, other_windows, store};
use crate::ui::icon::{Icon, icon};
use crate::ui::view;
use crate::words::{find, t};

/// The ways in, what came of trying one of them elsewhere, and in which language.
#[component]
pub(crate) fn SignInPage() -> AnyView {
    let (ways, place) = (store::<Session>().ways(), store::<PlaceStore>());
    let problem = untrack(|| place.query("problem")).map(|problem| refusal(&problem, untrack(|| place.query("id"))));
    let provider = ways.provider.as_deref().map(ways::to_provider);
    // Whoever has just signed out does not want to be let in by the proxy again at once.
    let at_once = untrack(|| place.query(paths::OUT)).is_none();
    let header = ways.header.as_deref().map(|name| by_header(name, at_once));
    let others = provider.is_some() || header.is_some();
    let or = (others && ways.local).then(|| view! { <p class="quiet or">{t("sign_in.or")}</p> }.into_any());
    let form = ways.local.then(|| view! { <SignInForm primary=!others /> }.into_any());
    let none = (!others && !ways.local).then(|| view! { <p>{t("sign_in.elsewhere")}</p> }.into_any());
    view! {
        <main class="sign-in">
            <div class="sign-in-card">
                <p class="brand">{icon(Icon::Key)} {t("app.name")}</p>
                <Heading text=t("sign_in.title") />
                {problem}
                {provider}
                {header}
                {or}
                {form}
                {none}
            </div>
            {languages(None)}
        </main>
    }
    .into_any()
}

/// The ways in for a window that a frame has opened. A provider comes back to `to`; `done` is told of whoever signs in with
/// a password. With `prove` only what proves something.
pub(crate) fn in_window(to: &str, prove: bool, name: String, done: Callback<()>) -> AnyView {
    let ways = store::<Session>().ways();
    let address = paths::provider(to, prove);
    let provider = ways.provider.as_deref().map(|name| ways::provider_link(name, move || address.clone()));
    let header = ways.header.as_deref().filter(|_| !prove).map(|name| by_header(name, false));
    let others = provider.is_some() || header.is_some();
    let form = ways.local.then(|| view! { <SignInForm name primary=!others done /> }.into_any());
    let none = (!others && !ways.local).then(|| view! { <p>{t("sign_in.elsewhere")}</p> }.into_any());
    view! {
        {provider}
        {header}
        {form}
        {none}
    }
    .into_any()
}

/// What a window shows that was opened for signing in, until it is closed. It tells the window that waits.
pub(crate) fn done() -> AnyView {
    other_windows::tell();
    request_animation_frame(|| drop(window().close()));
    view! {
        <main class="sign-in">
            <div class="sign-in-card">
                <p class="brand">{icon(Icon::Key)} {t("app.name")}</p>
                <Heading text=t("ended.done") />
                <p>{t("sign_in.close")}</p>
                <p>
                    <a href=paths::start()>{t("sign_in.on")}</a>
                </p>
            </div>
        </main>
    }
    .into_any()
}

/// A sentence for what the server says that went wrong on the way to the provider and back.
fn refusal(problem: &str, id: Option<String>) -> AnyView {
    let sentence = find(&format!("refusal.{problem}")).unwrap_or(t("refusal.refused"));
    let is_ours = |id: &String| !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let id =
        id.filter(is_ours).map(|id| view! { <p class="quiet id">{t("problem.request_id")} " " {id}</p> }.into_any());
    view! {
        <div class="summary" role="alert">
            <p>{sentence}</p>
            {id}
        </div>
    }
    .into_any()
}
