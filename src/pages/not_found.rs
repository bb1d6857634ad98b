//! The page for an address where nothing is.

use leptos::prelude::*;

use super::Heading;
use crate::paths;
use crate::words::t;

/// Says so, and where to go from here.
#[component]
pub(crate) fn NotFoundPage() -> AnyView {
    view! {
        <div class="head">
            <Heading text=t("not_found.title") />
        </div>
        <div class="body">
            <p>{t("not_found.sentence")}</p>
            <p>
                <a href=paths::start()>{t("not_found.start")}</a>
            </p>
        </div>
    }
    .into_any()
}
