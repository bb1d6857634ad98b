//! Who is signed in, and whether the session has ended under a page that is still open. Must not hold a password.

use leptos::prelude::*;
use reactive_stores::Store;
use roomkey_schema::Role;
use roomkey_schema::wire::Me;

use crate::api::{self, Failure};

/// Where signing in stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Phase {
    /// Being asked.
    Starting,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is, or was until the session ended.
    SignedIn,
    /// The server could not say.
    Failed(Failure),
}

#[derive(Store)]
struct State {
    phase: Phase,
    me: Option<Me>,
    ended: bool,
}

/// The session.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    state: Store<State>,
}

impl Session {
    /// From the first answer to who is signed in.
    pub(crate) fn new(first: Result<Option<Me>, Failure>) -> Self {
        let state = Store::new(State { phase: Phase::Starting, me: None, ended: false });
        let session = Self { state };
        session.enter(first);
        api::renewal::on_ended(move || state.ended().set(true));
        session
    }

    /// Where signing in stands.
    pub(crate) fn phase(self) -> Phase {
        self.state.phase().get()
    }

    /// Who is signed in.
    pub(crate) fn me(self) -> Option<Me> {
        self.state.me().get()
    }

    /// What that person may do.
    pub(crate) fn role(self) -> Option<Role> {
        self.state.me().read().as_ref().map(|me| me.role)
    }

    /// Whether the session has ended under the open page.
    pub(crate) fn ended(self) -> bool {
        self.state.ended().get()
    }

    /// Asks again who is signed in.
    pub(crate) async fn restart(self) {
        self.state.phase().set(Phase::Starting);
        self.enter(api::session::me().await);
    }

    /// Signs in. When the session had ended, what waits for it goes on; somebody else starts with a fresh page.
    pub(crate) async fn sign_in(self, username: &str, password: &str) -> Result<(), Failure> {
        api::session::sign_in(username, password).await?;
        let me = api::session::me().await?.ok_or_else(|| Failure::nonsense(200, None))?;
        if !self.state.ended().get_untracked() {
            self.enter(Ok(Some(me)));
        } else if self.state.me().read_untracked().as_ref() == Some(&me) {
            self.state.ended().set(false);
            api::renewal::renewed();
        } else {
            leave_page(&crate::paths::start());
        }
        Ok(())
    }

    /// Signs out and forgets everything that the page holds.
    pub(crate) async fn sign_out(self) -> Result<(), Failure> {
        api::session::sign_out().await?;
        leave_page(&crate::paths::sign_in(&crate::paths::start()));
        Ok(())
    }

    fn enter(self, outcome: Result<Option<Me>, Failure>) {
        let phase = match &outcome {
            Ok(Some(_)) => Phase::SignedIn,
            Ok(None) => Phase::SignedOut,
            Err(failure) => Phase::Failed(failure.clone()),
        };
        self.state.me().set(outcome.ok().flatten());
        self.state.phase().set(phase);
    }
}

/// A full load of another page, so that nothing of one person is left for the next.
fn leave_page(url: &str) {
    drop(window().location().assign(url));
}
