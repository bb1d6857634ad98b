//! What does not come from a column: what is chosen once for the whole job, values that are generated, and values that are
//! the same for every row. Must not judge them: the dry run does.

use leptos::prelude::*;
use roomkey_schema::job::JobField;

use crate::stores::DraftStore;
use crate::stores::draft::plan::{Given, Plan};
use crate::ui::element::focus;
use crate::ui::erase::{effect, flag, live, live_if, on};
use crate::ui::view;
use crate::words::{t, tf};

const ADD: &str = "setting-add";
/// Between keys that are followed as one.
const BETWEEN: &str = "\u{1f}";

/// The part of the page; nothing where the kind has no such thing.
pub(super) fn view(draft: DraftStore) -> AnyView {
    let kind_id = Memo::new(move |_| draft.plan().kind.id);
    live(move || {
        kind_id.get();
        let plan = draft.plan_now();
        let options = plan.kind.options.iter().enumerate().map(|(at, field)| option(draft, at, field));
        let options = options.collect::<Vec<_>>();
        let generate = plan.kind.generate.is_some().then(|| generate(draft));
        let given = (!plan.kind.fields.is_empty()).then(|| given(draft));
        view! {
            <section class="new-job-part">
                <h2>{t("new_job.values")}</h2>
                {options}
                {generate}
                {given}
            </section>
        }
        .into_any()
    })
    .into_any()
}

/// Something that is chosen once.
fn option(draft: DraftStore, at: usize, field: &JobField) -> AnyView {
    let (id, help_id) = (format!("option-{at}"), format!("option-{at}-help"));
    let (own, typed) = (field.key.clone(), field.key.clone());
    view! {
        <div class="field">
            <label for=id.clone()>{field.label.clone()}</label>
            <input
                type="text"
                class="text"
                autocomplete="off"
                id=id
                aria-describedby=help_id.clone()
                prop:value=live(move || draft.plan().options.get(&own).cloned().unwrap_or_default())
                on:input=on(move |event| {
                    let text = event_target_value(&event);
                    draft
                        .change(|plan| {
                            plan.options.insert(typed.clone(), text);
                        });
                })
            />
            <p class="help" id=help_id>
                {field.help.clone()}
            </p>
        </div>
    }
    .into_any()
}

