//! The rows of a section: label, help, control, lock and how each stands. Wires controls to whoever holds the state and
//! knows neither store nor route.

use leptos::prelude::*;
use roomkey_schema::form::{Kind, Row};
use serde_json::Value;

use super::change::{Outcome, Part, Place, RowState};
use super::fields::{Field, control, label_dom_id, plain};
use crate::ui::erase::{live, live_if, on};
use crate::ui::icon::{Icon, icon};
use crate::words::{t, tf};

/// How rows reach the state they show.
#[derive(Clone, Copy)]
pub(crate) struct Hands {
    /// How a row stands; followed.
    pub(crate) state: Callback<usize, RowState>,
    /// How half of a row is shown and whether it can be changed.
    pub(crate) control: Callback<Place, (Kind, bool)>,
    /// A person set a value.
    pub(crate) set: Callback<(usize, Value)>,
    /// A person typed text.
    pub(crate) set_text: Callback<(usize, String)>,
    /// A person locked or unlocked.
    pub(crate) set_lock: Callback<(usize, bool)>,
    /// A person takes what somebody else set.
    pub(crate) take_theirs: Callback<usize>,
    /// A person keeps the change made here.
    pub(crate) keep_mine: Callback<usize>,
    /// The vendor's name.
    pub(crate) vendor: StoredValue<String>,
}

/// The id of the element of a row that takes the focus.
pub(crate) fn control_dom_id(id: &str) -> String {
    format!("ctl-{id}")
}

/// One row.
pub(crate) fn row(index: usize, row: &Row, hands: Hands) -> AnyView {
    let state = hands.state;
    let (kind, enabled) = hands.control.run((index, Part::Setting));
    let (_, lockable) = hands.control.run((index, Part::Lock));
    let depth = row.depth;
    let class = live(move || class_of(&state.run(index), depth));
    let hidden = live(move || state.run(index).hidden);
    let tags = live(move || tags(&state.run(index), hands));
    let fault = live(move || state.run(index).fault.unwrap_or_default());
    let control_id = control_dom_id(&row.id);
    let help_id = format!("help-{}", row.id);
    let fault_id = format!("fault-{}", row.id);
    let label = row.label.clone();
    let has_setting = row.setting.is_some();

    let described_by = if row.help.is_empty() { fault_id.clone() } else { format!("{help_id} {fault_id}") };
    let value = Signal::derive(move || {
        let state = state.run(index);
        state.typed.map(Value::String).or(state.value)
    });
    let setting = row.setting.as_ref().map(|leaf| {
        control(
            kind,
            Field {
                id: control_id.clone(),
                described_by: Some(described_by),
                node: leaf.node.clone(),
                words: leaf.words.clone(),
                enabled,
                value,
                set: Callback::new(move |value| hands.set.run((index, value))),
                set_text: Callback::new(move |text| hands.set_text.run((index, text))),
            },
        )
    });
    let lock = row.lock.as_ref().map(|lock| lock_button(index, &label, &lock.words.help, lockable, hands));
    let read_only = has_setting && !enabled;
    let deprecated = row.setting.as_ref().is_some_and(|leaf| leaf.node.deprecated);
    let fixed_tags = [(read_only, t("row.read_only")), (deprecated, t("row.deprecated"))]
        .into_iter()
        .filter(|(yes, _)| *yes)
        .map(|(_, words)| view! { <span class="tag">{words}</span> }.into_any())
        .collect::<Vec<_>>();
    let help = (!row.help.is_empty()).then(|| {
        view! {
            <p class="help" id=help_id>
                {row.help.clone()}
            </p>
        }
    });
    let words = row.setting.as_ref().map(|leaf| leaf.words.clone()).unwrap_or_default();
    let conflict = live_if(move || {
        let theirs = state.run(index).theirs?;
        Some(conflict_view(index, plain(&theirs, &words), hands))
    });
    let name = if has_setting {
        let label_id = label_dom_id(&control_id);
        view! {
            <label id=label_id for=control_id>
                {label.clone()}
            </label>
        }
        .into_any()
    } else {
        view! { <span>{label.clone()}</span> }.into_any()
    };
    let link = format!("#{}", row.id);
    view! {
        <div class=class id=row.id.clone() hidden=hidden>
            <div class="what">
                <div class="lab">
                    {name} {fixed_tags} {tags}
                    <a class="row-link" href=link aria-label=tf("row.link", &[("label", &label)])>
                        {icon(Icon::Link)}
                    </a>
                </div>
                {help}
                <p class="fault" id=fault_id>
                    {fault}
                </p>
                {conflict}
            </div>
            <div class="ctl">{setting}</div>
            <div class="lk">{lock}</div>
        </div>
    }
    .into_any()
}

fn class_of(state: &RowState, depth: u8) -> String {
    let mut class = String::from("row");
    let flags = [
        (depth == 1, " sub"),
        (depth > 1, " sub deep"),
        (state.off, " off"),
        (state.changed || state.lock_changed, " changed"),
        (state.fault.is_some(), " bad"),
        (state.theirs.is_some(), " conflict"),
        (state.outcome == Outcome::NotApplied, " not-applied"),
    ];
    for (_, name) in flags.into_iter().filter(|(yes, _)| *yes) {
        class.push_str(name);
    }
    class
}

/// What is to be said about how a row stands, beside its label.
fn tags(state: &RowState, hands: Hands) -> AnyView {
    let vendor = || hands.vendor.get_value();
    let mut tags: Vec<(&'static str, String)> = Vec::new();
    match (state.changed, state.lock_changed) {
        (true, _) => tags.push(("tag changed", t("row.changed").to_owned())),
        (false, true) => tags.push(("tag changed", t("row.lock_changed").to_owned())),
        (false, false) => match state.outcome {
            Outcome::None => {}
            Outcome::Applied => tags.push(("tag ok", t("row.applied").to_owned())),
            Outcome::NotApplied => {
                tags.push(("tag bad", tf("row.not_applied", &[("vendor", &vendor())])));
            }
            Outcome::AlsoChanged => tags.push(("tag", tf("row.also_changed", &[("vendor", &vendor())]))),
        },
    }
    tags.into_iter()
        .map(|(class, words)| view! { <span class=class>{words}</span> }.into_any())
        .collect::<Vec<_>>()
        .into_any()
}

fn lock_button(index: usize, label: &str, help: &str, enabled: bool, hands: Hands) -> AnyView {
    let state = hands.state;
    let locked = move || state.run(index).lock == Some(true);
    view! {
        <button
            type="button"
            class="icon"
            aria-label=tf("row.lock", &[("label", label)])
            title=help.to_owned()
            disabled=!enabled
            aria-pressed=live(move || locked().to_string())
            on:click=on(move |_| hands.set_lock.run((index, !locked())))
        >
            {live(move || icon(if locked() { Icon::Lock } else { Icon::Open }))}
        </button>
    }
    .into_any()
}

fn conflict_view(index: usize, theirs: String, hands: Hands) -> AnyView {
    view! {
        <div class="clash" role="group">
            <p>{tf("row.conflict", &[("value", &theirs)])}</p>
            <button type="button" on:click=on(move |_| hands.take_theirs.run(index))>
                {t("row.take_theirs")}
            </button>
            <button type="button" class="plain" on:click=on(move |_| hands.keep_mine.run(index))>
                {t("row.keep_mine")}
            </button>
        </div>
    }
    .into_any()
}
