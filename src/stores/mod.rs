//! What is loaded, what is being changed and what failed: one reactive store per resource, its fields private, its
//! actions named. Stores use `api` and nothing that shows anything.

pub(crate) mod above;
pub(crate) mod bulk;
pub(crate) mod card;
pub(crate) mod connections;
pub(crate) mod draft;
pub(crate) mod history;
pub(crate) mod index;
pub(crate) mod job;
pub(crate) mod jobs;
pub(crate) mod list;
pub(crate) mod object;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod place;
pub(crate) mod preferences;
pub(crate) mod record;
pub(crate) mod reset;
pub(crate) mod reveal;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod shown;
pub(crate) mod verification;

use leptos::prelude::{provide_context, use_context};
use roomkey_schema::wire::Me;

pub(crate) use self::bulk::BulkStore;
pub(crate) use self::card::CardStore;
pub(crate) use self::connections::ConnectionsStore;
pub(crate) use self::draft::DraftStore;
pub(crate) use self::history::HistoryStore;
pub(crate) use self::index::IndexStore;
pub(crate) use self::job::JobStore;
pub(crate) use self::jobs::JobsStore;
pub(crate) use self::list::ListStore;
pub(crate) use self::object::ObjectStore;
pub(crate) use self::people::PeopleStore;
pub(crate) use self::person::PersonStore;
pub(crate) use self::place::PlaceStore;
pub(crate) use self::record::RecordStore;
pub(crate) use self::reset::ResetStore;
pub(crate) use self::reveal::RevealStore;
pub(crate) use self::session::Session;
pub(crate) use self::verification::VerificationStore;

use crate::api::Failure;

/// How far the loading of a resource has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Load {
    /// Not asked for yet, or given up because the person left.
    #[default]
    Idle,
    /// On its way.
    Loading,
    /// Here.
    Ready,
    /// Not here, and why.
    Failed(Failure),
}

impl Load {
    /// What a request came to. Given up is as if it had never been asked for.
    pub(crate) fn of<T>(outcome: &Result<T, Failure>) -> Self {
        match outcome {
            Ok(_) => Self::Ready,
            Err(failure) if failure.is_aborted() => Self::Idle,
            Err(failure) => Self::Failed(failure.clone()),
        }
    }
}

/// Makes every store. They live as long as the page, so that an answer that comes late finds its store.
pub(crate) fn provide(me: Result<Option<Me>, Failure>) {
    provide_context(PlaceStore::new());
    preferences::restore();
    provide_context(Session::new(me));
    provide_context(IndexStore::new());
    provide_context(ObjectStore::new());
    provide_context(BulkStore::new());
    provide_context(PeopleStore::new());
    provide_context(RevealStore::new());
    provide_context(ResetStore::new());
}

/// A store that [`provide`] made. Call it while a component is being made, not later.
pub(crate) fn store<T: Clone + Send + Sync + 'static>() -> T {
    use_context().expect("stores are provided before anything is shown")
}
