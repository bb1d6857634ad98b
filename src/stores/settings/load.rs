//! Reading: the form, and every source of it side by side.

use futures_util::future::join_all;
use leptos::prelude::*;
use roomkey_schema::form::Source;
use roomkey_schema::wire::FormEntry;
use serde_json::Value;

use super::super::Load;
use super::{SettingsStore, StateStoreFields};
use crate::api::operations::{Target, send, target};
use crate::api::{Answer, Failure, schema};
use crate::form::change::RowState;
use crate::form::model::Model;

impl SettingsStore {
    /// Reads the form and all that stands in it.
    pub(crate) fn load(self, entry: FormEntry) {
        self.state.load().set(Load::Loading);
        crate::api::spawn(async move {
            let outcome = self.read_form(&entry).await;
            // Given up means that nobody is there any more to see it.
            if !matches!(&outcome, Err(failure) if failure.is_aborted()) {
                self.state.load().set(Load::of(&outcome));
            }
        });
    }

    async fn read_form(self, entry: &FormEntry) -> Result<(), Failure> {
        let form = schema::form(entry, &self.abort.get_value()).await?;
        let needed: Vec<bool> = (0..form.sources.len())
            .map(|source| {
                let of = |leaf: &roomkey_schema::form::Leaf| leaf.source == source;
                form.rows().any(|(_, row)| row.setting.as_ref().is_some_and(of) || row.lock.as_ref().is_some_and(of))
            })
            .collect();
        let reads =
            form.sources.iter().zip(&needed).map(|(source, needed)| async move {
                if *needed { self.read(source).await.map(Some) } else { Ok(None) }
            });
        let answers = join_all(reads).await.into_iter().collect::<Result<Vec<_>, _>>()?;
        let mut model = Model::new(form);
        let mut etags = Vec::new();
        for (source, answer) in answers.into_iter().enumerate() {
            let Answer { body, etag } = answer.unwrap_or_default();
            // An empty object, so that a later reading is compared with it.
            model.take(source, if body.is_null() { Value::Object(serde_json::Map::new()) } else { body });
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

    async fn read(self, source: &Source) -> Result<Answer, Failure> {
        send(&self.target(source, false)?, None, None, &self.abort.get_value()).await
    }

    /// Reads one source again after a write and shows what the vendor changed along with it.
    pub(super) async fn read_again(self, source: usize) -> Result<(), Failure> {
        let Some(described) = self.with_form(|form| form.sources.get(source).cloned()) else { return Ok(()) };
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
        let call = if write { source.write.as_ref().ok_or_else(Failure::no_operation)? } else { &source.read };
        let option = source.option.as_deref().unwrap_or_default();
        self.params.with_value(|params| target(&call.method, &call.path, params, &[("option", option)]))
    }
}
