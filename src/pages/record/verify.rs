//! Whether the record is whole: the button, how far looking is, and what came of it. Must not begin by itself.

use leptos::prelude::*;
use roomkey_schema::record::{Verification, VerificationState};

use crate::pages::Trouble;
use crate::stores::{Load, VerificationStore};
use crate::ui::busy_button::BusyButton;
use crate::ui::erase::{live, live_if};
use crate::ui::icon::{Icon, icon};
use crate::ui::moment::moment;
use crate::ui::view;
use crate::words::{number, t, tf, tn};

/// The part of the page.
pub(super) fn view() -> AnyView {
    let verification = VerificationStore::new();
    verification.look();
    let busy = Memo::new(move |_| verification.is_running());
    let press = Callback::new(move |()| verification.begin());
    let trouble = live_if(move || match verification.load_state() {
        Load::Failed(failure) => Some(view! { <Trouble failure /> }.into_any()),
        _ => None,
    });
    view! {
        <section class="record-verify" aria-label=t("record.verify_label")>
            <p role="status">{live(move || said(&verification.get()))}</p>
            <BusyButton label=t("record.verify") busy_label=t("record.verifying") busy on_press=press />
        </section>
        {trouble}
    }
    .into_any()
}

fn said(now: &Verification) -> AnyView {
    let when = |at: &Option<String>| at.as_deref().map(moment).unwrap_or_default();
    let (class, symbol, word, text) = match now.state {
        VerificationState::Unknown => ("tag", None, t("record.verify_unknown"), String::new()),
        VerificationState::Running => {
            let values = [("n", &*number(now.checked)), ("all", &*number(now.of))];
            ("tag", None, t("record.verify_running"), tf("record.verify_progress", &values))
        }
        VerificationState::Whole => {
            let values =
                [("rows", &*tn("job.rows", now.checked)), ("since", &*when(&now.since)), ("at", &*when(&now.at))];
            ("tag ok", Some(Icon::Done), t("record.whole"), tf("record.whole_text", &values))
        }
        VerificationState::Broken => {
            ("tag bad", Some(Icon::Warning), t("record.broken"), tf("record.broken_text", &[("finding", &now.finding)]))
        }
        VerificationState::Failed => {
            ("tag changed", Some(Icon::Warning), t("record.verify_failed"), now.finding.clone())
        }
    };
    let key = (!now.public_key.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t("record.key")}</summary>
                <p class="quiet">{t("record.key_help")}</p>
                <code>{now.public_key.clone()}</code>
            </details>
        }
        .into_any()
    });
    view! {
        <span class=class>{symbol.map(icon)} {word}</span>
        " "
        <span>{text}</span>
        {key}
    }
    .into_any()
}
