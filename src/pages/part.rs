//! Code that comes in a file of its own (docs/decisions/010-parts.md): only who opens what it shows waits for it. Says so
//! when it cannot come. Must not know what a part shows.

use std::future::Future;
use std::pin::Pin;

use futures_util::FutureExt;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use super::Heading;
use crate::api;
use crate::ui::erase::live;
use crate::ui::problem::Problem;
use crate::ui::skeleton::skeleton;
use crate::words::t;

/// What a function of a part answers; when the part is here, at once.
pub(super) type Soon<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// How far a part has come.
#[derive(Clone, Copy, PartialEq)]
enum Coming {
    OnItsWay,
    Here,
    Failed,
}

/// What a part shows, as a whole page or inside one: at once when the part is here, else as soon as `fetch` has brought
/// it. What is shown is made where it will stand, not when the part comes: only there it finds its stores.
pub(super) fn shown(
    is_page: bool,
    fetch: fn() -> Soon<()>,
    view: impl Fn() -> Soon<AnyView> + Send + 'static,
) -> AnyView {
    if let Some(Ok(view)) = view().now_or_never() {
        return view;
    }
    let coming = RwSignal::new(Coming::OnItsWay);
    let ask = Callback::new(move |()| {
        coming.set(Coming::OnItsWay);
        api::spawn(async move {
            let came = fetch().await;
            coming.try_set(if came.is_ok() { Coming::Here } else { Coming::Failed });
        });
    });
    ask.run(());
    let content = live(move || match coming.get() {
        Coming::Here => match view().now_or_never() {
            Some(Ok(view)) => view,
            _ => waiting(),
        },
        Coming::OnItsWay => waiting(),
        Coming::Failed => failed(is_page, ask),
    });
    content.into_any()
}

/// What a function of a part answers with.
#[expect(
    clippy::unnecessary_wraps,
    reason = "fetching the part can fail, which only what the macro writes around it knows"
)]
pub(super) fn made(view: AnyView) -> Result<AnyView, SplitLoaderError> {
    Ok(view)
}

fn waiting() -> AnyView {
    view! { <div class="body">{skeleton(t("loading"), 6)}</div> }.into_any()
}

fn failed(is_page: bool, ask: Callback<()>) -> AnyView {
    let head = is_page.then(|| {
        view! {
            <div class="head">
                <Heading text=t("app.name") />
            </div>
        }
        .into_any()
    });
    view! {
        {head}
        <div class="body">
            <Problem sentence=t("part.failed").to_owned() retry=Some(ask) />
        </div>
    }
    .into_any()
}
