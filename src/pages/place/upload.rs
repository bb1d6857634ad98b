//! Sending files: choose some, see each go, hear which did not. One file a call, because the vendors take one.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, FormData, HtmlInputElement};

use super::action::{Doing, Progress, foot, say};
use crate::api::operations::{target, upload};
use crate::api::{Abort, Failure};
use crate::pages::Trouble;
use crate::stores::Load;
use crate::ui::busy_button::BusyButton;
use crate::ui::element::by_id;
use crate::ui::erase::live;
use crate::ui::new_id;
use crate::ui::toast::Toasts;
use crate::ui::view;
use crate::words::{fill, t, tf};

/// The inside of the dialog.
pub(super) fn view(doing: Doing, member: String, progress: Progress, close: Callback<()>) -> AnyView {
    let id = new_id("files");
    let text = fill(&doing.action.text, &[("name", &doing.name)]);
    let label = doing.action.label.trim_end_matches('…').to_owned();
    let toasts = Toasts::here();
    let field = id.clone();
    let go = Callback::new(move |()| {
        let files = by_id::<HtmlInputElement>(&field).and_then(|input| input.files());
        let files: Vec<File> = files
            .map(|files| Array::from(&files).iter().filter_map(|file| file.dyn_into().ok()).collect())
            .unwrap_or_default();
        if files.is_empty() || progress.busy.get_untracked() {
            progress.said.set(t("upload.none").to_owned());
            return;
        }
        progress.busy.set(true);
        progress.load.set(Load::Idle);
        let (doing, member) = (doing.clone(), member.clone());
        crate::api::spawn(async move {
            let total = files.len();
            let mut failed = None;
            for (done, file) in files.into_iter().enumerate() {
                say(progress, done, total);
                let name = file.name();
                if let Err(failure) = one(&doing, &member, &file).await {
                    progress.said.try_set(tf("upload.failed", &[("file", &name)]));
                    failed = Some(failure);
                    break;
                }
            }
            // The dialog may have been closed meanwhile: what came of it is said all the same.
            if progress.busy.try_set(false).is_some() {
                let done = || toasts.say(fill(&doing.action.done, &[("name", &doing.name)]));
                return failed.map_or_else(done, |failure| toasts.warn(failure.sentence().to_owned()));
            }
            doing.done.run(());
            if let Some(failure) = failed {
                progress.load.try_set(Load::Failed(failure));
                return;
            }
            toasts.say(fill(&doing.action.done, &[("name", &doing.name), ("n", &total.to_string())]));
            close.run(());
        });
    });
    let came = live(move || match progress.load.get() {
        Load::Failed(failure) => view! { <Trouble failure /> }.into_any(),
        _ => ().into_any(),
    });
    let go = view! { <BusyButton label busy_label=t("upload.busy") busy=progress.busy class="primary" on_press=go /> };
    view! {
        <div class="dialog-body">
            <p>{text}</p>
            <div class="field">
                <label for=id.clone()>{t("upload.files")}</label>
                <input type="file" id=id multiple=true accept="image/png,image/jpeg,image/gif" />
            </div>
            {came}
            <p class="quiet" role="status">
                {live(move || progress.said.get())}
            </p>
        </div>
        {foot(close, live(|| t("action.cancel").to_owned()), go)}
    }
    .into_any()
}

async fn one(doing: &Doing, member: &str, file: &File) -> Result<(), Failure> {
    let call = &doing.action.call;
    let target = target(&call.method, &call.path, &doing.params, &[])?;
    let form = FormData::new().map_err(|_| Failure::network())?;
    form.append_with_blob_and_filename(member, file, &file.name()).map_err(|_| Failure::network())?;
    upload(&target, &form, &Abort::never()).await
}
