//! Sessions: made on sign-in, looked up on each request, ended by idleness, age or signing out. Only hashes of ids reach
//! the store.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use roomkey_schema::session::Way;
use roomkey_schema::{Role, Scope};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::whence::Whence;
use crate::audit::chain::{Hash, hex};
use crate::clock::{Clock, UnixMs};
use crate::config::Config;
use crate::random::{Random, RandomFault, bytes};
use crate::store::{Account, SessionRow, Store, StoreFault};

/// How often a session's last activity is written at most.
const TOUCH_EVERY_MS: i64 = 15_000;

/// A person with a living session.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedIn {
    /// Account.
    pub name: String,
    /// What the account may do now, not when it signed in.
    pub role: Role,
    /// With whom, now.
    pub scope: Scope,
    /// Hash of the session's id.
    pub id_hash: Hash,
    /// When the person proved who it is, 0 when that is not known; doing so again makes another session.
    pub proven_ms: UnixMs,
    /// How the person signed in.
    pub way: Way,
}

/// What a new session begins with.
#[derive(Clone, Debug)]
pub struct Begin {
    /// Account.
    pub name: String,
    /// How the person signed in.
    pub way: Way,
    /// When the person proved who it is; 0 when that is not known.
    pub proven_ms: UnixMs,
    /// From where, and with what.
    pub whence: Whence,
    /// What the provider calls its own session.
    pub provider_session: Option<String>,
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
    ways: Vec<Way>,
}

impl Sessions {
    /// Sessions with the lifetimes of the configuration. Those that came by a way that it no longer offers are none.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, random: Arc<dyn Random>, config: &Config) -> Self {
        let lifetimes = &config.session;
        let offered = |way: &Way| match way {
            Way::Password => config.sign_in.local,
            Way::Provider => config.oidc.is_some(),
            Way::Header => config.trusted_header.is_some(),
        };
        Self {
            ways: Way::ALL.into_iter().filter(offered).collect(),
            store,
            clock,
            random,
            idle_ms: i64::from(lifetimes.idle_minutes) * 60_000,
            absolute_ms: i64::from(lifetimes.absolute_hours) * 3_600_000,
        }
    }

    /// A new session; answers its id, which nobody else will ever see.
    pub async fn begin(&self, begin: Begin) -> Result<SecretString, SessionFault> {
        let id = SecretString::from(URL_SAFE_NO_PAD.encode(bytes::<32>(&*self.random)?));
        let now_ms = self.clock.now_ms();
        self.store.delete_sessions_before(now_ms - self.idle_ms, now_ms - self.absolute_ms).await?;
        self.store
            .insert_session(&SessionRow {
                id_hash: hash(&id),
                public_id: public_id(&*self.random)?,
                name: begin.name,
                created_ms: now_ms,
                active_ms: now_ms,
                proven_ms: begin.proven_ms.min(now_ms),
                way: begin.way,
                address: begin.whence.address,
                browser: begin.whence.browser,
                provider_session: begin.provider_session,
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
        if !self.lives(&session, now_ms) {
            self.store.delete_session(&id_hash).await?;
            return Ok(None);
        }
        if !background && now_ms - session.active_ms >= TOUCH_EVERY_MS {
            self.store.touch_session(&id_hash, now_ms).await?;
        }
        let (Account { name, role, scope, .. }, SessionRow { proven_ms, way, .. }) = (account, session);
        Ok(Some(SignedIn { name, role, scope, id_hash, proven_ms, way }))
    }

    /// Living sessions of an account, or of everybody, with the roles of their accounts; the latest first.
    pub async fn list(&self, of: Option<&str>) -> Result<Vec<(SessionRow, Role)>, StoreFault> {
        let now_ms = self.clock.now_ms();
        let mut sessions = self.store.identities().sessions(of).await?;
        sessions.retain(|(session, _)| self.lives(session, now_ms));
        Ok(sessions)
    }

    /// Ends a session.
    pub async fn end(&self, id_hash: &Hash) -> Result<(), StoreFault> {
        self.store.delete_session(id_hash).await
    }

    fn lives(&self, session: &SessionRow, now_ms: UnixMs) -> bool {
        now_ms - session.active_ms <= self.idle_ms
            && now_ms - session.created_ms <= self.absolute_ms
            && self.ways.contains(&session.way)
    }
}

/// A name for a session among people: it has nothing to do with the id that opens it.
pub(super) fn public_id(random: &dyn Random) -> Result<String, RandomFault> {
    Ok(hex(&bytes::<12>(random)?))
}

fn hash(id: &SecretString) -> Hash {
    Sha256::digest(id.expose_secret().as_bytes()).into()
}
