//! Reads the headers of a reverse proxy that signs people in, when one is configured, and notes whom it names. What is not
//! to be believed is refused, not overlooked: somebody is pretending, or the proxy is set up wrongly.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::fault::{Fault, Kind};
use super::peer::Peer;
use crate::app::App;
use crate::auth::trusted::{self, Distrust};

/// Lets requests without such headers, and those of the proxy, through.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some(config) = &app.config.trusted_header else { return next.run(request).await };
    let peer = request.extensions().get::<Peer>().and_then(|peer| peer.ip());
    let details = &app.words.details;
    let fault = match trusted::read(config, peer, request.headers()) {
        Ok(vouched) => {
            if let Some(vouched) = vouched {
                request.extensions_mut().insert(vouched);
            }
            return next.run(request).await;
        }
        Err(Distrust::Twice) => Fault::new(Kind::BadRequest).detail(&details.trusted_twice),
        Err(Distrust::Elsewhere) => Fault::new(Kind::Forbidden).detail(&details.trusted_elsewhere),
        Err(Distrust::Unproven) => Fault::new(Kind::Forbidden).detail(&details.trusted_unproven),
    };
    let from = peer.map(|peer| peer.to_string()).unwrap_or_default();
    fault.cause(&format!("a header of [trusted_header] came from {from}")).into_response()
}
