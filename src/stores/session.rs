//! Who is signed in, and whether the session has ended under a page that is still open. Must not hold a password.

use leptos::prelude::*;
use reactive_stores::Store;
use roomkey_schema::Role;
use roomkey_schema::session::Ways;
use roomkey_schema::wire::Me;

use super::{Load, other_windows};
use crate::api::{self, Failure};

#[derive(Default, Store)]
struct State {
    load: Load,
    me: Option<Me>,
    ended: bool,
    /// Whether only the password is needed, for what was asked.
    proving: bool,
}

/// The session.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    state: Store<State>,
    ways: StoredValue<Ways>,
}

impl Session {
    /// From the first answers to who is signed in, and how one can.
    pub(crate) fn new(first: Result<Option<Me>, Failure>, ways: Ways) -> Self {
        let state = Store::new(State::default());
        let session = Self { state, ways: StoredValue::new(ways) };
        session.enter(first);
        api::renewal::on_ended(move |proving| {
            state.proving().set(proving);
            state.ended().set(true);
        });
        other_windows::listen(move || api::spawn(session.heard()));
        session
    }

    /// How far asking has come who is signed in.
    pub(crate) fn load_state(self) -> Load {
        self.state.load().get()
    }

    /// Whether somebody is, or was until the session ended.
    pub(crate) fn is_signed_in(self) -> bool {
        self.state.me().read().is_some()
    }

    /// Who is signed in.
    pub(crate) fn me(self) -> Option<Me> {
        self.state.me().get()
    }

    /// What that person may do.
    pub(crate) fn role(self) -> Option<Role> {
        self.state.me().read().as_ref().map(|me| me.role)
    }

    /// Whether the person has to sign in again over the open page.
    pub(crate) fn ended(self) -> bool {
        self.state.ended().get()
    }

    /// Whether that is only for what was asked: the session stands.
    pub(crate) fn is_proving(self) -> bool {
        self.state.proving().get()
    }

    /// The person would rather not: what was asked is given up.
    pub(crate) fn give_up(self) {
        self.state.ended().set(false);
        api::renewal::renewed(false);
    }

    /// Asks again who is signed in.
    pub(crate) async fn restart(self) {
        self.state.load().set(Load::Loading);
        self.enter(api::session::me().await);
    }

    /// How one can sign in.
    pub(crate) fn ways(self) -> Ways {
        self.ways.get_value()
    }

    /// Signs in whom a reverse proxy names.
    pub(crate) async fn sign_in_by_header(self) -> Result<(), Failure> {
        api::session::sign_in_by_header().await?;
        self.signed_in().await
    }

    /// Signs in. When the session had ended, what waits for it goes on; somebody else starts with a fresh page.
    pub(crate) async fn sign_in(self, username: &str, password: &str) -> Result<(), Failure> {
        api::session::sign_in(username, password).await?;
        self.signed_in().await
    }

    /// Somebody has signed in in another window.
    async fn heard(self) {
        if self.state.ended().get_untracked() {
            // What is wrong shows when it is asked for again.
            drop(self.signed_in().await);
        }
    }

    /// Somebody has signed in, here or in a window that a frame opened.
    pub(super) async fn signed_in(self) -> Result<(), Failure> {
        let me = api::session::me().await?.ok_or_else(|| Failure::nonsense(200, None))?;
        if !self.state.ended().get_untracked() {
            self.enter(Ok(Some(me)));
        } else if self.state.me().read_untracked().as_ref() == Some(&me) {
            self.state.ended().set(false);
            api::renewal::renewed(true);
        } else {
            leave_page(&crate::paths::start());
        }
        Ok(())
    }

    /// Signs out and forgets everything that the page holds. What it still asks for ends before the session does.
    pub(crate) fn sign_out(self) {
        self.state.load().set(Load::Loading);
        api::spawn(async move {
            match api::session::sign_out().await {
                Ok(Some(to)) => leave_page(&to),
                Ok(None) => leave_page(&crate::paths::signed_out()),
                Err(failure) => self.state.load().set(Load::Failed(failure)),
            }
        });
    }

    fn enter(self, outcome: Result<Option<Me>, Failure>) {
        let load = Load::of(&outcome);
        self.state.me().set(outcome.ok().flatten());
        self.state.load().set(load);
    }
}

/// A full load of another page in this one's stead, so that nothing of one person is left for the next.
pub(super) fn leave_page(url: &str) {
    drop(window().location().replace(&api::framed::address(url)));
}
