//! How far a job has come: numbers, a bar, the time left, and why it stands still. Changes are said aloud now and then,
//! not with every number. Must not do anything to the job.

use js_sys::Date;
use leptos::prelude::*;
use roomkey_schema::job::{Job, JobState};

use super::super::{said, tag};
use crate::stores::JobStore;
use crate::ui::element::focus;
use crate::ui::erase::{Live, attr, effect, flag, live};
use crate::ui::moment::moment;
use crate::ui::view;
use crate::words::{t, tf, tn};

const ID: &str = "job-state";

/// How often progress is said aloud, at most.
const PAUSE_MS: f64 = 10_000.0;

/// The part of the page.
pub(super) fn view(job: JobStore) -> AnyView {
    let state = move || job.get().state;
    effect(move || {
        state();
        request_animation_frame(keep_focus);
    });
    let bar = view! {
        <progress
            aria-label=t("jobs.progress")
            max=live(move || Some(job.get().counts.sendable().max(1).to_string()))
            value=live(move || {
                let job = job.get();
                (job.state != JobState::Checking).then(|| said::sent(&job.counts).to_string())
            })
            hidden=flag(move || matches!(state(), JobState::Ready | JobState::Unchecked))
        ></progress>
    };
    view! {
        <div class="job-state" id=ID tabindex="-1">
            {live(move || tag(said::job_state(state())))}
            <b>{live(move || numbers(&job.get()))}</b>
            <span class="quiet">{live(move || outcome(&job.get()))}</span>
            <span class="quiet time-left">{live(move || time(&job.get()))}</span>
        </div>
        {bar.into_any()}
        <p class="job-reason" hidden=attr(move || reason(&job.get()).is_empty().then_some(""))>
            {live(move || reason(&job.get()))}
        </p>
        <p class="visually-hidden" role="status">
            {spoken(job)}
        </p>
    }
    .into_any()
}

/// Doing something to the job takes the button away that had the focus: it goes here instead of being lost.
fn keep_focus() {
    if document().active_element().is_none_or(|element| element.tag_name() == "BODY") {
        focus(ID);
    }
}

fn numbers(job: &Job) -> String {
    match job.state {
        JobState::Checking if job.counts.all() == 0 => t("job.checking").to_owned(),
        JobState::Checking => tn("job.checked", job.counts.all()),
        JobState::Unchecked => String::new(),
        JobState::Ready => said::checked(&job.counts),
        _ => said::progress(&job.counts),
    }
}

fn outcome(job: &Job) -> String {
    match job.state {
        JobState::Checking | JobState::Unchecked | JobState::Ready => String::new(),
        _ => said::outcome(&job.counts),
    }
}

fn time(job: &Job) -> String {
    match (job.state, &job.estimate) {
        (JobState::Ready, Some(estimate)) => said::estimate(estimate),
        (JobState::Running | JobState::Paused, Some(estimate)) => said::left(estimate),
        _ => String::new(),
    }
}

/// Why it stands still, and when it goes on by itself.
fn reason(job: &Job) -> String {
    let goes_on = job.resumes_at.as_ref().filter(|_| job.state == JobState::Paused);
    let goes_on = goes_on.map(|at| tf("job.goes_on", &[("when", &moment(at))]));
    let parts = [Some(job.reason.clone()).filter(|reason| !reason.is_empty()), goes_on];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What is said aloud: a new state at once, numbers now and then.
fn spoken(job: JobStore) -> Live<String> {
    let text = RwSignal::new(String::new());
    let last = StoredValue::new((JobState::default(), Date::now()));
    effect(move || {
        let job = job.get();
        let (state, at) = last.get_value();
        if state != job.state || Date::now() - at > PAUSE_MS {
            last.set_value((job.state, Date::now()));
            let parts = [said::job_state(job.state).1.to_owned(), numbers(&job), outcome(&job), reason(&job)];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            text.set(parts.collect::<Vec<_>>().join(", "));
        }
    });
    live(move || text.get())
}
