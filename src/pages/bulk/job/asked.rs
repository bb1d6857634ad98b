//! What is asked before something is done with a job: what will happen to how many rows, and a typed number where they are
//! many. Must not do it itself: the store does.

use leptos::prelude::*;
use roomkey_schema::job::Job;
use web_sys::{Blob, HtmlSelectElement};

use super::super::said;
use crate::pages::Trouble;
use crate::pages::trouble::vendor_name;
use crate::paths;
use crate::stores::{JobStore, Load, PlaceStore, store};
use crate::ui::busy_button::BusyButton;
use crate::ui::dialog::Dialog;
use crate::ui::element::{by_id, focus};
use crate::ui::erase::{attr, flag, live, on};
use crate::ui::save::save;
use crate::ui::toast::Toasts;
use crate::ui::view;
use crate::words::{number, t, tf, tn};

/// Above so many rows their number has to be typed.
const MANY: u64 = 10;

const TYPED: &str = "job-typed";
const FORMAT: &str = "job-format";
const FAULT: &str = "job-fault";

/// What is asked about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Question {
    Start,
    Cancel,
    Delete,
    HandOver,
}

/// The dialog for all of them.
pub(super) fn dialog(job: JobStore, asking: RwSignal<Option<Question>>) -> AnyView {
    let open = Signal::derive(move || asking.with(Option::is_some));
    let close = Callback::new(move |()| asking.set(None));
    let title = Signal::derive(move || match asking.get() {
        Some(Question::Start) => tn("job.start_title", job.now().counts.pending),
        Some(Question::Cancel) => t("job.cancel_title").to_owned(),
        Some(Question::Delete) => t("job.delete_title").to_owned(),
        Some(Question::HandOver) => t("job.hand_over_title").to_owned(),
        None => String::new(),
    });
    let (place, toasts) = (store::<PlaceStore>(), Toasts::here());
    view! {
        <Dialog open title on_close=close>
            {asking.get_untracked().map(|question| inside(job, question, close, place, toasts))}
        </Dialog>
    }
    .into_any()
}

fn inside(job: JobStore, question: Question, close: Callback<()>, place: PlaceStore, toasts: Toasts) -> AnyView {
    let now = job.now();
    let typed = RwSignal::new(String::new());
    let fault = RwSignal::new(String::new());
    let field = field(question, &now, typed, fault);
    let done = Callback::new(move |()| {
        close.run(());
        match question {
            Question::Delete => place.go(&paths::jobs()),
            Question::HandOver => toasts.say(t("job.handed_over").to_owned()),
            Question::Start | Question::Cancel => {}
        }
    });
    let rows = now.counts.pending;
    let go = Callback::new(move |()| {
        let wrong = wrong(question, rows, &typed.get_untracked());
        fault.set(wrong.clone().unwrap_or_default());
        if wrong.is_some() {
            return focus(TYPED);
        }
        match question {
            Question::Start => job.act("start", done),
            Question::Cancel => job.act("cancel", done),
            Question::Delete => job.delete(done),
            Question::HandOver => job.hand_over(typed.get_untracked(), format(), save_values, done),
        }
    });
    let trouble = live(move || match job.acting() {
        Load::Failed(failure) => view! { <Trouble failure /> }.into_any(),
        _ => ().into_any(),
    });
    let busy = Memo::new(move |_| job.acting() == Load::Loading);
    let (label, class) = match question {
        Question::Start => (t("job.start_do"), "primary"),
        Question::Cancel => (t("job.cancel_do"), "danger"),
        Question::Delete => (t("job.delete_do"), "danger"),
        Question::HandOver => (t("job.hand_over_do"), "primary"),
    };
    view! {
        <div class="dialog-body">{trouble} <p>{text(question, &now)}</p> {field}</div>
        <footer>
            <button type="button" class="plain" on:click=on(move |_| close.run(()))>
                {t("job.back")}
            </button>
            <BusyButton label busy_label=t("action.busy") busy class on_press=go />
        </footer>
    }
    .into_any()
}

