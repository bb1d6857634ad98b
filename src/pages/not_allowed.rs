//! The page for a place that this account may not open. Says only what the account's role allows; what is there stays
//! unsaid.

use leptos::prelude::*;

use super::Heading;
use crate::paths;
use crate::words::t;

/// Says so, and where to go from here.
#[component]
pub(crate) fn NotAllowedPage() -> AnyView {
    view! {
        <div class="head">
            <Heading text=t("not_allowed.title") />
        </div>
        <div class="body">
            <p>{t("failure.no_operation")}</p>
            <p>
                <a href=paths::start()>{t("not_found.start")}</a>
            </p>
        </div>
    }
    .into_any()
}
