//! An administrator of a Webex site: a session ticket got with the password, once, and used for everything else. Must not
//! offer a refused password again soon: that locks the account.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;

use super::errors::Reading;
use super::site::{Request, Site};
use crate::clock::{Clock, UnixMs};
use crate::config::{ConfigFault, WebexAdministrator};
use crate::vendors::token::{Grant, Grantor, Tokens};
use crate::vendors::xml::Element;
use crate::vendors::{Trouble, VendorFault};

/// Tries of one call: the second with a fresh ticket, when Webex said that the first one's had ended.
const TRIES: u8 = 2;
/// How long a refused password is kept back.
const REST_MS: i64 = 6 * 3_600_000;
/// The life of a ticket that does not say it.
const SHORTEST_SECONDS: i64 = 300;

/// Who signs in at the site.
pub(super) struct Administrator {
    /// The name at the site.
    pub(super) id: String,
    tickets: Tokens,
    site: Arc<Site>,
}

struct SignIn {
    site: Arc<Site>,
    id: String,
    password: SecretString,
}

impl Administrator {
    pub(super) fn new(
        config: &WebexAdministrator,
        site: Arc<Site>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConfigFault> {
        let id = config.web_ex_id.clone();
        let sign_in = SignIn { site: site.clone(), id: id.clone(), password: config.read_password()? };
        Ok(Self { id, tickets: Tokens::new("webex", sign_in, clock).resting(REST_MS), site })
    }

    /// When the ticket that is held was granted, and when it will be renewed.
    pub(super) fn ticket_held(&self) -> Option<(UnixMs, UnixMs)> {
        self.tickets.held()
    }

    /// Asks with this administrator's ticket, and once more with a fresh one when it has ended.
    pub(super) async fn ask(&self, request: &Request<'_>) -> Result<Element, VendorFault> {
        for _ in 0..TRIES {
            let ticket = self.tickets.get().await?;
            match self.site.ask(&self.id, &ticket.value, request).await {
                Reading::Answer(content) => return Ok(content),
                Reading::TicketEnded => self.tickets.forget(&ticket).await,
                Reading::Fault(fault) => {
                    if matches!(fault.trouble, Trouble::Credentials(_)) {
                        self.tickets.forget(&ticket).await;
                    }
                    return Err(fault);
                }
            }
        }
        Err(VendorFault::new(Trouble::Credentials(None)))
    }
}

#[async_trait]
impl Grantor for SignIn {
    async fn grant(&self) -> Result<Grant, VendorFault> {
        let content = self.site.sign_in(&self.id, &self.password).await.map_err(nothing_open)?;
        let Some(ticket) = content.text(&["sessionTicket"]) else {
            return Err(VendorFault::new(Trouble::Credentials(None)));
        };
        let seconds = content.text(&["timeToLive"]).and_then(|text| text.parse().ok()).unwrap_or(SHORTEST_SECONDS);
        Ok(Grant { value: SecretString::from(ticket), scopes: Vec::new(), seconds })
    }
}

/// Whatever became of signing in, nothing was asked of a service yet.
fn nothing_open(fault: VendorFault) -> VendorFault {
    if fault.leaves_outcome_open() { VendorFault { trouble: Trouble::Unreachable, ..fault } } else { fault }
}
