//! Before a reset: for whom and what, when it will work, making a value up or choosing one, and what went wrong. What was
//! typed stays, whatever goes wrong. Must not send by itself: `place::send` does.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use roomkey_schema::{Node, Shape, pin};
use serde_json::Value;

use crate::api::Failure;
use crate::pages::Trouble;
use crate::pages::place::action::Progress;
use crate::pages::place::send;
use crate::stores::reset::{Done, Wanted};
use crate::stores::{Load, ResetStore};
use crate::ui::busy_button::BusyButton;
use crate::ui::chance;
use crate::ui::element::focus;
use crate::ui::erase::{attr, flag, live, on};
use crate::ui::toast::Toasts;
use crate::ui::view;
use crate::words::{t, tf, tn};

const FIELD: &str = "reset-value";
const FAULT: &str = "reset-fault";
const GO: &str = "reset-go";

/// What is being asked.
#[derive(Clone)]
pub(super) struct Asking {
    reset: ResetStore,
    wanted: Wanted,
    /// The rule, with the length that holds here.
    node: Node,
    /// Whether the person chooses the value.
    chooses: RwSignal<bool>,
    typed: RwSignal<String>,
    /// Whether it was tried with what is typed: an empty field is no fault before.
    tried: RwSignal<bool>,
    progress: Progress,
    toasts: Toasts,
}

impl Asking {
    pub(super) fn new(reset: ResetStore, wanted: Wanted) -> Self {
        let mut node = wanted.reset.node();
        node.settle(&|name| wanted.params.get(name).map(String::as_str));
        Self {
            reset,
            wanted,
            node,
            chooses: RwSignal::new(false),
            typed: RwSignal::new(String::new()),
            tried: RwSignal::new(false),
            progress: Progress::new(),
            toasts: Toasts::here(),
        }
    }

    /// What is wrong with what is typed.
    fn fault(&self) -> String {
        let typed = self.typed.get();
        if typed.is_empty() && !self.tried.get() {
            return String::new();
        }
        let faults = self.node.check(&Value::from(typed));
        faults.iter().map(|fault| fault.violation.sentence()).collect::<Vec<_>>().join(" ")
    }

    /// Sends what was chosen, or what is made up now. What was sent before and may work is sent again.
    fn go(&self) {
        // What was refused would be refused again.
        let is_open = matches!(untrack(|| self.reset.load_state()), Load::Failed(failure) if leaves_open(&failure));
        let pending = if is_open { self.reset.pending() } else { String::new() };
        let value = if self.chooses.get_untracked() {
            self.tried.set(true);
            if !untrack(|| self.fault()).is_empty() {
                return focus(FIELD);
            }
            self.typed.get_untracked()
        } else if pending.is_empty() {
            let Some(value) = fresh(&self.node) else { return self.toasts.warn(t("reset.no_chance").to_owned()) };
            value
        } else {
            pending
        };
        let Some(round) = self.reset.begin(&value) else { return };
        let asking = self.clone();
        crate::api::spawn(async move {
            let outcome = send::reset(&asking.wanted, &value, asking.progress).await;
            asking.ended(round, outcome);
        });
    }

    fn ended(&self, round: u32, outcome: Result<Done, Failure>) {
        let (went_well, toasts) = (outcome.is_ok(), self.toasts);
        if let Err(late) = self.reset.ended(round, outcome) {
            // The dialog was closed meanwhile: what came of it is said all the same, but for the value.
            let values = [("label", self.wanted.reset.label.as_str()), ("name", self.wanted.name.as_str())];
            match late {
                Ok(_) => toasts.warn(tf("reset.late", &values)),
                Err(failure) => toasts.warn(failure.sentence().to_owned()),
            }
        }
        if went_well {
            // Whoever asked may be gone.
            self.wanted.done.try_run(());
        } else {
            request_animation_frame(|| focus(GO));
        }
    }
}

