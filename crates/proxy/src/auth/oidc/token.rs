//! Whether an ID token holds (OpenID Connect Core 1.0 §3.1.3.7): signature by a key of the provider, issuer, audience,
//! authorized party, times, nonce, access token's hash, and when the person proved who it is. Every doubt is a no.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use openidconnect::core::CoreJsonWebKey;
use openidconnect::core::CoreJwsSigningAlgorithm;
use openidconnect::{
    AccessToken, AccessTokenHash, ClaimsVerificationError, IdTokenVerifier, Nonce, SignatureVerificationError,
};

use super::flow::Flow;
use super::metadata::{Claims, IdToken, Metadata};
use super::{Provider, Refusal, Refused};
use crate::clock::UnixMs;

/// Signatures that are looked at: those with a key that only the provider has.
pub(super) const ALGORITHMS: [CoreJwsSigningAlgorithm; 7] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// How far the provider's clock may be ahead of ours, and how old a token may be.
pub(super) const AHEAD_S: i64 = 60;
const OLDEST_S: i64 = 600;
/// How long before it was asked the person may have signed in, for clocks that differ.
const BEFORE_ASKED_S: i64 = 30;

impl Provider {
    /// What the token says, if it holds.
    pub(super) async fn claims(
        &self,
        metadata: &Arc<Metadata>,
        token: &IdToken,
        access: &AccessToken,
        flow: &Flow,
        now_ms: UnixMs,
    ) -> Result<Claims, Refused> {
        let checked = self.check(metadata, token, access, flow, now_ms);
        let unknown_key = ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey);
        // Providers change their keys; once is enough to find out.
        let checked = match checked {
            Err(error) if error.to_string() == unknown_key.to_string() => match self.with_new_keys().await {
                Some(metadata) => self.check(&metadata, token, access, flow, now_ms),
                None => Err(error),
            },
            checked => checked,
        };
        let claims = checked.map_err(|error| Refused::new(Refusal::Refused, super::provider::described(&error)))?;
        if flow.prove && !is_proven(&claims, flow) {
            return Err(Refused::new(Refusal::NotProven, "the provider did not ask the person to sign in again"));
        }
        Ok(claims)
    }

    fn check(
        &self,
        metadata: &Metadata,
        token: &IdToken,
        access: &AccessToken,
        flow: &Flow,
        now_ms: UnixMs,
    ) -> Result<Claims, ClaimsVerificationError> {
        let now = DateTime::from_timestamp_millis(now_ms).unwrap_or_default();
        let verifier: IdTokenVerifier<'_, CoreJsonWebKey> = IdTokenVerifier::new_confidential_client(
            self.client_id(),
            self.client_secret(),
            metadata.issuer().clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || now)
        .set_issue_time_verifier_fn(move |issued| is_lately(issued, now));
        let claims = token.claims(&verifier, &Nonce::new(flow.nonce.clone()))?;
        if claims.authorized_party().is_some_and(|party| **party != self.config.client_id) {
            return Err(ClaimsVerificationError::InvalidAudience("the token was issued to another party".to_owned()));
        }
        if let Some(said) = claims.access_token_hash() {
            let signature = |error| ClaimsVerificationError::SignatureVerification(error);
            let algorithm = token.signing_alg().map_err(signature)?;
            let key = token.signing_key(&verifier).map_err(signature)?;
            let hash = AccessTokenHash::from_token(access, algorithm, key)
                .map_err(|error| ClaimsVerificationError::Other(error.to_string()))?;
            if hash != *said {
                return Err(ClaimsVerificationError::Other("the access token is not the ID token's own".to_owned()));
            }
        }
        Ok(claims.clone())
    }
}

fn is_lately(issued: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), String> {
    let age_s = (now - issued).num_seconds();
    if (-AHEAD_S..=OLDEST_S).contains(&age_s) {
        return Ok(());
    }
    Err(format!("the token was issued {age_s} seconds ago"))
}

/// Whether the person signed in for this, and not some time before.
fn is_proven(claims: &Claims, flow: &Flow) -> bool {
    claims.auth_time().is_some_and(|at| at.timestamp() >= flow.begun_ms / 1_000 - BEFORE_ASKED_S)
}
