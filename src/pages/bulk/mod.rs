//! Bulk jobs: the list of them, where one is made, and one of them. Must not send anything: stores do.

mod job;
mod jobs;
mod new;
mod said;

use leptos::prelude::*;
use roomkey_schema::Role;

use super::not_found::NotFoundPage;
use crate::stores::{Session, store};
use crate::ui::view;

/// Whether this person may see bulk jobs. Does not follow: another person starts with a fresh page.
pub(super) fn may_see() -> bool {
    matches!(role(), Some(Role::Admin | Role::Auditor))
}

/// Whether this person may make and run them.
pub(super) fn may_run() -> bool {
    role() == Some(Role::Admin)
}

fn role() -> Option<Role> {
    untrack(|| store::<Session>().role())
}

/// The list.
pub(super) fn jobs() -> AnyView {
    if may_see() { jobs::view() } else { closed() }
}

/// Where one is made.
pub(super) fn new_job() -> AnyView {
    if may_run() { new::view() } else { closed() }
}

/// One of them.
pub(super) fn job(job_id: String) -> AnyView {
    if may_see() { job::view(job_id) } else { closed() }
}

fn closed() -> AnyView {
    view! { <NotFoundPage closed=true /> }.into_any()
}

/// A state as a tag: its colour and its word.
fn tag((class, word): (&'static str, &'static str)) -> AnyView {
    view! { <span class=format!("tag {class}")>{word}</span> }.into_any()
}