/// A value by the rule.
fn fresh(node: &Node) -> Option<String> {
    let Shape::Text { min, max, pin: Some(rule), .. } = &node.shape else { return None };
    pin::fresh(rule, *min, *max, &mut chance::byte)
}

/// What a value that is made up looks like.
fn policy(node: &Node) -> String {
    let Shape::Text { pin: Some(rule), .. } = &node.shape else { return String::new() };
    let length = fresh(node).map(|value| value.chars().count() as u64).unwrap_or_default();
    tn(if rule.letters { "reset.of_letters" } else { "reset.of_digits" }, length)
}

/// The inside of the dialog.
pub(super) fn view(asking: Asking) -> AnyView {
    let reset = asking.reset;
    let (chooses, progress) = (asking.chooses, asking.progress);
    let busy = Memo::new(move |_| reset.load_state() == Load::Loading);
    let trouble = live(move || match reset.load_state() {
        Load::Failed(failure) => {
            let open = leaves_open(&failure).then(|| view! { <p>{t("reset.not_shown")}</p> }.into_any());
            view! {
                <Trouble failure />
                {open}
            }
            .into_any()
        }
        _ => ().into_any(),
    });
    let text = format!("{}. {}", asking.wanted.about, asking.wanted.reset.help);
    let policy = policy(&asking.node);
    let go = Callback::new({
        let asking = asking.clone();
        move |()| asking.go()
    });
    let label = Signal::derive(move || match (chooses.get(), reset.load_state()) {
        (_, Load::Failed(_)) => t("reset.again").to_owned(),
        (true, _) => t("reset.set").to_owned(),
        (false, _) => t("reset.generate").to_owned(),
    });
    let other = live(move || t(if chooses.get() { "reset.generate_instead" } else { "reset.choose" }).to_owned());
    let switch = move |_| {
        chooses.update(|chooses| *chooses = !*chooses);
        let chooses = chooses.get_untracked();
        request_animation_frame(move || focus(if chooses { FIELD } else { GO }));
    };
    // `autofocus` would be taken by the cross above.
    request_animation_frame(|| focus(GO));
    view! {
        <div class="dialog-body">
            {trouble} <p>{text}</p> <p class="quiet" hidden=flag(move || chooses.get())>
                {policy}
            </p> <div class="field" hidden=flag(move || !chooses.get())>
                {field(&asking, go)}
            </div> <p class="quiet" role="status">
                {live(move || progress.said.get())}
            </p>
        </div>
        <footer>
            <button type="button" class="plain" on:click=on(move |_| reset.close())>
                {t("action.cancel")}
            </button>
            <button type="button" hidden=flag(move || busy.get()) on:click=on(switch)>
                {other}
            </button>
            <BusyButton id=GO label busy_label=t("reset.busy") busy class="primary" on_press=go />
        </footer>
    }
    .into_any()
}

/// Where a value is typed, with what is wrong with it.
fn field(asking: &Asking, go: Callback<()>) -> AnyView {
    let (typed, asked) = (asking.typed, asking.clone());
    let fault = Memo::new(move |_| asked.fault());
    let is_digits = matches!(&asking.node.shape, Shape::Text { pin: Some(rule), .. } if !rule.letters);
    let enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            go.run(());
        }
    };
    view! {
        <label for=FIELD>{asking.wanted.reset.label.clone()}</label>
        <input
            id=FIELD
            class="text"
            type="text"
            inputmode=if is_digits { "numeric" } else { "text" }
            autocomplete="off"
            spellcheck="false"
            aria-invalid=attr(move || (!fault.get().is_empty()).then_some("true"))
            aria-describedby=FAULT
            prop:value=live(move || typed.get())
            on:input=on(move |event| typed.set(event_target_value(&event)))
            on:keydown=on(enter)
        />
        <p class="fault" id=FAULT>
            {live(move || fault.get())}
        </p>
    }
    .into_any()
}

/// Whether nobody knows what the vendor holds now.
fn leaves_open(failure: &Failure) -> bool {
    failure.status() == 0 || failure.status() >= 500 || failure.kind() == "not_applied"
}
