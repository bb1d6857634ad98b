//! Bulk jobs: the list of them, where one is made, and one of them. Must not send anything: stores do.

mod job;
mod jobs;
mod new;
mod said;

use leptos::prelude::*;
use roomkey_schema::Role;

use super::not_found::NotFoundPage;
use crate::paths::Place;
use crate::stores::{Session, store};
use crate::ui::view;

/// Whether this person may see bulk jobs: whoever reaches only a part of the organisation does without. Does not follow:
/// another person starts with a fresh page.
pub(super) fn may_see() -> bool {
    role().is_some()
}

/// Whether this person may make and run them.
pub(super) fn may_run() -> bool {
    matches!(role(), Some(Role::Admin | Role::Helpdesk))
}

fn role() -> Option<Role> {
    let me = untrack(|| store::<Session>().me())?;
    me.scope.is_everywhere().then_some(me.role)
}

/// What is at one of their places, for somebody who may see them.
pub(super) fn view(at: Place) -> AnyView {
    match at {
        Place::NewJob if may_run() => new::view(),
        Place::NewJob => view! { <NotFoundPage closed=true /> }.into_any(),
        Place::Job { job_id } => job::view(job_id),
        _ => jobs::view(),
    }
}

/// A state as a tag: its colour and its word.
fn tag((class, word): (&'static str, &'static str)) -> AnyView {
    view! { <span class=format!("tag {class}")>{word}</span> }.into_any()
}
