//! Who this server is at Adobe Connect: a session got with the password, once, and used for everything else until the
//! vendor says that it has ended. Must not offer a refused password again soon: that can lock the account.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tokio::sync::OnceCell;

use super::site::{Ask, Site};
use super::status::{Failed, NO_DATA, NO_LOGIN};
use crate::clock::{Clock, UnixMs};
use crate::config::{self, ConfigFault};
use crate::rate::pace::Left;
use crate::vendors::token::{Grant, Grantor, Tokens};
use crate::vendors::xml::Element;
use crate::vendors::{Trouble, VendorFault};

/// Tries of one call: the second with a fresh session, when the vendor said that the first one's had ended.
const TRIES: u8 = 2;
/// How long a refused password is kept back.
const REST_MS: i64 = 3_600_000;
/// The vendor does not say how long a session lasts, and tells when it has ended; half a day is as good as any.
const LIFE_SECONDS: i64 = 12 * 3_600;

/// A login and its session.
pub(super) struct Session {
    /// The name at the vendor.
    pub(super) login: String,
    site: Arc<Site>,
    sessions: Tokens,
    account: OnceCell<String>,
}

struct SignIn {
    site: Arc<Site>,
    login: String,
    password: SecretString,
}

impl Session {
    pub(super) fn new(config: &config::Connect, site: Site, clock: Arc<dyn Clock>) -> Result<Self, ConfigFault> {
        let (site, login) = (Arc::new(site), config.login.clone());
        let sign_in = SignIn { site: site.clone(), login: login.clone(), password: config.read_password()? };
        let sessions = Tokens::new("connect", sign_in, clock).resting(REST_MS);
        Ok(Self { login, site, sessions, account: OnceCell::new() })
    }

    /// Asks, and once more with a fresh session when it has ended.
    pub(super) async fn ask(&self, ask: &Ask<'_>) -> Result<Element, VendorFault> {
        for _ in 0..TRIES {
            let session = self.sessions.get().await?;
            match self.site.ask(ask, &session.value).await {
                Ok(root) => return Ok(root),
                Err(Failed::SessionEnded) => self.sessions.forget(&session).await,
                Err(Failed::Fault(fault)) => return Err(fault),
            }
        }
        Err(VendorFault::new(Trouble::Credentials(None)).coded(NO_LOGIN))
    }

    /// What is left of the calls that may be made.
    pub(super) fn left(&self) -> Vec<Left> {
        self.site.left()
    }

    /// When the session that is held was got, and when another one will be.
    pub(super) fn held(&self) -> Option<(UnixMs, UnixMs)> {
        self.sessions.held()
    }

    /// The account that the login belongs to, asked for once.
    pub(super) async fn account(&self) -> Result<&str, VendorFault> {
        let account = self.account.get_or_try_init(|| async {
            let root = self.ask(&Ask::read("common-info", Vec::new())).await?;
            let account = root.at(&["common", "account"]).and_then(|account| account.attribute("account-id"));
            account.map(str::to_owned).ok_or(VendorFault::new(Trouble::NotJson))
        });
        Ok(account.await?.as_str())
    }
}

#[async_trait]
impl Grantor for SignIn {
    async fn grant(&self) -> Result<Grant, VendorFault> {
        match self.site.sign_in(&self.login, &self.password).await {
            Ok(Some(value)) => Ok(Grant { value, scopes: Vec::new(), seconds: LIFE_SECONDS }),
            Ok(None) | Err(Failed::SessionEnded) => Err(VendorFault::new(Trouble::Credentials(None))),
            Err(Failed::Fault(fault)) => Err(not_signed_in(fault)),
        }
    }
}

/// Whatever became of signing in, nothing was asked of the API yet. To a wrong password the vendor says that it has no data.
fn not_signed_in(fault: VendorFault) -> VendorFault {
    match &fault.trouble {
        Trouble::Refused { .. } if fault.code.as_deref() == Some(NO_DATA) => {
            VendorFault { trouble: Trouble::Credentials(None), ..fault }
        }
        _ if fault.leaves_outcome_open() => VendorFault { trouble: Trouble::Unreachable, ..fault },
        _ => fault,
    }
}
