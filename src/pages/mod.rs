//! The screens, and which of them is shown. Pages wire stores, forms and pieces of interface together; nothing uses
//! pages.

mod bulk;
mod connections;
mod desk;
mod embed;
mod form;
mod frame;
mod hands;
mod heading;
mod languages;
mod not_found;
mod part;
mod person;
mod place;
mod record;
mod reset;
mod reveal;
mod sessions;
mod sign_in;
mod trouble;
mod workbench;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use roomkey_schema::session::Ways;
use roomkey_schema::wire::Me;

pub(crate) use self::heading::Heading;
pub(crate) use self::trouble::Trouble;

use crate::api::Failure;
use crate::paths::{self, Place};
use crate::stores::{self, IndexStore, Load, PlaceStore, Session, store};
use crate::ui::erase::{effect, live};
use crate::ui::skeleton::skeleton;
use crate::ui::toast::{ToastRegion, Toasts};
use crate::ui::view;
use crate::words::t;

/// The whole console.
#[component]
pub(crate) fn App(
    /// The first answer to who is signed in.
    me: Result<Option<Me>, Failure>,
    /// How one can sign in.
    ways: Ways,
) -> AnyView {
    stores::provide(me, ways);
    Toasts::provide();
    fetch_soon();
    let (session, place) = (store::<Session>(), store::<PlaceStore>());
    let state = Memo::new(move |_| session.load_state());
    let signed_in = Memo::new(move |_| session.is_signed_in());
    let framed = crate::api::framed::is();
    effect(move || match (state.get(), signed_in.get(), place.get()) {
        (Load::Ready, false, Place::SignIn | Place::SignInWindow) => {}
        // In a frame one signs in where one is.
        (Load::Ready, false, _) if framed => {}
        (Load::Ready, false, _) => place.redirect(&paths::sign_in(&place.address())),
        (Load::Ready, true, Place::SignIn) => place.redirect(&paths::return_to(&place.raw_query())),
        (Load::Ready, true, Place::SignOut) if place.has_moved() => session.sign_out(),
        (Load::Ready, true, Place::SignOut) => place.redirect(&paths::start()),
        _ => {}
    });
    let restart = Callback::new(move |()| crate::api::spawn(session.restart()));
    let done = Memo::new(move |_| place.get() == Place::SignedIn);
    let whole = move || match (state.get(), signed_in.get()) {
        (Load::Ready, true) if done.get() => sign_in::done(),
        (Load::Ready, false) => view! { <sign_in::SignInPage /> }.into_any(),
        (Load::Ready, true) => view! { <frame::Frame /> }.into_any(),
        (Load::Idle | Load::Loading, _) => skeleton(t("loading"), 6),
        (Load::Failed(failure), _) => view! {
            <main class="alone">
                <Heading text=t("app.name") />
                <Trouble failure retry=restart />
            </main>
        }
        .into_any(),
    };
    // One does not go from one of these to another.
    let screen = if framed || untrack(|| place.get()) == Place::SignInWindow {
        part::shown(true, || Box::pin(fetch_embed()), move || Box::pin(embed_page(framed)))
    } else {
        live(whole).into_any()
    };
    view! {
        {screen}
        <ToastRegion />
    }
    .into_any()
}

