//! Takes what the provider sends back: the answer's issuer, the code for tokens, the tokens for a person. Must not keep a
//! token.

use axum::http::header::{ACCEPT, AUTHORIZATION};
use openidconnect::{
    AccessToken, AuthorizationCode, HttpRequest, OAuth2TokenResponse as _, PkceCodeVerifier, RequestTokenError,
    TokenResponse as _,
};
use serde_json::{Map, Value};

use super::flow::Flow;
use super::metadata::{Claims, Metadata};
use super::provider::described;
use super::{Provider, Refusal, Refused};
use crate::auth::federated::Vouched;
use crate::clock::UnixMs;

/// What came back with the browser, besides the state.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// To be exchanged for tokens.
    pub code: Option<String>,
    /// What went wrong at the provider.
    pub error: Option<String>,
    /// Who answers (RFC 9207).
    pub issuer: Option<String>,
}

/// Who has come, and how.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The person.
    pub vouched: Vouched,
    /// When the person proved who it is; 0 when the provider does not say.
    pub proven_ms: UnixMs,
    /// What the provider calls its session.
    pub session: Option<String>,
}

impl Provider {
    /// The person whom the provider sent back.
    pub async fn finish(&self, flow: &Flow, returned: &Returned, now_ms: UnixMs) -> Result<Arrived, Refused> {
        let refused = |cause: &str| Refused::new(Refusal::Refused, cause);
        let metadata = self.metadata().await?;
        // An answer of another provider must not be taken to this one (RFC 9207).
        match &returned.issuer {
            Some(issuer) if *issuer != self.config.issuer => return Err(refused("another issuer answered")),
            None if metadata.additional_metadata().authorization_response_iss_parameter_supported => {
                return Err(refused("the answer does not name its issuer, as the provider says that it does"));
            }
            _ => {}
        }
        if let Some(error) = &returned.error {
            let cause = crate::vendors::client::quotable(error);
            return Err(Refused::new(Refusal::Denied, format!("the provider answered {cause}")));
        }
        let code = returned.code.clone().ok_or_else(|| refused("there is no code in the answer"))?;
        let client = self.client(&metadata);
        let request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| Refused::new(Refusal::ProviderDown, described(&error)))?;
        let tokens = request
            .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(error) => Refused::new(Refusal::ProviderDown, described(&error)),
                RequestTokenError::ServerResponse(said) => {
                    Refused::new(Refusal::Refused, format!("the code was not taken: {}", said.error()))
                }
                // What cannot be read may hold a token: it is not repeated.
                _ => refused("the answer with the tokens cannot be read"),
            })?;
        let token = tokens.id_token().ok_or_else(|| refused("there is no ID token among the tokens"))?;
        let claims = self.claims(&metadata, token, tokens.access_token(), flow, now_ms).await?;
        let more = self.more(&metadata, &claims, tokens.access_token()).await?;
        Ok(self.arrived(&claims, &more))
    }

    /// What the provider says of the person besides the token, when the token says nothing of groups.
    async fn more(
        &self,
        metadata: &Metadata,
        claims: &Claims,
        access: &AccessToken,
    ) -> Result<Map<String, Value>, Refused> {
        let has_groups = claims.additional_claims().0.contains_key(&self.config.groups_claim);
        let Some(address) = metadata.userinfo_endpoint().filter(|_| !has_groups) else { return Ok(Map::new()) };
        let down = |cause: &str| Refused::new(Refusal::ProviderDown, cause);
        let request = asking(address.as_str(), access).ok_or_else(|| down("the address of userinfo is none"))?;
        let answer = self.http.send(request).await.map_err(|error| down(&described(&error)))?;
        if !answer.status().is_success() {
            return Err(down(&format!("userinfo answered {}", answer.status())));
        }
        let Ok(Value::Object(more)) = roomkey_schema::json::strict(answer.body()) else {
            return Err(down("userinfo is no JSON object"));
        };
        if more.get("sub").and_then(Value::as_str) != Some(claims.subject().as_str()) {
            return Err(Refused::new(Refusal::Refused, "userinfo is of another person"));
        }
        Ok(more)
    }

    fn arrived(&self, claims: &Claims, more: &Map<String, Value>) -> Arrived {
        let others = &claims.additional_claims().0;
        let text = |name: &str| more.get(name).and_then(Value::as_str).map(str::to_owned);
        let name = claims.name().and_then(|name| name.get(None)).map(|name| name.to_string());
        let preferred = claims.preferred_username().map(|name| name.to_string());
        let label = name.or_else(|| text("name")).or(preferred).or_else(|| text("preferred_username"));
        let email = claims.email().map(|email| email.to_string()).or_else(|| text("email"));
        let groups = others.get(&self.config.groups_claim).or_else(|| more.get(&self.config.groups_claim));
        let vouched = Vouched {
            issuer: self.config.issuer.clone(),
            subject: claims.subject().to_string(),
            label: label.unwrap_or_default(),
            email: email.unwrap_or_default(),
            groups: groups.map(texts).unwrap_or_default(),
        };
        let proven_ms = claims.auth_time().map_or(0, |at| at.timestamp_millis());
        Arrived { vouched, proven_ms, session: others.get("sid").and_then(Value::as_str).map(str::to_owned) }
    }
}

fn asking(address: &str, access: &AccessToken) -> Option<HttpRequest> {
    axum::http::Request::get(address)
        .header(ACCEPT, "application/json")
        .header(AUTHORIZATION, format!("Bearer {}", access.secret()))
        .body(Vec::new())
        .ok()
}

/// A list of texts, or one text.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(all) => all.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}
