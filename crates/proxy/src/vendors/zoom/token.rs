//! Zoom's way of granting a token: server-to-server OAuth. Must not keep what it is granted.

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::header::ACCEPT;
use reqwest::{Client, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::clock::{Clock, UnixMs};
use crate::config;
use crate::vendors::client::{self, Raw};
use crate::vendors::token::{Grant, Grantor};
use crate::vendors::{Trouble, VendorFault, retry_after};

/// An app's credentials and where to show them.
pub(super) struct ServerToServer {
    client: Client,
    url: Url,
    account_id: String,
    client_id: String,
    secret: SecretString,
    clock: Arc<dyn Clock>,
}

#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    expires_in: i64,
    #[serde(default)]
    scope: String,
}

#[derive(Default, Deserialize)]
struct Refused {
    reason: Option<String>,
}

impl ServerToServer {
    pub(super) fn new(
        client: Client,
        url: Url,
        config: &config::Zoom,
        secret: SecretString,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let (account_id, client_id) = (config.account_id.clone(), config.client_id.clone());
        Self { client, url, account_id, client_id, secret, clock }
    }
}

#[async_trait]
impl Grantor for ServerToServer {
    async fn grant(&self) -> Result<Grant, VendorFault> {
        let form = [("grant_type", "account_credentials"), ("account_id", self.account_id.as_str())];
        let request = self
            .client
            .post(self.url.clone())
            .header(ACCEPT, "application/json")
            .basic_auth(&self.client_id, Some(self.secret.expose_secret()))
            .form(&form);
        let raw = client::send(request).await.map_err(|_| VendorFault::new(Trouble::Unreachable))?;
        granted(&raw, self.clock.now_ms()).map_err(VendorFault::new)
    }
}

fn granted(raw: &Raw, now_ms: UnixMs) -> Result<Grant, Trouble> {
    let body = raw.body.as_deref().map_err(|_| Trouble::Unreachable);
    match raw.status {
        200 => {
            let granted: Granted = serde_json::from_slice(body?).map_err(|_| Trouble::Credentials(None))?;
            Ok(Grant {
                value: granted.access_token,
                scopes: granted.scope.split_whitespace().map(str::to_owned).collect(),
                seconds: granted.expires_in,
            })
        }
        429 => Err(Trouble::RateLimited(retry_after::parse(raw.header("retry-after"), now_ms))),
        400..=499 => {
            let refused: Refused = serde_json::from_slice(body?).unwrap_or_default();
            Err(Trouble::Credentials(refused.reason))
        }
        _ => Err(Trouble::Unreachable),
    }
}
