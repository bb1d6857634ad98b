//! Reading: the form, and every source of it side by side.

use leptos::prelude::*;
use roomkey_schema::form::{Above, Source};
use roomkey_schema::wire::FormEntry;
use serde_json::Value;

use super::super::Load;
use super::super::above::{self, Group, all};
use super::{SettingsStore, StateStoreFields};
use crate::api::operations::{Target, send, target};
use crate::api::{Answer, Failure, schema};
use crate::form::change::RowState;
use crate::form::model::Model;

impl SettingsStore {
    /// Reads the form and all that stands in it.
    pub(crate) fn load(self, entry: FormEntry) {
        self.begin(entry, Value::Object(serde_json::Map::new()));
    }

    /// Reads the form, and all that stands in it; where there is nothing to read, it begins with these values.
    pub(crate) fn begin(self, entry: FormEntry, values: Value) {
        self.state.load().set(Load::Loading);
        crate::api::spawn(async move {
            let outcome = self.read_form(&entry, values).await;
            // Given up means that nobody is there any more to see it.
            if !matches!(&outcome, Err(failure) if failure.is_aborted()) {
                self.state.load().set(Load::of(&outcome));
            }
        });
    }

    async fn read_form(self, entry: &FormEntry, mut values: Value) -> Result<(), Failure> {
        let abort = self.abort.get_value();
        let mut form = schema::form(entry, &abort).await?;
        self.params.with_value(|params| form.settle(params));
        form.begin(&mut values);
        // What no row shows need not be read.
        let needed = |source: usize| {
            let of = |leaf: &roomkey_schema::form::Leaf| leaf.source == source;
            form.rows().any(|(_, row)| row.setting.as_ref().is_some_and(of) || row.lock.as_ref().is_some_and(of))
        };
        let (mut read, mut reads) = (Vec::new(), Vec::new());
        for (at, source) in form.sources.iter().enumerate().filter(|(at, source)| source.read.is_some() && needed(*at))
        {
            read.push(at);
            reads.push(send(&self.target(source, false)?, None, None, &abort));
        }
        let mut answers: Vec<Answer> = form.sources.iter().map(|_| Answer::default()).collect();
        for (at, answer) in read.into_iter().zip(all(reads).await?) {
            if let Some(place) = answers.get_mut(at) {
                *place = answer;
            }
        }
        let groups = match &form.above {
            Some(above) => self.read_above(above).await?,
            None => Vec::new(),
        };
        let mut model = Model::new(form);
        for group in groups {
            model.bind(&group.name, &group.locks);
        }
        let mut etags = Vec::new();
        for (source, Answer { body, etag, .. }) in answers.into_iter().enumerate() {
            // Never nothing, so that a later reading is compared with it.
            model.take(source, if body.is_null() { values.clone() } else { body });
            etags.push(etag);
        }
        let rows = (0..model.len()).map(|row| model.state(row)).collect::<Vec<RowState>>();
        let summary = model.summary();
        self.model.set_value(Some(model));
        self.etags.set_value(etags);
        self.state.rows().set(rows);
        self.state.summary().set(summary);
        Ok(())
    }

    /// The groups of the object with their locks.
    async fn read_above(self, above: &Above) -> Result<Vec<Group>, Failure> {
        let (abort, call) = (self.abort.get_value(), &above.object);
        let target = self.params.with_value(|params| target(&call.method, &call.path, params, &[]))?;
        above::groups(above, &send(&target, None, None, &abort).await?.body, &abort).await
    }

    async fn read(self, source: &Source) -> Result<Answer, Failure> {
        send(&self.target(source, false)?, None, None, &self.abort.get_value()).await
    }

    /// Reads one source again after a write and shows what the vendor changed along with it.
    pub(super) async fn read_again(self, source: usize) -> Result<(), Failure> {
        let Some(described) = self.with_form(|form| form.sources.get(source).cloned()) else { return Ok(()) };
        if described.read.is_none() {
            return Ok(());
        }
        let answer = self.read(&described).await?;
        self.etags.update_value(|etags| {
            if let Some(etag) = etags.get_mut(source) {
                *etag = answer.etag;
            }
        });
        self.update(|model| model.refresh(source, answer.body));
        Ok(())
    }

    pub(super) fn target(self, source: &Source, write: bool) -> Result<Target, Failure> {
        let call = if write { &source.write } else { &source.read };
        let call = call.as_ref().ok_or_else(Failure::no_operation)?;
        let option = source.option.as_deref().unwrap_or_default();
        self.params.with_value(|params| target(&call.method, &call.path, params, &[("option", option)]))
    }
}
