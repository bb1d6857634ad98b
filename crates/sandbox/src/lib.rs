//! The vendors' APIs, emulated over HTTP: stateful, repeatable from a seed, with the vendors' errors, limits and quirks.
//! The independent judge of everything else: must not use the project's own validators, nor answer anything that the
//! vendor's document does not describe without saying so in `docs/sandbox-differences.md`.

mod clock;
mod connect;
mod control;
mod cut;
mod dice;
mod documents;
mod exchange;
mod faults;
mod ledger;
mod merge;
mod message;
mod multipart;
mod names;
mod organisation;
mod shape;
mod template;
mod veeting;
mod vendor;
mod webex;
mod webex_xml;
mod zoom;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};

use clock::ShiftedClock;
pub use clock::{Clock, FixedClock, SystemClock, Timestamp};
use connect::Connect;
pub use documents::DocumentFault;
use documents::Documents;
use faults::Faults;
use ledger::Ledger;
use veeting::Veeting;
use vendor::Vendor;
use webex::Webex;
use webex_xml::WebexXml;
use zoom::Zoom;

/// What a sandbox is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many people the organisation has.
    pub people: usize,
    /// The same seed gives the same organisation.
    pub seed: u64,
    /// Where ledger lines are appended, besides `GET /_sandbox/ledger`.
    pub ledger: Option<PathBuf>,
    /// The vendors' rate limits, or none.
    pub limits: bool,
    /// Further OpenAPI documents to serve: file name and text.
    pub documents: Vec<(String, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Self { people: 5000, seed: 1, ledger: None, limits: true, documents: Vec::new() }
    }
}

/// Why a sandbox cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the ledger file cannot be opened: {0}")]
    Ledger(#[source] io::Error),
    #[error(transparent)]
    Document(#[from] DocumentFault),
}

/// All that the request handlers share.
pub(crate) struct Sandbox {
    clock: ShiftedClock,
    ledger: Ledger,
    faults: Faults,
    vendors: Vec<Box<dyn Vendor>>,
}

/// The sandbox as a router, on the machine's clock.
pub fn router(options: Options) -> Result<Router, StartError> {
    router_at(options, Arc::new(SystemClock))
}

/// The sandbox as a router, on a given clock.
pub fn router_at(options: Options, clock: Arc<dyn Clock>) -> Result<Router, StartError> {
    let ledger = Ledger::open(options.ledger.as_deref()).map_err(StartError::Ledger)?;
    let documents = Documents::load(&options.documents, &[zoom::NAME])?;
    let zoom = Zoom::new(options.seed, options.people, options.limits, documents.of(zoom::NAME))?;
    let webex = Webex::new(options.seed, options.people, options.limits);
    let webex_xml = WebexXml::beside(&webex, options.seed, options.limits);
    let connect = Connect::new(options.seed, options.people);
    let veeting = Veeting::new(options.seed, options.people);
    let vendors: Vec<Box<dyn Vendor>> =
        vec![Box::new(zoom), Box::new(webex), Box::new(webex_xml), Box::new(connect), Box::new(veeting)];
    let sandbox = Sandbox { clock: ShiftedClock::new(clock), ledger, faults: Faults::new(), vendors };
    Ok(control::router().fallback(serve).with_state(Arc::new(sandbox)))
}

async fn serve(State(sandbox): State<Arc<Sandbox>>, request: Request<Body>) -> Response {
    let segment = request.uri().path().split('/').nth(1).unwrap_or_default();
    let vendor = sandbox.vendors.iter().find(|vendor| vendor.mount().trim_start_matches('/') == segment);
    match vendor {
        Some(vendor) => exchange::serve(&sandbox, vendor.as_ref(), request).await,
        None => (StatusCode::NOT_FOUND, "No vendor is spoken under this path.").into_response(),
    }
}
