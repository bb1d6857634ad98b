//! The rows of a section: label, help, control, lock and how each stands. Wires controls to whoever holds the state and
//! knows neither store nor route.

use std::sync::Arc;

use leptos::prelude::*;
use roomkey_schema::form::{Kind, Row, value_text};
use serde_json::Value;

use super::change::{Fault, Outcome, Part, Place, RowState};
use super::fields::{Field, Offer, control, label_dom_id, plain};
use crate::ui::erase::{attr, flag, live, live_if, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::reveal_button::reveal_button;
use crate::ui::view;
use crate::words::{t, tf, violation};

/// How rows reach the state they show.
pub(crate) trait Hands: Send + Sync {
    /// How a row stands; followed.
    fn state(&self, row: usize) -> RowState;
    /// How half of a row is shown and whether it can be changed.
    fn control(&self, place: Place) -> (Kind, bool);
    /// A person set a value.
    fn set(&self, row: usize, value: Value);
    /// A person typed text.
    fn set_text(&self, row: usize, text: &str);
    /// A person locked or unlocked.
    fn set_lock(&self, row: usize, locked: bool);
    /// A person takes what somebody else set.
    fn take_theirs(&self, row: usize);
    /// A person keeps the change made here.
    fn keep_mine(&self, row: usize);
    /// Names of the groups whose locks bind a row; empty when none does.
    fn locked_by(&self, row: usize) -> String;
    /// Shows the secret of a row, with a reason; none where it may not be shown.
    fn reveal(&self, row: usize) -> Option<Callback<()>>;
    /// What the setting of a row is chosen from by name; none for other rows.
    fn offer(&self, row: usize) -> Option<Offer>;
    /// The row of that id.
    fn find(&self, id: &str) -> Option<usize>;
    /// The vendor's name.
    fn vendor(&self) -> String;
}

/// The id of the element of a row that takes the focus.
pub(crate) fn control_dom_id(id: &str) -> String {
    format!("ctl-{id}")
}

/// What is wrong with a row, for a person.
pub(crate) fn sentence(fault: &Fault) -> String {
    match fault {
        Fault::Found(found) => violation(found),
        Fault::Said(said) => said.clone(),
    }
}

/// One row.
pub(crate) fn row(index: usize, row: &Row, hands: &Arc<dyn Hands>) -> AnyView {
    let state = {
        let hands = Arc::clone(hands);
        Signal::derive(move || hands.state(index))
    };
    let (kind, enabled) = hands.control((index, Part::Setting));
    let (_, lockable) = hands.control((index, Part::Lock));
    let depth = row.depth;
    let class = live(move || class_of(&state.get(), depth));
    let hidden = flag(move || state.get().hidden);
    let vendor = hands.vendor();
    let tags = live(move || tags(&state.get(), &vendor));
    let fault = live(move || state.get().fault.map(|fault| sentence(&fault)).unwrap_or_default());
    let control_id = control_dom_id(&row.id);
    let help_id = format!("help-{}", row.id);
    let fault_id = format!("fault-{}", row.id);
    let label = row.label.clone();
    let has_setting = row.setting.is_some();

    let described_by = if row.help.is_empty() { fault_id.clone() } else { format!("{help_id} {fault_id}") };
    let value = Signal::derive(move || {
        let state = state.get();
        state.typed.map(Value::String).or(state.value)
    });
    let setting = row.setting.as_ref().map(|leaf| {
        let (set, set_text) = (Arc::clone(hands), Arc::clone(hands));
        depending(
            kind,
            Field {
                id: control_id.clone(),
                described_by: Some(described_by),
                node: leaf.node.clone(),
                words: leaf.words.clone(),
                enabled,
                value,
                set: Callback::new(move |value| set.set(index, value)),
                set_text: Callback::new(move |text: String| set_text.set_text(index, &text)),
                offer: hands.offer(index),
            },
            hands,
        )
    });
    let reveal = hands.reveal(index).map(|reveal| {
        let not_set = flag(move || state.get().is_set != Some(true));
        view! { <span hidden=not_set>{reveal_button(&label, reveal)}</span> }.into_any()
    });
    let lock = row.lock.as_ref().map(|lock| lock_button((index, state), &label, &lock.words.help, lockable, hands));
    let fixed_tags = fixed_tags(row, enabled, &hands.locked_by(index));
    let help = (!row.help.is_empty()).then(|| {
        view! {
            <p class="help" id=help_id>
                {row.help.clone()}
            </p>
        }
        .into_any()
    });
    let words = row.setting.as_ref().map(|leaf| leaf.words.clone()).unwrap_or_default();
    let conflict = {
        let hands = Arc::clone(hands);
        live_if(move || {
            let theirs = state.get().theirs?;
            Some(conflict_view(index, plain(&theirs, &words), &hands))
        })
    };
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
                    {name} {fixed_tags} {tags} {reveal}
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
fn tags(state: &RowState, vendor: &str) -> AnyView {
    let mut tags: Vec<(&'static str, String)> = Vec::new();
    if let Some(is_set) = state.is_set {
        tags.push(("tag", t(if is_set { "secret.set" } else { "secret.not_set" }).to_owned()));
    }
    match (state.changed, state.lock_changed) {
        (true, _) => tags.push(("tag changed", t("row.changed").to_owned())),
        (false, true) => tags.push(("tag changed", t("row.lock_changed").to_owned())),
        (false, false) => match state.outcome {
            Outcome::None => {}
            Outcome::Applied => tags.push(("tag ok", t("row.applied").to_owned())),
            Outcome::NotApplied => {
                tags.push(("tag bad", tf("row.not_applied", &[("vendor", vendor)])));
            }
            Outcome::AlsoChanged => tags.push(("tag", tf("row.also_changed", &[("vendor", vendor)]))),
        },
    }
    tags.into_iter()
        .map(|(class, words)| view! { <span class=class>{words}</span> }.into_any())
        .collect::<Vec<_>>()
        .into_any()
}

/// Tags that do not change: what cannot be changed here, and whose locks are the reason.
fn fixed_tags(row: &Row, enabled: bool, locked_by: &str) -> Vec<AnyView> {
    let read_only = row.setting.is_some() && !enabled && locked_by.is_empty();
    let deprecated = row.setting.as_ref().is_some_and(|leaf| leaf.node.deprecated);
    let mut tags = [(read_only, t("row.read_only")), (deprecated, t("row.deprecated"))]
        .into_iter()
        .filter(|(yes, _)| *yes)
        .map(|(_, words)| view! { <span class="tag">{words}</span> }.into_any())
        .collect::<Vec<_>>();
    if !locked_by.is_empty() {
        let words = tf("row.locked_by", &[("groups", locked_by)]);
        tags.push(view! { <span class="tag locked">{icon(Icon::Lock)} {words}</span> }.into_any());
    }
    tags
}

/// The control, made anew with the choices that go with another row whenever that one has changed.
fn depending(kind: Kind, field: Field, hands: &Arc<dyn Hands>) -> AnyView {
    let Some(depends) = field.words.depends.clone() else { return control(kind, field) };
    let (other, hands) = (hands.find(&depends.on), Arc::clone(hands));
    let now = Memo::new(move |_| {
        let value = other.and_then(|row| hands.state(row).value);
        value.map(|value| value_text(&value)).unwrap_or_default()
    });
    let before = StoredValue::new(now.get_untracked());
    live(move || {
        let now = now.get();
        let mut field = field.clone();
        field.words.choices = depends.choices.get(&now).cloned().unwrap_or_default();
        if before.get_value() != now {
            // What fitted the value before says nothing now.
            field.set_text.run(String::new());
            before.set_value(now);
        }
        control(Kind::of(&field.node, &field.words), field)
    })
    .into_any()
}

fn lock_button(
    (index, state): (usize, Signal<RowState>),
    label: &str,
    help: &str,
    enabled: bool,
    hands: &Arc<dyn Hands>,
) -> AnyView {
    let locked = move || state.get().lock == Some(true);
    let hands = Arc::clone(hands);
    view! {
        <button
            type="button"
            class="icon"
            aria-label=tf("row.lock", &[("label", label)])
            title=help.to_owned()
            disabled=!enabled
            aria-pressed=attr(move || Some(if locked() { "true" } else { "false" }))
            on:click=on(move |_| hands.set_lock(index, !untrack(locked)))
        >
            {live(move || icon(if locked() { Icon::Lock } else { Icon::Open }))}
        </button>
    }
    .into_any()
}

fn conflict_view(index: usize, theirs: String, hands: &Arc<dyn Hands>) -> AnyView {
    let (take, keep) = (Arc::clone(hands), Arc::clone(hands));
    view! {
        <div class="clash" role="group">
            <p>{tf("row.conflict", &[("value", &theirs)])}</p>
            <button type="button" on:click=on(move |_| take.take_theirs(index))>
                {t("row.take_theirs")}
            </button>
            <button type="button" class="plain" on:click=on(move |_| keep.keep_mine(index))>
                {t("row.keep_mine")}
            </button>
        </div>
    }
    .into_any()
}