/// What is shown at a place, inside the frame.
fn page(at: Place) -> AnyView {
    match at {
        // One does not stay at these.
        Place::SignIn | Place::SignedIn | Place::SignInWindow | Place::SignOut => ().into_any(),
        Place::Desk => part::shown(true, || Box::pin(fetch_desk()), || Box::pin(desk_page())),
        Place::Person { key } => {
            part::shown(true, || Box::pin(fetch_person()), move || Box::pin(person_page(key.clone())))
        }
        Place::Jobs | Place::NewJob | Place::Job { .. } if bulk::may_see() => {
            part::shown(true, || Box::pin(fetch_bulk()), move || Box::pin(bulk_page(at.clone())))
        }
        Place::Form { form_id } => {
            part::shown(true, || Box::pin(fetch_forms()), move || Box::pin(form_page(form_id.clone())))
        }
        at @ (Place::Record | Place::Entry { .. }) if record::may_see() => {
            part::shown(true, || Box::pin(fetch_record()), move || Box::pin(record_page(at.clone())))
        }
        Place::Jobs | Place::NewJob | Place::Job { .. } | Place::Record | Place::Entry { .. } => {
            view! { <not_found::NotFoundPage closed=true /> }.into_any()
        }
        Place::Connections => part::shown(true, || Box::pin(fetch_connections()), || Box::pin(connections_page())),
        Place::Sessions => part::shown(true, || Box::pin(fetch_sessions()), || Box::pin(sessions_page())),
        Place::Path(path) => {
            let index = store::<IndexStore>().now();
            let closed = index.closed.iter().any(|template| paths::find(template, &path).is_some());
            match place::Here::find(&index, &path) {
                Some(here) => {
                    part::shown(true, || Box::pin(fetch_places()), move || Box::pin(place_page(here.clone())))
                }
                None => view! { <not_found::NotFoundPage closed /> }.into_any(),
            }
        }
    }
}

/// The desk: what everybody opens first.
#[wasm_split(desk, wasm_split_path = leptos::wasm_split, preload(fetch_desk), fallible)]
fn desk_page() -> Result<AnyView, SplitLoaderError> {
    part::made(desk::page())
}

/// A person: where the desk leads to. Who opens one looks at places, too.
#[wasm_split(places, wasm_split_path = leptos::wasm_split, preload(fetch_person), fallible)]
fn person_page(key: String) -> Result<AnyView, SplitLoaderError> {
    part::made(person::page(key))
}

/// Whatever is at a place of bulk jobs.
#[wasm_split(bulk, wasm_split_path = leptos::wasm_split, preload(fetch_bulk), fallible)]
fn bulk_page(at: Place) -> Result<AnyView, SplitLoaderError> {
    part::made(bulk::view(at))
}

/// The connections: who looks at them looks at bulk jobs, too.
#[wasm_split(bulk, wasm_split_path = leptos::wasm_split, preload(fetch_connections), fallible)]
fn connections_page() -> Result<AnyView, SplitLoaderError> {
    part::made(connections::page())
}

/// Where one is signed in: everybody has the part with forms, for its dialogs.
#[wasm_split(forms, wasm_split_path = leptos::wasm_split, preload(fetch_sessions), fallible)]
fn sessions_page() -> Result<AnyView, SplitLoaderError> {
    part::made(sessions::page())
}

/// The record, for the same people.
#[wasm_split(bulk, wasm_split_path = leptos::wasm_split, preload(fetch_record), fallible)]
fn record_page(at: Place) -> Result<AnyView, SplitLoaderError> {
    part::made(record::view(at))
}

/// Whatever is at a place of the index.
#[wasm_split(places, wasm_split_path = leptos::wasm_split, preload(fetch_places), fallible)]
fn place_page(here: place::Here) -> Result<AnyView, SplitLoaderError> {
    part::made(place::view(here))
}

/// A form that has no place of its own.
#[wasm_split(forms, wasm_split_path = leptos::wasm_split, preload(fetch_forms), fallible)]
fn form_page(form_id: String) -> Result<AnyView, SplitLoaderError> {
    part::made(view! { <form::FormPage form_id /> }.into_any())
}

/// Whatever is shown in a frame of another page, or in the window where one signs in for it.
#[wasm_split(embed, wasm_split_path = leptos::wasm_split, preload(fetch_embed), fallible)]
fn embed_page(framed: bool) -> Result<AnyView, SplitLoaderError> {
    part::made(if framed { embed::view() } else { embed::window() })
}

/// Asks for what everybody needs who signs in. When it does not come, whoever opens it asks again, and is told.
fn fetch_soon() {
    crate::api::spawn(async {
        drop(fetch_desk().await);
        drop(fetch_places().await);
        drop(fetch_forms().await);
    });
}

/// Asks for what some will need, after all else.
fn fetch_later() {
    if bulk::may_see() {
        crate::api::spawn(async {
            drop(fetch_forms().await);
            drop(fetch_bulk().await);
        });
    }
}
