//! The provider as we know it: its own description and keys, asked for when they are needed and kept for a while. Must not
//! look at a token.

use std::sync::Arc;
use std::time::Duration;

use openidconnect::core::{CoreClientAuthMethod, CoreJsonWebKeySet};
use openidconnect::{AuthType, ClientId, ClientSecret, IssuerUrl, JsonWebKeySet, RedirectUrl};
use secrecy::ExposeSecret;
use tokio::sync::Mutex;

use super::http::Http;
use super::metadata::{Metadata, TokenClient};
use super::{Refusal, Refused};
use crate::clock::{Clock, UnixMs};
use crate::config::Oidc;
use crate::vendors::client;

/// Where the provider sends people back to.
pub const CALLBACK: &str = "/auth/oidc/callback";
/// How long a description is taken for true, and how long when the provider cannot be reached.
const FRESH_MS: i64 = 3_600_000;
const USABLE_MS: i64 = 24 * FRESH_MS;
/// How often keys are asked for because of a token that none of them fits.
const KEYS_EVERY_MS: i64 = 30_000;
/// How long a provider that could not be reached is left alone.
const RESTS_MS: i64 = 2_000;

/// An `OpenID` provider.
pub struct Provider {
    pub(super) config: Oidc,
    origin: String,
    redirect: RedirectUrl,
    issuer: IssuerUrl,
    pub(super) http: Http,
    clock: Arc<dyn Clock>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    metadata: Option<Arc<Metadata>>,
    at_ms: UnixMs,
    keys_at_ms: UnixMs,
    failed_at_ms: Option<UnixMs>,
}

/// Why the provider cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum ProviderFault {
    /// An address is none.
    #[error("oidc.issuer or public_origin is no address: {0}")]
    Address(#[from] openidconnect::url::ParseError),
    /// There is no HTTP client.
    #[error("the HTTP client for the OpenID provider cannot be made: {0}")]
    Client(#[from] reqwest::Error),
}

impl Provider {
    /// The provider of the configuration, which has its secret by now. Nobody is asked yet.
    pub fn new(config: &Oidc, origin: &str, clock: Arc<dyn Clock>) -> Result<Self, ProviderFault> {
        Ok(Self {
            config: config.clone(),
            origin: origin.to_owned(),
            redirect: RedirectUrl::new(format!("{origin}{CALLBACK}"))?,
            issuer: IssuerUrl::new(config.issuer.clone())?,
            http: Http::new(Duration::from_millis(config.timeout_ms))?,
            clock,
            known: Mutex::default(),
        })
    }

    /// What it calls itself.
    pub fn issuer(&self) -> &str {
        &self.config.issuer
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.config.name
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    pub(super) fn client_id(&self) -> ClientId {
        ClientId::new(self.config.client_id.clone())
    }

    pub(super) fn client_secret(&self) -> ClientSecret {
        let secret = self.config.client_secret.as_ref().map(|secret| secret.expose_secret().to_owned());
        ClientSecret::new(secret.unwrap_or_default())
    }

    /// The library's client, with the provider's addresses.
    pub(super) fn client(&self, metadata: &Metadata) -> TokenClient {
        let client =
            TokenClient::from_provider_metadata(metadata.clone(), self.client_id(), Some(self.client_secret()));
        let client = client.set_redirect_uri(self.redirect.clone());
        let methods = metadata.token_endpoint_auth_methods_supported();
        let takes = |method: &CoreClientAuthMethod| methods.is_some_and(|methods| methods.contains(method));
        let only_post =
            takes(&CoreClientAuthMethod::ClientSecretPost) && !takes(&CoreClientAuthMethod::ClientSecretBasic);
        client.set_auth_type(if only_post { AuthType::RequestBody } else { AuthType::BasicAuth })
    }

    /// How it describes itself. When it cannot be reached, what it said before, for a day.
    pub(super) async fn metadata(&self) -> Result<Arc<Metadata>, Refused> {
        let mut known = self.known.lock().await;
        let now_ms = self.clock.now_ms();
        let age_ms = now_ms - known.at_ms;
        if let Some(metadata) = known.metadata.as_ref().filter(|_| age_ms < FRESH_MS) {
            return Ok(metadata.clone());
        }
        let rests = known.failed_at_ms.is_some_and(|at_ms| now_ms - at_ms < RESTS_MS);
        let cause = if rests {
            "it could not be reached a moment ago".to_owned()
        } else {
            match Metadata::discover_async(self.issuer.clone(), &self.http).await {
                Ok(metadata) => {
                    let metadata = Arc::new(metadata);
                    *known = Known {
                        metadata: Some(metadata.clone()),
                        at_ms: now_ms,
                        keys_at_ms: now_ms,
                        failed_at_ms: None,
                    };
                    return Ok(metadata);
                }
                Err(error) => {
                    known.failed_at_ms = Some(now_ms);
                    described(&error)
                }
            }
        };
        match known.metadata.as_ref().filter(|_| age_ms < USABLE_MS) {
            Some(metadata) => Ok(metadata.clone()),
            None => Err(Refused::new(Refusal::ProviderDown, cause)),
        }
    }

    /// With keys that were asked for anew, because a token names one that is not known. None when that was a moment ago.
    pub(super) async fn with_new_keys(&self) -> Option<Arc<Metadata>> {
        let mut known = self.known.lock().await;
        let now_ms = self.clock.now_ms();
        let metadata = known.metadata.clone()?;
        if now_ms - known.keys_at_ms < KEYS_EVERY_MS {
            return None;
        }
        known.keys_at_ms = now_ms;
        let keys: Result<CoreJsonWebKeySet, _> = JsonWebKeySet::fetch_async(metadata.jwks_uri(), &self.http).await;
        match keys {
            Ok(keys) => {
                let metadata = Arc::new((*metadata).clone().set_jwks(keys));
                known.metadata = Some(metadata.clone());
                Some(metadata)
            }
            Err(error) => {
                tracing::warn!(cause = described(&error), "the OpenID provider's keys could not be read");
                None
            }
        }
    }
}

/// An error and what is behind it. The library's own words name fields and statuses; bodies are not among them.
pub(super) fn described(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut behind = error.source();
    while let Some(error) = behind {
        text = format!("{text}: {error}");
        behind = error.source();
    }
    client::quotable(&text)
}
