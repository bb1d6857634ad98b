//! Sessions: made on sign-in, looked up on each request, ended by idleness, age or signing out. Only hashes of ids reach
//! the store.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use roomkey_schema::Role;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::audit::chain::Hash;
use crate::clock::{Clock, UnixMs};
use crate::config;
use crate::random::{Random, RandomFault, bytes};
use crate::store::{SessionRow, Store, StoreFault};

/// How often a session's last activity is written at most.
const TOUCH_EVERY_MS: i64 = 15_000;

/// A person with a living session.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedIn {
    /// Account.
    pub name: String,
    /// What the account may do now, not when it signed in.
    pub role: Role,
    /// Hash of the session's id.
    pub id_hash: Hash,
    /// When the person proved who it is; doing so again makes another session.
    pub proven_ms: UnixMs,
}

/// Why a session could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SessionFault {
    /// The machine has no random bytes.
    #[error(transparent)]
    Random(#[from] RandomFault),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Makes, finds and ends sessions.
pub struct Sessions {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    idle_ms: i64,
    absolute_ms: i64,
}

impl Sessions {
    /// Sessions with the lifetimes of the configuration.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        lifetimes: &config::Session,
    ) -> Self {
        Self {
            store,
            clock,
            random,
            idle_ms: i64::from(lifetimes.idle_minutes) * 60_000,
            absolute_ms: i64::from(lifetimes.absolute_hours) * 3_600_000,
        }
    }

    /// A new session; answers its id, which nobody else will ever see.
    pub async fn begin(&self, name: &str) -> Result<SecretString, SessionFault> {
        let id = SecretString::from(URL_SAFE_NO_PAD.encode(bytes::<32>(&*self.random)?));
        let now_ms = self.clock.now_ms();
        self.store.delete_sessions_before(now_ms - self.idle_ms, now_ms - self.absolute_ms).await?;
        self.store
            .insert_session(&SessionRow {
                id_hash: hash(&id),
                name: name.to_owned(),
                created_ms: now_ms,
                active_ms: now_ms,
            })
            .await?;
        Ok(id)
    }

    /// Who the session of that id belongs to, if it lives. What happens in the background does not keep it alive.
    pub async fn find(&self, id: &SecretString, background: bool) -> Result<Option<SignedIn>, StoreFault> {
        self.find_by_hash(hash(id), background).await
    }

    /// The same, by the hash of its id.
    pub async fn find_by_hash(&self, id_hash: Hash, background: bool) -> Result<Option<SignedIn>, StoreFault> {
        let Some((session, account)) = self.store.session(&id_hash).await? else { return Ok(None) };
        let now_ms = self.clock.now_ms();
        if now_ms - session.active_ms > self.idle_ms || now_ms - session.created_ms > self.absolute_ms {
            self.store.delete_session(&id_hash).await?;
            return Ok(None);
        }
        if !background && now_ms - session.active_ms >= TOUCH_EVERY_MS {
            self.store.touch_session(&id_hash, now_ms).await?;
        }
        Ok(Some(SignedIn { name: account.name, role: account.role, id_hash, proven_ms: session.created_ms }))
    }

    /// Ends a session.
    pub async fn end(&self, id_hash: &Hash) -> Result<(), StoreFault> {
        self.store.delete_session(id_hash).await
    }
}

fn hash(id: &SecretString) -> Hash {
    Sha256::digest(id.expose_secret().as_bytes()).into()
}