/// What will happen.
fn text(question: Question, job: &Job) -> String {
    let rows = tn("job.rows", job.counts.pending);
    match question {
        Question::Start => {
            let values = [("rows", &*rows), ("title", &*job.title), ("vendor", &*vendor_name(&job.vendor))];
            let mut sentences = vec![tf("job.start_text", &values)];
            if job.counts.invalid > 0 {
                sentences.push(tn("job.start_without", job.counts.invalid));
            }
            if let Some(estimate) = &job.estimate {
                sentences.push(tf("job.start_time", &[("time", &said::estimate(estimate))]));
            }
            sentences.join(" ")
        }
        Question::Cancel => tf("job.cancel_text", &[("rows", &rows)]),
        Question::Delete => t("job.delete_text").to_owned(),
        Question::HandOver => t("job.hand_over_text").to_owned(),
    }
}

/// What has to be typed for it, if anything.
fn field(question: Question, job: &Job, typed: RwSignal<String>, fault: RwSignal<String>) -> Option<AnyView> {
    let rows = job.counts.pending;
    let label = match question {
        Question::Start if rows > MANY => tf("job.type_rows", &[("n", &number(rows))]),
        Question::HandOver => t("job.reason").to_owned(),
        _ => return None,
    };
    let formats = (question == Question::HandOver).then(|| {
        view! {
            <div class="field">
                <label for=FORMAT>{t("job.format")}</label>
                <select id=FORMAT>
                    <option value="xlsx">{t("format.xlsx")}</option>
                    <option value="csv">{t("format.csv")}</option>
                </select>
            </div>
        }
        .into_any()
    });
    let is_wrong = move || !fault.read().is_empty();
    let field = view! {
        <div class="job-asked">
            <div class="field">
                <label for=TYPED>{label}</label>
                <input
                    id=TYPED
                    class="text"
                    type="text"
                    autocomplete="off"
                    aria-invalid=attr(move || is_wrong().then_some("true"))
                    aria-describedby=FAULT
                    prop:value=live(move || typed.get())
                    on:input=on(move |event| typed.set(event_target_value(&event)))
                />
                <p class="fault" id=FAULT hidden=flag(move || !is_wrong())>
                    {live(move || fault.get())}
                </p>
            </div>
            {formats}
        </div>
    };
    Some(field.into_any())
}

/// Why what was typed will not do.
fn wrong(question: Question, rows: u64, typed: &str) -> Option<String> {
    match question {
        // However the reader's language groups digits.
        Question::Start if rows > MANY => {
            let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
            (digits != rows.to_string()).then(|| tf("job.type_wrong", &[("n", &number(rows))]))
        }
        Question::HandOver => typed.trim().is_empty().then(|| t("job.reason_missing").to_owned()),
        _ => None,
    }
}

fn format() -> &'static str {
    let chosen = by_id::<HtmlSelectElement>(FORMAT).map(|select| select.value());
    if chosen.as_deref() == Some("csv") { "csv" } else { "xlsx" }
}

fn save_values(file: &Blob, format: &'static str) {
    save(file, &format!("{}.{format}", t("job.file")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_want_their_number_typed_and_few_do_not() {
        assert_eq!(wrong(Question::Start, MANY, ""), None);
        assert!(wrong(Question::Start, 3_201, "").is_some() && wrong(Question::Start, 3_201, "320").is_some());
        for typed in ["3201", "3,201", "3.201", " 3 201 "] {
            assert_eq!(wrong(Question::Start, 3_201, typed), None, "{typed}");
        }
        assert!(wrong(Question::HandOver, 1, " ").is_some());
        assert_eq!(wrong(Question::HandOver, 1, "Ticket 7"), None);
        assert_eq!(wrong(Question::Cancel, 3_201, ""), None);
    }

    #[test]
    fn start_says_what_will_happen_to_how_many() {
        let counts = roomkey_schema::job::Counts { pending: 3_201, invalid: 13, ..Default::default() };
        let job = Job { title: "Host PINs".into(), vendor: "webex".into(), counts, ..Job::default() };
        let said = text(Question::Start, &job);
        assert!(said.contains("3201 rows") && said.contains("Webex") && said.contains("13 rows"), "{said}");
    }
}
