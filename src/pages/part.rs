//! Code that comes in a file of its own (docs/decisions/010-parts.md): only who opens what it shows waits for it. Says so
//! when it cannot come. Must not know what a part shows.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::FutureExt;
use leptos::leptos_dom::helpers::request_idle_callback;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use super::Heading;
use crate::api;
use crate::ui::erase::live;
use crate::ui::problem::Problem;
use crate::ui::skeleton::skeleton;
use crate::words::t;

/// What a function of a part answers: at once when the part is here.
pub(super) type Soon = Pin<Box<dyn Future<Output = Result<AnyView, SplitLoaderError>>>>;

/// How far a part has come.
#[derive(Clone, Copy, PartialEq)]
enum Coming {
    OnItsWay,
    Here,
    Failed,
}

/// Asks for a part when the browser has nothing better to do. What goes wrong is said to whoever opens it.
pub(super) fn fetch_when_idle<F: Future<Output = Result<(), SplitLoaderError>> + 'static>(fetch: fn() -> F) {
    request_idle_callback(move || api::spawn(async move { drop(fetch().await) }));
}

/// What a part shows, as a whole page or inside one: at once when the part is here, else as soon as it has come.
pub(super) fn shown(is_page: bool, view: impl Fn() -> Soon + Send + Sync + 'static) -> AnyView {
    let view: Arc<dyn Fn() -> Soon + Send + Sync> = Arc::new(view);
    if let Some(Ok(view)) = view().now_or_never() {
        return view;
    }
    let coming = RwSignal::new(Coming::OnItsWay);
    let ask = Callback::new({
        let view = Arc::clone(&view);
        move |()| {
            coming.set(Coming::OnItsWay);
            let view = view();
            api::spawn(async move {
                let is_here = view.await.is_ok();
                coming.try_set(if is_here { Coming::Here } else { Coming::Failed });
            });
        }
    });
    ask.run(());
    let content = live(move || match (coming.get(), view().now_or_never()) {
        (_, Some(Ok(view))) => view,
        (Coming::OnItsWay | Coming::Here, _) => view! { <div class="body">{skeleton(t("loading"), 6)}</div> }.into_any(),
        (Coming::Failed, _) => {
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
    });
    content.into_any()
}
