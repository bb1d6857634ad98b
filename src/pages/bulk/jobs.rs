//! The list of bulk jobs, newest first. Must not follow single rows: a job's own page does.

use leptos::prelude::*;
use roomkey_schema::job::{Job, JobState};

use super::{may_run, said, tag};
use crate::api::Abort;
use crate::pages::{Heading, Trouble};
use crate::paths;
use crate::stores::{JobsStore, Load, PlaceStore, store};
use crate::ui::erase::{live, live_if, on};
use crate::ui::moment::time;
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{number, t};

/// The page.
pub(super) fn view() -> AnyView {
    let jobs = JobsStore::new();
    jobs.follow(Abort::on_cleanup());
    let state = Memo::new(move |_| jobs.load_state());
    let none = Memo::new(move |_| jobs.get().is_empty());
    let again = Callback::new(move |()| jobs.follow(Abort::on_cleanup()));
    let empty = if may_run() { t("jobs.empty") } else { t("jobs.none") };
    let body = live(move || match (state.get(), none.get()) {
        (Load::Failed(failure), true) => view! { <Trouble failure retry=again /> }.into_any(),
        (Load::Ready, true) => view! { <p class="empty">{empty}</p> }.into_any(),
        (_, true) => skeleton(t("loading"), 6),
        (_, false) => table(jobs),
    });
    let new = may_run().then(new_button);
    view! {
        <div class="head">
            <div class="title-line">
                <Heading text=t("jobs.title") />
                {new}
            </div>
            <p class="quiet">{t("jobs.help")}</p>
        </div>
        <div class="body">{body}</div>
    }
    .into_any()
}

fn new_button() -> AnyView {
    let place = store::<PlaceStore>();
    view! {
        <button type="button" class="primary" on:click=on(move |_| place.go(&paths::new_job()))>
            {t("jobs.new")}
        </button>
    }
    .into_any()
}

fn table(jobs: JobsStore) -> AnyView {
    let rows = live_if(move || Some(jobs.get().iter().map(line).collect::<Vec<_>>().into_any()));
    let head = |words: &'static str, class: &'static str| {
        view! {
            <th scope="col" class=class>
                {words}
            </th>
        }
        .into_any()
    };
    view! {
        <table class="list jobs">
            <caption class="visually-hidden">{t("jobs.title")}</caption>
            <thead>
                <tr>
                    {head(t("jobs.job"), "")} {head(t("jobs.state"), "")} {head(t("jobs.progress"), "num")}
                    {head(t("jobs.problems"), "num")} {head(t("jobs.by"), "")} {head(t("jobs.when"), "")}
                    {head(t("jobs.file"), "")}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn line(job: &Job) -> AnyView {
    let progress = match job.state {
        JobState::Checking | JobState::Unchecked => String::new(),
        _ => said::progress(&job.counts),
    };
    let cell = |text: String, class: &'static str| view! { <td class=class>{text}</td> }.into_any();
    view! {
        <tr>
            <th scope="row">
                <a href=paths::job(&job.id)>{job.title.clone()}</a>
            </th>
            <td>{tag(said::job_state(job.state))}</td>
            {cell(progress, "num")}
            {cell(number(said::problems(&job.counts)), "num")}
            {cell(job.by.clone(), "")}
            <td>{time(&job.created_at)}</td>
            {cell(job.file.clone(), "")}
        </tr>
    }
    .into_any()
}
