//! The sign-in page. Where it goes on to is the business of `pages::App`.

mod form;

use leptos::prelude::*;

pub(crate) use self::form::SignInForm;

use super::Heading;
use super::languages::languages;
use crate::ui::icon::{Icon, icon};
use crate::ui::view;
use crate::words::t;

/// Name, password, in; and in which language.
#[component]
pub(crate) fn SignInPage() -> AnyView {
    view! {
        <main class="sign-in">
            <div class="sign-in-card">
                <p class="brand">{icon(Icon::Key)} {t("app.name")}</p>
                <Heading text=t("sign_in.title") />
                <SignInForm />
            </div>
            {languages(None)}
        </main>
    }
    .into_any()
}
