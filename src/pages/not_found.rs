//! The page for an address where nothing is, or nothing that this account may open. Says only what the role allows; what
//! is there stays unsaid.

use leptos::prelude::*;

use super::Heading;
use crate::paths;
use crate::ui::view;
use crate::words::t;

/// Says so, and where to go from here.
#[component]
pub(crate) fn NotFoundPage(
    /// Whether there is a place, but not for this account.
    closed: bool,
) -> AnyView {
    let (title, sentence) = if closed {
        (t("not_allowed.title"), t("failure.no_operation"))
    } else {
        (t("not_found.title"), t("not_found.sentence"))
    };
    view! {
        <div class="head">
            <Heading text=title />
        </div>
        <div class="body">
            <p>{sentence}</p>
            <p>
                <a href=paths::start()>{t("not_found.start")}</a>
            </p>
        </div>
    }
    .into_any()
}
