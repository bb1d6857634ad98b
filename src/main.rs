//! Mounts the console, nothing else.

#![expect(unreachable_pub, reason = "the component macro writes public items beside private components")]

mod api;
mod form;
mod pages;
mod paths;
mod stores;
mod ui;
mod words;

use futures_util::future::join3;
use leptos::leptos_dom::helpers::document;
use leptos::mount::mount_to_body;
use wasm_bindgen_futures::spawn_local;

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        show_fatal();
    }));
    spawn_local(async {
        let (words, me, ways) = join3(api::words::load(), api::session::me(), api::session::ways()).await;
        let Ok(words) = words else { return show_fatal() };
        words::set(words);
        if let Some(starting) = document().get_element_by_id("starting") {
            starting.remove();
        }
        mount_to_body(move || leptos::view! { <pages::App me ways /> });
    });
}

/// Never a blank page: what `index.html` keeps hidden for this.
fn show_fatal() {
    if let Some(fatal) = document().get_element_by_id("fatal") {
        drop(fatal.remove_attribute("hidden"));
    }
}
