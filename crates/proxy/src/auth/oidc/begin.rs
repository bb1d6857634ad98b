//! Sends somebody to the provider: code flow, PKCE with S256, state and nonce.

use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow};
use openidconnect::{CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};

use super::flow::Flow;
use super::{Provider, Refused};

impl Provider {
    /// Address at the provider.
    pub async fn begin(&self, flow: &Flow) -> Result<String, Refused> {
        let metadata = self.metadata().await?;
        let client = self.client(&metadata);
        let (state, nonce) = (flow.state.clone(), flow.nonce.clone());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(flow.verifier.clone()));
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(challenge)
            .add_scopes(self.config.scopes.iter().cloned().map(Scope::new));
        if flow.prove {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(std::time::Duration::ZERO);
        }
        let (url, _, _) = request.url();
        Ok(url.into())
    }
}
