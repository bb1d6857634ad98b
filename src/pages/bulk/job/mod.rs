//! One bulk job: what it is, how far it has come, what can be done with it, and its rows. Must not ask for anything: the
//! store does.

mod asked;
mod deeds;
mod progress;
mod rows;

use leptos::prelude::*;
use roomkey_schema::job::{Job, JobState};

use super::said;
use crate::pages::{Heading, Trouble};
use crate::paths;
use crate::stores::{JobStore, Load};
use crate::ui::erase::live;
use crate::ui::moment::{exact, moment};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{t, tf};

/// The page.
pub(super) fn view(job_id: String) -> AnyView {
    let job = JobStore::new(job_id);
    job.follow();
    let here = Memo::new(move |_| !job.get().id.is_empty());
    let state = Memo::new(move |_| job.load_state());
    let again = Callback::new(move |()| job.again());
    let title = Signal::derive(move || if here.get() { said::title(&job.get()) } else { t("job.page").to_owned() });
    let trouble = live(move || match state.get() {
        Load::Failed(failure) => view! { <Trouble failure retry=again /> }.into_any(),
        _ => ().into_any(),
    });
    // Made once: what is in it follows the job by itself.
    let content = live(move || match (here.get(), state.get() == Load::Loading) {
        (true, _) => view! {
            {progress::view(job)}
            {deeds::view(job)}
            {rows::view(job)}
        }
        .into_any(),
        (false, true) => skeleton(t("loading"), 6),
        (false, false) => ().into_any(),
    });
    view! {
        <div class="head">
            <nav class="crumbs" aria-label=t("place.crumbs")>
                <a href=paths::jobs()>{t("jobs.title")}</a>
            </nav>
            <Heading text=title />
            <p class="quiet counts" title=live(move || exactly(&job.get()))>
                {live(move || origin(&job.get()))}
            </p>
        </div>
        <div class="body job">{trouble} {content}</div>
    }
    .into_any()
}

/// When it began, or was made, to the second.
fn exactly(job: &Job) -> Option<String> {
    exact(job.started_at.as_deref().unwrap_or(&job.created_at))
}

/// Who began it, when, and with what.
fn origin(job: &Job) -> String {
    let values = |at: &str| [("when", moment(at)), ("by", job.by.clone()), ("file", job.file.clone())];
    let said = |key, at: &str| {
        let values = values(at);
        tf(key, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    match (&job.started_at, &job.ended_at) {
        _ if job.id.is_empty() => String::new(),
        (Some(at), None) if job.state == JobState::Running => said("job.started_goes_on", at),
        (Some(at), None) => said("job.started", at),
        (Some(at), Some(end)) => [said("job.started", at), tf("job.ended", &[("when", &moment(end))])].join(" · "),
        (None, _) => said("job.made", &job.created_at),
    }
}
