//! Looking through the whole record while the server goes on: one look at a time, with how far it is. Must not decide what
//! is wrong: that is `verify`'s work.

use std::sync::{Mutex, MutexGuard, PoisonError};

use roomkey_schema::record::{Verification as Shown, VerificationState};
use serde_json::Value;

use super::verify::{Finding, Known, Verdict, verify};
use crate::app::App;
use crate::store::StoreFault;
use crate::words::{RecordWords, fill, named};

/// How far the present look is, or how the last one ended.
#[derive(Debug, Default)]
pub struct Verification(Mutex<Shown>);

impl Verification {
    fn state(&self) -> MutexGuard<'_, Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How far it is.
pub fn shown(app: &App) -> Shown {
    Shown { public_key: app.recorder.checkpoints().signer().public_key(), ..app.verification.state().clone() }
}

/// Begins to look, unless somebody is looking already.
pub fn begin(app: &App) {
    {
        let mut state = app.verification.state();
        if state.state == VerificationState::Running {
            return;
        }
        *state = Shown { state: VerificationState::Running, ..Shown::default() };
    }
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        let ended = look(&app).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the record could not be verified");
            let finding = named(&app.words.record.findings, "failed").to_owned();
            Shown { state: VerificationState::Failed, finding, ..Shown::default() }
        });
        let at = Some(app.recorder.now());
        *app.verification.state() = Shown { at, ..ended };
    });
}

async fn look(app: &App) -> Result<Shown, StoreFault> {
    let of = app.store.head().await?.map_or(0, |head| head.seq);
    let since = app.store.rows_after(0, 1).await?.first().and_then(|row| {
        let content: Value = serde_json::from_str(&row.content).ok()?;
        content.get("at")?.as_str().map(str::to_owned)
    });
    app.verification.state().of = of;
    let checkpoints = app.recorder.checkpoints();
    let found = checkpoints.found().map_err(|error| StoreFault::Damaged(error.to_string()))?;
    let known = Known { checkpoints: found, signer: Some(checkpoints.signer()) };
    let said = |checked| app.verification.state().checked = checked;
    let verdict = verify(&*app.store, app.recorder.chain(), &known, &said).await?;
    let checked = app.verification.state().checked;
    Ok(match verdict {
        Verdict::Whole(rows) => {
            Shown { state: VerificationState::Whole, checked: rows, of: rows, since, ..Shown::default() }
        }
        Verdict::Broken(finding) => {
            let finding = sentence(&app.words.record, &finding);
            Shown { state: VerificationState::Broken, checked, of, since, finding, ..Shown::default() }
        }
    })
}

/// What is wrong, for a person.
fn sentence(words: &RecordWords, finding: &Finding) -> String {
    let (key, row, found, source) = match finding {
        Finding::Edited(row) => ("edited", *row, 0, ""),
        Finding::Unlinked(row) => ("unlinked", *row, 0, ""),
        Finding::Hidden(row) => ("hidden", *row, 0, ""),
        Finding::Missing { missing, found } => ("missing", *missing, *found, ""),
        Finding::Rewritten { row, source_name } => ("rewritten", *row, 0, source_name.as_str()),
        Finding::WrongEnd { last, expected, source_name } => ("wrong_end", *last, *expected, source_name.as_str()),
        Finding::Forged(source) => ("forged", 0, 0, source.as_str()),
    };
    let values = [("row", row.to_string()), ("found", found.to_string()), ("source", source.to_owned())];
    fill(named(&words.findings, key), &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}
