//! The ways to sign in that need no password here: at a provider, or as whom a reverse proxy names.

use leptos::prelude::*;
use roomkey_schema::session::Way;

use super::super::Trouble;
use super::SignInForm;
use crate::api::Failure;
use crate::paths;
use crate::stores::{PlaceStore, Session, store};
use crate::ui::busy_button::BusyButton;
use crate::ui::erase::{live, on};
use crate::ui::view;
use crate::words::{t, tf};

/// Large enough for a provider's page.
const WINDOW: &str = "popup,width=520,height=700";

/// A link to the provider, which comes back to where the person wanted to go. The browser goes there: it is no place of the
/// console.
pub(super) fn to_provider(name: &str) -> AnyView {
    let place = store::<PlaceStore>();
    let address = move || {
        let to = paths::return_to(&place.raw_query());
        // A window that was opened for signing in again has to prove something.
        paths::provider(&to, to == paths::signed_in())
    };
    provider_link(name, address)
}

/// A link to the provider by an address.
pub(super) fn provider_link(name: &str, address: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    view! {
        <a class="button primary" href=live(address)>
            {tf("sign_in.with", &[("name", name)])}
        </a>
    }
    .into_any()
}

/// A button to go on as whom the proxy names, pressed by itself with `at_once`.
pub(crate) fn by_header(name: &str, at_once: bool) -> AnyView {
    let session = store::<Session>();
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let press = Callback::new(move |()| {
        busy.set(true);
        failure.set(None);
        crate::api::spawn(async move {
            if let Err(because) = session.sign_in_by_header().await {
                busy.try_set(false);
                failure.try_set(Some(because));
            }
        });
    });
    if at_once {
        press.run(());
    }
    let trouble = live(move || match failure.get() {
        Some(failure) => view! { <Trouble failure /> }.into_any(),
        None => ().into_any(),
    });
    view! {
        {trouble}
        <BusyButton
            label=tf("sign_in.as", &[("name", name)])
            busy_label=t("sign_in.busy")
            busy
            class="primary"
            on_press=press
        />
    }
    .into_any()
}

/// The way in which the person of an open page has signed in, once more. With `proving` only what proves something.
pub(crate) fn again(proving: bool) -> AnyView {
    let session = store::<Session>();
    let Some(me) = untrack(|| session.me()) else { return ().into_any() };
    let ways = session.ways();
    match (me.way, ways.provider, ways.header) {
        (Way::Password, ..) => view! { <SignInForm name=me.name primary=true /> }.into_any(),
        (Way::Provider, Some(name), _) => in_a_window(&name, proving),
        (Way::Header, _, Some(name)) if !proving => by_header(&name, false),
        (Way::Header, ..) if proving => view! { <p>{t("ended.no_proof")}</p> }.into_any(),
        // What there was is not offered any more: from the beginning.
        _ => view! {
            <p>
                <a class="button primary" target="_self" href=paths::sign_in(&paths::start())>
                    {t("sign_in.title")}
                </a>
            </p>
        }
        .into_any(),
    }
}

/// A window with the provider's page, which closes when it is done; the page below is told then.
fn in_a_window(name: &str, prove: bool) -> AnyView {
    let blocked = RwSignal::new(false);
    let open = move |_| {
        let to = paths::provider(&paths::signed_in(), prove);
        let opened = window().open_with_url_and_target_and_features(&to, "_blank", WINDOW);
        blocked.set(!matches!(opened, Ok(Some(_))));
    };
    let said = live(move || if blocked.get() { t("ended.blocked").to_owned() } else { t("ended.window").to_owned() });
    view! {
        <button type="button" class="primary" autofocus=true on:click=on(open)>
            {tf("sign_in.with", &[("name", name)])}
        </button>
        <p class="quiet" role="status">
            {said}
        </p>
    }
    .into_any()
}