/// Whether the new values come from a column or are generated.
fn generate(draft: DraftStore) -> AnyView {
    let choice = |generated: bool, id: &'static str, words: &'static str| {
        view! {
            <label class="choice" for=id>
                <input
                    type="radio"
                    name="generate"
                    id=id
                    prop:checked=live(move || draft.plan().generate == generated)
                    on:change=on(move |_| draft.change(|plan| plan.set_generate(generated)))
                />
                {words}
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset>
            <legend>{t("new_job.generate")}</legend>
            {choice(false, "generate-no", t("new_job.generate_no"))}
            {choice(true, "generate-yes", t("new_job.generate_yes"))}
            <label class="choice" for="unique" hidden=flag(move || !draft.plan().generate)>
                <input
                    type="checkbox"
                    id="unique"
                    prop:checked=live(move || draft.plan().unique)
                    on:change=on(move |event| {
                        let unique = event_target_checked(&event);
                        draft.change(|plan| plan.unique = unique);
                    })
                />
                {t("new_job.unique")}
            </label>
        </fieldset>
    }
    .into_any()
}

/// Values that are the same for every row, and adding one.
fn given(draft: DraftStore) -> AnyView {
    let keys = Memo::new(move |_| {
        let keys = draft.plan().given.into_iter().map(|given| given.key);
        keys.collect::<Vec<_>>().join(BETWEEN)
    });
    let rows = live(move || {
        keys.get();
        draft.plan_now().given.iter().map(|given| row(draft, &given.key)).collect::<Vec<_>>().into_any()
    });
    let free = Memo::new(move |_| {
        let keys = offered(&draft.plan()).into_iter().map(|(key, _)| key);
        keys.collect::<Vec<_>>().join(BETWEEN)
    });
    let options = live_if(move || {
        free.get();
        let option = |(key, words): (String, String)| view! { <option value=key>{words}</option> }.into_any();
        let first = (String::new(), t("new_job.add").to_owned());
        Some(std::iter::once(first).chain(offered(&draft.plan_now())).map(option).collect::<Vec<_>>().into_any())
    });
    let add = move |event: leptos::ev::Event| {
        let key = event_target_value(&event);
        if !key.is_empty() {
            draft.change(|plan| plan.give(&key));
            request_animation_frame(move || focus(&switch_id(&key)));
        }
    };
    view! {
        <fieldset hidden=flag(move || free.read().is_empty() && keys.read().is_empty())>
            <legend>{t("new_job.same")}</legend>
            {rows}
            <div hidden=flag(move || free.read().is_empty())>
                <label class="visually-hidden" for=ADD>
                    {t("new_job.add")}
                </label>
                <select id=ADD on:change=on(add)>
                    {options}
                </select>
            </div>
        </fieldset>
    }
    .into_any()
}

/// Fields that no column is and that have no value yet, with their words.
fn offered(plan: &Plan) -> Vec<(String, String)> {
    let taken = |key: &String| plan.columns.contains(key) || plan.given.iter().any(|given| given.key == *key);
    let free = plan.fields().skip(1).filter(|field| !taken(&field.key));
    free.map(|field| (field.key.clone(), field.label.clone())).collect()
}

/// One value for every row: on, off, or typed.
fn row(draft: DraftStore, key: &str) -> AnyView {
    const ON: &str = "on";
    const OFF: &str = "off";
    let field = draft.plan_now().field(key).cloned().unwrap_or_default();
    let key_is = StoredValue::new(key.to_owned());
    let given = move || {
        let all = draft.plan().given;
        all.into_iter().find(|given| key_is.with_value(|key| given.key == *key)).unwrap_or_default()
    };
    let change = move |new: Given| {
        draft.change(|plan| {
            if let Some(known) = plan.given.iter_mut().find(|given| given.key == new.key) {
                *known = new;
            }
        });
    };
    let remove = move |_| {
        draft.change(|plan| plan.given.retain(|given| key_is.with_value(|key| given.key != *key)));
        request_animation_frame(|| focus(ADD));
    };
    let (id, text_id) = (switch_id(key), format!("{}-text", switch_id(key)));
    let select = id.clone();
    effect(move || {
        let now = match given().switch {
            Some(true) => ON,
            Some(false) => OFF,
            None => "",
        };
        if let Some(select) = crate::ui::element::by_id::<web_sys::HtmlSelectElement>(&select) {
            select.set_value(now);
        }
    });
    let switched = move |event: leptos::ev::Event| {
        let switch = match event_target_value(&event).as_str() {
            ON => Some(true),
            OFF => Some(false),
            _ => None,
        };
        change(Given { switch, ..untrack(given) });
    };
    view! {
        <div class="given">
            <label for=id.clone()>{field.label.clone()}</label>
            <select id=id on:change=on(switched)>
                <option value="">{t("new_job.typed")}</option>
                <option value=ON>{t("said.on")}</option>
                <option value=OFF>{t("said.off")}</option>
            </select>
            <input
                type=if field.secret { "password" } else { "text" }
                class="text"
                autocomplete="off"
                id=text_id
                aria-label=tf("new_job.value_of", &[("field", &field.label)])
                hidden=flag(move || given().switch.is_some())
                prop:value=live(move || given().typed)
                on:input=on(move |event| {
                    let typed = event_target_value(&event);
                    change(Given { typed, ..untrack(given) });
                })
            />
            <button type="button" class="plain" on:click=on(remove)>
                {tf("pick.remove", &[("name", &field.label)])}
            </button>
        </div>
    }
    .into_any()
}

/// The id of the element that says what kind of value a field gets. Keys are pointers, which ids may be.
fn switch_id(key: &str) -> String {
    format!("given-{key}")
}
