//! A failure as a person sees it on a page: from `api::Failure` to the plain text that `ui::problem` takes.

use js_sys::Date;
use leptos::prelude::*;

use crate::api::Failure;
use crate::ui::problem::Problem;
use crate::ui::view;
use crate::words::{find, t};

/// What happened, what to quote, and trying again.
#[component]
pub(crate) fn Trouble(
    /// What happened.
    failure: Failure,
    /// Tries again.
    #[prop(optional)]
    retry: Option<Callback<()>>,
) -> AnyView {
    let retry_at_ms = failure.retry_at().map(Date::parse).filter(|ms| ms.is_finite());
    // What is not there or not allowed does not come to be by asking again.
    let retry = retry.filter(|_| !matches!(failure.status(), 403 | 404));
    view! { <Problem sentence=failure.sentence().to_owned() facts=facts(&failure) retry retry_at_ms /> }.into_any()
}

/// What to quote to whoever helps.
pub(crate) fn facts(failure: &Failure) -> Vec<(String, String)> {
    let vendor_code = failure.vendor_code().map(|code| match failure.vendor().map(vendor_name) {
        Some(vendor) => format!("{vendor} {code}"),
        None => code.to_owned(),
    });
    [
        (t("problem.vendor_code"), vendor_code),
        (t("problem.request_id"), failure.request_id().map(str::to_owned)),
        (t("problem.tracking_id"), failure.tracking_id().map(str::to_owned)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect()
}

/// What people call a vendor; its id when nobody has said.
pub(crate) fn vendor_name(id: &str) -> String {
    find(&format!("vendor.{id}")).unwrap_or(id).to_owned()
}
