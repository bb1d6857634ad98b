//! HTTP for the library, with the vendors' client: no redirects, no proxy variables, timeouts, a cap on answers. Never in clear
//! but to this machine, whatever the provider says of its addresses.

use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::Url;

use crate::config::is_safe_address;
use crate::vendors::{Trouble, client};

/// A client for one provider.
#[derive(Clone, Debug)]
pub(super) struct Http(reqwest::Client);

/// Why a call to the provider came to nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallFault {
    #[error("the call came to nothing ({0:?})")]
    Trouble(Trouble),
    #[error("the address {0} is neither https nor this machine")]
    Unsafe(String),
    #[error("the answer cannot be read")]
    Nonsense,
}

impl Http {
    pub(super) fn new(timeout: Duration) -> Result<Self, reqwest::Error> {
        client::build(timeout).map(Self)
    }

    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, CallFault> {
        let (parts, body) = request.into_parts();
        let address = parts.uri.to_string();
        if !is_safe_address(&address) {
            return Err(CallFault::Unsafe(address));
        }
        let url = Url::parse(&address).map_err(|_| CallFault::Nonsense)?;
        let request = self.0.request(parts.method, url).headers(parts.headers).body(body);
        let raw = client::send(request).await.map_err(CallFault::Trouble)?;
        let mut response = HttpResponse::new(raw.body.map_err(CallFault::Trouble)?.to_vec());
        *response.status_mut() = http::StatusCode::from_u16(raw.status).map_err(|_| CallFault::Nonsense)?;
        *response.headers_mut() = raw.headers;
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = CallFault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, CallFault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
