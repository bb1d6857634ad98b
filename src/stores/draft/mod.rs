//! The bulk job that is being made: the kinds to choose from, the table that was read, and what has been decided. What is
//! typed stays, whatever goes wrong. Must not decide what is shown.

pub(crate) mod plan;

use js_sys::{Date, Math};
use leptos::prelude::*;
use roomkey_schema::job::{JobKind, Table};
use serde_json::Value;
use web_sys::Blob;

use self::plan::Plan;
use super::Load;
use crate::api::{self, Abort, Failure};

/// The job that is being made.
#[derive(Clone, Copy)]
pub(crate) struct DraftStore {
    kinds: StoredValue<Vec<JobKind>>,
    load: RwSignal<Load>,
    plan: RwSignal<Plan>,
    reading: RwSignal<Load>,
    sending: RwSignal<Load>,
    /// What was sent last and under which name: the same again is the same job.
    sent: StoredValue<(Value, String)>,
    abort: StoredValue<Abort>,
}

impl DraftStore {
    /// Nothing decided yet. Its requests end with the owner.
    pub(crate) fn new() -> Self {
        Self {
            kinds: StoredValue::new(Vec::new()),
            load: RwSignal::new(Load::Idle),
            plan: RwSignal::new(Plan::default()),
            reading: RwSignal::new(Load::Idle),
            sending: RwSignal::new(Load::Idle),
            sent: StoredValue::new((Value::Null, String::new())),
            abort: StoredValue::new(Abort::on_cleanup()),
        }
    }

    /// What can be done, once it is loaded.
    pub(crate) fn kinds(self) -> Vec<JobKind> {
        self.kinds.get_value()
    }

    /// How far loading has come what can be done.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// How far reading a table has come.
    pub(crate) fn reading(self) -> Load {
        self.reading.get()
    }

    /// How far making the job has come.
    pub(crate) fn sending(self) -> Load {
        self.sending.get()
    }

    /// What has been decided; followed.
    pub(crate) fn plan(self) -> Plan {
        self.plan.get()
    }

    /// What has been decided, without following it.
    pub(crate) fn plan_now(self) -> Plan {
        self.plan.get_untracked()
    }

    /// Decides something.
    pub(crate) fn change(self, change: impl FnOnce(&mut Plan)) {
        let mut plan = self.plan_now();
        change(&mut plan);
        self.plan.set(plan);
    }

    /// Chooses the kind of that id.
    pub(crate) fn choose(self, kind_id: &str) {
        let kind = self.kinds.with_value(|kinds| kinds.iter().find(|kind| kind.id == kind_id).cloned());
        if let Some(kind) = kind {
            self.change(|plan| plan.choose(kind));
        }
    }

    /// Asks what can be done. A kind that fits the hint and is the only one is chosen.
    pub(crate) fn load(self, kind_hint: String) {
        self.load.set(Load::Loading);
        let abort = self.abort.get_value();
        api::spawn(async move {
            let outcome = api::jobs::kinds(&abort).await;
            if abort.is_aborted() {
                return;
            }
            let load = Load::of(&outcome);
            if let Ok(kinds) = outcome {
                let mut fit = kinds.iter().filter(|kind| !kind_hint.is_empty() && kind.id.starts_with(&kind_hint));
                let only = fit.next().filter(|_| fit.next().is_none()).map(|kind| kind.id.clone());
                self.kinds.set_value(kinds);
                self.choose(&only.unwrap_or_default());
            }
            self.load.set(load);
        });
    }

    /// Sends a file to be read as a table. The table before stays until this one is here.
    pub(crate) fn upload(self, file: Blob, name: String) {
        self.reading.set(Load::Loading);
        let abort = self.abort.get_value();
        api::spawn(async move {
            let outcome = api::jobs::upload(&file, &name, &abort).await;
            self.take_table(outcome, &abort);
        });
    }

    /// Takes another sheet of the same file.
    pub(crate) fn sheet(self, sheet: String) {
        self.reading.set(Load::Loading);
        let (abort, table_id) = (self.abort.get_value(), self.plan_now().table.id);
        api::spawn(async move {
            let outcome = api::jobs::sheet(&table_id, &sheet, &abort).await;
            self.take_table(outcome, &abort);
        });
    }

    fn take_table(self, outcome: Result<Table, Failure>, abort: &Abort) {
        if abort.is_aborted() {
            return;
        }
        let load = Load::of(&outcome);
        if let Ok(table) = outcome {
            self.change(|plan| plan.read(table));
        }
        self.reading.set(load);
    }

    /// Makes the job and hands its id on.
    pub(crate) fn send(self, done: Callback<String>) {
        self.sending.set(Load::Loading);
        let mut body = self.plan_now().body();
        let (before, once) = self.sent.get_value();
        let once = if before == body { once } else { new_name() };
        self.sent.set_value((body.clone(), once.clone()));
        body["once"] = once.into();
        let abort = self.abort.get_value();
        api::spawn(async move {
            let outcome = api::jobs::create(body).await;
            if abort.is_aborted() {
                return;
            }
            self.sending.set(Load::of(&outcome));
            if let Ok(job) = outcome {
                done.run(job.id);
            }
        });
    }
}

/// A name that nobody else has. Not a secret.
fn new_name() -> String {
    // Written by JavaScript: what Rust brings for numbers with a point weighs kilobytes.
    let digits = |number: f64| js_sys::Number::from(number).to_string_with_radix(36).map(String::from);
    [digits(Date::now()), digits(Math::random())].into_iter().flatten().collect()
}
