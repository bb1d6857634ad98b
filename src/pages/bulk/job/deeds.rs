//! What can be done with a job, as its state allows. What is asked before it is done stands in `asked`.

use leptos::prelude::*;
use roomkey_schema::job::{Job, JobState};

use super::super::may_run;
use super::asked::{self, Question};
use crate::api::framed;
use crate::pages::Trouble;
use crate::paths;
use crate::stores::{JobStore, Load};
use crate::ui::erase::{attr, flag, live, on};
use crate::ui::view;
use crate::words::{language, t};

/// The buttons, and the dialog that some of them open.
pub(super) fn view(job: JobStore) -> AnyView {
    let asking = RwSignal::new(None::<Question>);
    let deeds = may_run().then(|| deeds(job, asking));
    let export = |format: &str, words: &'static str| {
        // A link sends no header of ours along.
        let pairs = [("format", format), ("lang", language().as_str())];
        let href = paths::with_query(&paths::job_call(&job.now().id, "export"), &pairs);
        // Without the header the session of a frame does not count: from there a tab of its own fetches it.
        let framed = framed::is();
        view! {
            <a
                class="button"
                href=href
                download=attr(move || (!framed).then_some(""))
                target=attr(move || framed.then_some("_blank"))
                hidden=flag(move || !can_export(&job.get()))
            >
                {words}
            </a>
        }
        .into_any()
    };
    // What goes wrong while a dialog is open is said in it.
    let trouble = live(move || match (job.acting(), asking.get()) {
        (Load::Failed(failure), None) => view! { <Trouble failure /> }.into_any(),
        _ => ().into_any(),
    });
    view! {
        {trouble}
        <div class="job-deeds">{deeds} {export("csv", t("job.export_csv"))} {export("xlsx", t("job.export_xlsx"))}</div>
        {asked::dialog(job, asking)}
    }
    .into_any()
}

fn deeds(job: JobStore, asking: RwSignal<Option<Question>>) -> AnyView {
    let nothing = Callback::new(|()| {});
    let act = move |deed: &'static str| Callback::new(move |()| job.act(deed, nothing));
    let ask = move |question: Question| {
        Callback::new(move |()| {
            job.calm();
            asking.set(Some(question));
        })
    };
    let buttons = [
        ("job.start", "primary", can_start as fn(&Job) -> bool, ask(Question::Start)),
        ("job.resume", "primary", |job| job.state == JobState::Paused, act("start")),
        ("job.pause", "", |job| job.state == JobState::Running, act("pause")),
        ("job.repeat", "", can_repeat, act("repeat")),
        ("job.hand_over", "", can_hand_over, ask(Question::HandOver)),
        ("job.delete", "danger-text", can_delete, ask(Question::Delete)),
        ("job.cancel", "plain", |job| is_under_way(job.state), ask(Question::Cancel)),
    ];
    buttons
        .into_iter()
        .map(|(words, class, can, press)| button(job, t(words), class, can, press))
        .collect::<Vec<_>>()
        .into_any()
}

fn button(
    job: JobStore,
    words: &'static str,
    class: &'static str,
    can: fn(&Job) -> bool,
    press: Callback<()>,
) -> AnyView {
    let busy = move || job.acting() == Load::Loading;
    view! {
        <button
            type="button"
            class=class
            hidden=flag(move || !can(&job.get()))
            aria-disabled=attr(move || busy().then_some("true"))
            on:click=on(move |_| {
                if !untrack(busy) {
                    press.run(());
                }
            })
        >
            {words}
        </button>
    }
    .into_any()
}

fn can_start(job: &Job) -> bool {
    job.state == JobState::Ready && job.counts.pending > 0
}

fn can_repeat(job: &Job) -> bool {
    matches!(job.state, JobState::Finished | JobState::Paused) && job.counts.failed > 0
}

fn can_delete(job: &Job) -> bool {
    matches!(job.state, JobState::Ready | JobState::Unchecked)
}

fn can_hand_over(job: &Job) -> bool {
    job.handover && matches!(job.state, JobState::Finished | JobState::Cancelled)
}

fn can_export(job: &Job) -> bool {
    !matches!(job.state, JobState::Checking | JobState::Unchecked)
}

const fn is_under_way(state: JobState) -> bool {
    matches!(state, JobState::Running | JobState::Paused)
}
