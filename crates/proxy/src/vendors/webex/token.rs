//! Webex's ways to a token: a fixed one that somebody else renews, or an app's refresh token. Must not keep what it is
//! granted.

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::header::ACCEPT;
use reqwest::{Client, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::errors;
use crate::clock::{Clock, UnixMs};
use crate::config::{ConfigFault, WebexRest};
use crate::vendors::client::{self, Raw};
use crate::vendors::token::{Grant, Grantor};
use crate::vendors::{Trouble, VendorFault, retry_after};

/// Where tokens come from.
pub(super) enum Credentials {
    Fixed(SecretString),
    App(App),
}

/// An app that renews its own token.
pub(super) struct App {
    client: Client,
    url: Url,
    client_id: String,
    secret: SecretString,
    refresh_token: SecretString,
    clock: Arc<dyn Clock>,
}

#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    expires_in: i64,
    #[serde(default)]
    scope: String,
}

impl Credentials {
    pub(super) fn new(
        config: &WebexRest,
        client: Client,
        url: Url,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConfigFault> {
        if config.is_fixed()? {
            return Ok(Self::Fixed(config.read_access_token()?));
        }
        Ok(Self::App(App {
            client,
            url,
            client_id: config.client_id.clone().unwrap_or_default(),
            secret: config.read_client_secret()?,
            refresh_token: config.read_refresh_token()?,
            clock,
        }))
    }
}

#[async_trait]
impl Grantor for Credentials {
    async fn grant(&self) -> Result<Grant, VendorFault> {
        match self {
            Self::Fixed(token) => Ok(Grant { value: token.clone(), scopes: Vec::new(), seconds: i64::MAX }),
            Self::App(app) => app.grant().await,
        }
    }
}

impl App {
    async fn grant(&self) -> Result<Grant, VendorFault> {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.secret.expose_secret()),
            ("refresh_token", self.refresh_token.expose_secret()),
        ];
        let request = self.client.post(self.url.clone()).header(ACCEPT, "application/json").form(&form);
        let raw = client::send(request).await.map_err(|_| VendorFault::new(Trouble::Unreachable))?;
        granted(&raw, self.clock.now_ms()).map_err(|trouble| VendorFault {
            tracking_id: errors::tracking_id(&raw),
            ..VendorFault::new(trouble).coded(&raw.status.to_string())
        })
    }
}

fn granted(raw: &Raw, now_ms: UnixMs) -> Result<Grant, Trouble> {
    match (raw.status, &raw.body) {
        (200, Ok(body)) => {
            let granted: Granted = serde_json::from_slice(body).map_err(|_| Trouble::Credentials(None))?;
            Ok(Grant {
                value: granted.access_token,
                scopes: granted.scope.split_whitespace().map(str::to_owned).collect(),
                seconds: granted.expires_in,
            })
        }
        (423 | 429, _) => Err(Trouble::RateLimited(retry_after::parse(raw.header("retry-after"), now_ms))),
        (400..=499, Ok(_)) => Err(Trouble::Credentials(errors::sentence(raw))),
        _ => Err(Trouble::Unreachable),
    }
}
