//! The sign-in form, on its page and in the dialog over a page whose session has ended. What is typed lives in the
//! inputs only, where password managers put it.

use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::super::trouble;
use crate::api::Failure;
use crate::stores::{Session, store};
use crate::ui::busy_button::BusyButton;
use crate::ui::element::{by_id, focus};
use crate::ui::erase::{attr, effect, live_if, on};
use crate::ui::facts;
use crate::ui::view;
use crate::words::t;

const NAME: &str = "sign-in-name";
const PASSWORD: &str = "sign-in-password";
const SUMMARY: &str = "sign-in-summary";

/// What was wrong when the form was last sent.
#[derive(Clone, Default, PartialEq)]
struct Faults {
    name: bool,
    password: bool,
    failure: Option<Failure>,
}

/// An input, and what is said about it.
#[derive(Clone, Copy)]
struct Field {
    id: &'static str,
    fault_id: &'static str,
    label: &'static str,
    missing: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    /// Whether it has the focus to begin with.
    first: bool,
}

/// Signs in. `name` is filled in when it is known who should come back.
#[component]
pub(crate) fn SignInForm(
    /// Who was signed in.
    #[prop(optional)]
    name: String,
    /// Whether it is what one most likely wants here.
    primary: bool,
    /// Told when somebody has signed in.
    #[prop(optional)]
    done: Option<Callback<()>>,
) -> AnyView {
    let session = store::<Session>();
    let name_field = Field {
        id: NAME,
        fault_id: "sign-in-name-fault",
        label: t("sign_in.name"),
        missing: t("sign_in.name_missing"),
        kind: "text",
        autocomplete: "username",
        first: name.is_empty(),
    };
    let password_field = Field {
        id: PASSWORD,
        fault_id: "sign-in-password-fault",
        label: t("sign_in.password"),
        missing: t("sign_in.password_missing"),
        kind: "password",
        autocomplete: "current-password",
        first: !name.is_empty(),
    };
    let class = if primary { "primary" } else { "" };
    let busy = RwSignal::new(false);
    let faults = RwSignal::new(Faults::default());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let inputs = (by_id::<HtmlInputElement>(NAME), by_id::<HtmlInputElement>(PASSWORD));
        let (Some(name_input), Some(password_input)) = inputs else { return };
        let (name, password) = (name_input.value().trim().to_owned(), password_input.value());
        if name.is_empty() || password.is_empty() {
            faults.set(Faults { name: name.is_empty(), password: password.is_empty(), failure: None });
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        crate::api::spawn(async move {
            // On success the form may be gone by now.
            match session.sign_in(&name, &password).await {
                Ok(()) => {
                    if let Some(done) = done {
                        done.run(());
                    }
                }
                Err(failure) => {
                    if failure.kind() == "sign_in_failed" {
                        password_input.set_value("");
                    }
                    busy.try_set(false);
                    faults.try_set(Faults { failure: Some(failure), ..Faults::default() });
                }
            }
        });
    };
    let name_fault = Memo::new(move |_| faults.read().name);
    let password_fault = Memo::new(move |_| faults.read().password);
    view! {
        <form class="sign-in-form" method="post" novalidate on:submit=on(submit)>
            {summary(faults, name_field, password_field)}
            {input(name_field, name, name_fault)}
            {input(password_field, String::new(), password_fault)}
            <BusyButton label=t("sign_in.submit") busy_label=t("sign_in.busy") busy class submit=true />
        </form>
    }
    .into_any()
}

/// What was wrong, in one place that takes the focus.
fn summary(faults: RwSignal<Faults>, name: Field, password: Field) -> AnyView {
    effect(move || {
        if faults.get() != Faults::default() {
            request_animation_frame(|| focus(SUMMARY));
        }
    });
    let content = live_if(move || {
        let faults = faults.get();
        (faults != Faults::default()).then(|| {
            let quote = faults.failure.as_ref().filter(|failure| failure.status() >= 500).map(trouble::facts);
            let quote = quote.unwrap_or_default();
            let links = [(faults.name, name), (faults.password, password)];
            view! {
                <div class="summary" role="alert" tabindex="-1" id=SUMMARY>
                    {faults.failure.as_ref().map(|failure| view! { <p>{failure.sentence().to_owned()}</p> }.into_any())}
                    {facts::facts(quote, "")}
                    <ul>
                        {links
                            .into_iter()
                            .filter(|(missing, _)| *missing)
                            .map(|(_, field)| link(field))
                            .collect::<Vec<_>>()}
                    </ul>
                </div>
            }
            .into_any()
        })
    });
    content.into_any()
}

fn link(field: Field) -> AnyView {
    let go = move |event: MouseEvent| {
        event.prevent_default();
        focus(field.id);
    };
    view! {
        <li>
            <a href=format!("#{}", field.id) on:click=on(go)>
                {field.missing}
            </a>
        </li>
    }
    .into_any()
}

fn input(field: Field, value: String, fault: Memo<bool>) -> AnyView {
    view! {
        <div class="field">
            <label for=field.id>{field.label}</label>
            <input
                id=field.id
                class="text"
                name=field.autocomplete
                type=field.kind
                autocomplete=field.autocomplete
                autocapitalize="none"
                spellcheck="false"
                autofocus=field.first
                value=value
                aria-invalid=attr(move || fault.get().then_some("true"))
                aria-describedby=attr(move || fault.get().then_some(field.fault_id))
            />
            {live_if(move || {
                fault
                    .get()
                    .then(|| {
                        view! {
                            <p class="fault" id=field.fault_id>
                                {field.missing}
                            </p>
                        }
                            .into_any()
                    })
            })}
        </div>
    }
    .into_any()
}
