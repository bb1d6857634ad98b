//! Pages whose code comes in a file of its own (docs/decisions/010-parts.md): only who opens them waits for it. The rest
//! of the console may use nothing below a part but through its function here. Must not know what a page shows.

#![expect(unsafe_code, reason = "the macro declares functions of another file; only the splitter can promise that they are there")]

use futures_util::FutureExt;
use leptos::leptos_dom::helpers::request_idle_callback;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::{Heading, bulk};
use crate::api;
use crate::paths::Place;
use crate::stores::Load;
use crate::ui::erase::live;
use crate::ui::problem::Problem;
use crate::ui::skeleton::skeleton;
use crate::words::t;

/// Whatever is at a place of bulk jobs.
#[wasm_split(bulk, wasm_split_path = leptos::wasm_split, preload(fetch), fallible)]
fn view(at: Place) -> Result<AnyView, SplitLoaderError> {
    Ok(bulk::view(at))
}

/// Asks for the part when the browser has nothing better to do. What goes wrong is said to whoever opens it.
pub(super) fn fetch_when_idle() {
    request_idle_callback(|| api::spawn(async { drop(fetch().await) }));
}

/// The page at a place of the part: at once when the part is here, else as soon as it has come.
pub(super) fn page(at: Place) -> AnyView {
    if let Some(Ok(page)) = view(at.clone()).now_or_never() {
        return page;
    }
    let load = RwSignal::new(Load::Loading);
    let ask = move || {
        load.set(Load::Loading);
        api::spawn(async move {
            load.set(if fetch().await.is_ok() { Load::Ready } else { Load::Failed(api::Failure::default()) });
        });
    };
    ask();
    let content = live(move || match load.get() {
        Load::Ready => view(at.clone()).now_or_never().and_then(Result::ok).unwrap_or_else(|| ().into_any()),
        Load::Failed(_) => view! {
            <div class="head">
                <Heading text=t("app.name") />
            </div>
            <div class="body">
                <Problem sentence=t("part.failed").to_owned() retry=Some(Callback::new(move |()| ask())) />
            </div>
        }
        .into_any(),
        Load::Idle | Load::Loading => view! { <div class="body">{skeleton(t("loading"), 6)}</div> }.into_any(),
    });
    content.into_any()
}
