//! Somebody whom others vouch for: who that is, whether a rule of `[[roles]]` lets the person in, and the account that
//! belongs to it. Must not look at how it was vouched for: `oidc` and `trusted` do.

use roomkey_schema::{Role, Scope, actor};

use super::roles;
use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::Kind as EntryKind;
use crate::http::request_id::RequestId;
use crate::store::StoreFault;
use crate::store::identities::Identity;

/// Longest subject and groups that are looked at.
const LONGEST: usize = 255;
const MOST_GROUPS: usize = 2_000;

/// A person as an issuer describes it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Vouched {
    /// Who vouches.
    pub issuer: String,
    /// Who it is, there.
    pub subject: String,
    /// What people call the person; may be empty.
    pub label: String,
    /// E-mail address, for show; may be empty.
    pub email: String,
    /// The person's groups.
    pub groups: Vec<String>,
}

/// Whose account it is, and what may be done with it.
#[derive(Clone, Debug)]
pub struct Known {
    /// Account.
    pub name: String,
    /// What the person may do.
    pub role: Role,
}

/// Why somebody has no account.
#[derive(Debug, thiserror::Error)]
pub enum Unknown {
    /// No rule names one of the person's groups, or the person has no usable name.
    #[error("no rule of [[roles]] lets this person in")]
    NoRole,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl Vouched {
    /// What the person is called in the record, the first time.
    pub fn actor(&self) -> String {
        let label = [&self.label, &self.email].into_iter().find(|text| !text.trim().is_empty());
        actor::federated(label.unwrap_or(&self.subject), &self.subject, &self.issuer)
    }

    /// Role and scope that the groups give.
    pub fn role(&self, app: &App) -> Option<(Role, Scope)> {
        let usable = 1..=LONGEST;
        let fits = usable.contains(&self.subject.len()) && self.groups.len() <= MOST_GROUPS;
        fits.then(|| roles::of(&app.config.roles, &self.groups)).flatten()
    }
}

/// The account of a person whom others vouch for, made or brought up to date; none when no rule fits, which is recorded.
pub async fn account(app: &App, vouched: &Vouched, id: &RequestId) -> Result<Known, Unknown> {
    let Some((role, scope)) = vouched.role(app) else {
        tracing::warn!(
            request_id = id.as_str(),
            issuer = vouched.issuer,
            groups = vouched.groups.len(),
            looked_for = roles::looked_for(&app.config.roles),
            "somebody was not let in, because no rule of [[roles]] names one of the person's groups"
        );
        refused(app, &vouched.actor(), id).await;
        return Err(Unknown::NoRole);
    };
    let name = vouched.actor();
    let (issuer, subject) = (vouched.issuer.clone(), vouched.subject.clone());
    let (label, email) = (vouched.label.clone(), vouched.email.clone());
    let identity = Identity { issuer, subject, name, label, email, role, scope };
    let name = app.store.identities().put_identity(&identity, app.clock.now_ms()).await?;
    Ok(Known { name, role })
}

/// Notes that somebody was not let in.
pub async fn refused(app: &App, actor: &str, id: &RequestId) {
    let entry = Entry::new(EntryKind::SignInFailed, app.recorder.now(), actor, None, id.as_str());
    if let Err(error) = app.recorder.append(&entry).await {
        tracing::error!(%error, "a failed sign-in could not be recorded");
    }
}
