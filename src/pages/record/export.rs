//! What was found as a file: a menu of links, which the browser saves. Must not fetch anything itself.

use leptos::prelude::*;

use crate::paths;
use crate::stores::record::Asked;
use crate::ui::erase::live;
use crate::ui::view;
use crate::words::t;

const ID: &str = "record-export";
const FORMATS: [(&str, &str); 3] = [("csv", "format.csv"), ("xlsx", "format.xlsx"), ("jsonl", "record.jsonl")];

/// The button with its menu.
pub(super) fn menu(asked: Memo<Asked>) -> AnyView {
    let link = |(format, words): (&'static str, &'static str)| {
        let href = live(move || {
            let asked = asked.read();
            let pairs: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (&**name, &**value)).collect();
            paths::record_export(&pairs, format)
        });
        view! {
            <a class="button" href=href download="">
                {t(words)}
            </a>
        }
        .into_any()
    };
    view! {
        <div class="record-export">
            <button type="button" popovertarget=ID>
                {t("record.export")}
            </button>
            <div class="popover" popover="auto" id=ID>
                <p class="quiet">{t("record.export_help")}</p>
                {FORMATS.into_iter().map(link).collect::<Vec<_>>()}
            </div>
        </div>
    }
    .into_any()
}
