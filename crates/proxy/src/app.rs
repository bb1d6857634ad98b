//! The running program: everything that requests share, put together once. Must not hold behaviour of its own.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use roomkey_schema::{Catalog, DataFault, Document};
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

use crate::assets::Assets;
use crate::audit::checkpoint::Checkpoints;
use crate::audit::signer::Signer;
use crate::audit::verification::Verification;
use crate::audit::{Recorder, key, unfinished};
use crate::auth::password::{PasswordFault, Passwords};
use crate::auth::session::Sessions;
use crate::clock::Clock;
use crate::config::{self, Config, VeetingLevel};
use crate::connections::{self, Connections};
use crate::http::accept::{self, Acceptance};
use crate::http::bare::Bare;
use crate::http::csrf::OwnOrigin;
use crate::http::headers::SecurityHeaders;
use crate::http::tls::{self, TlsFault};
use crate::jobs::seal::Seal;
use crate::jobs::{self, Jobs};
use crate::pages::Pages;
use crate::people::{self, Index};
use crate::random::Random;
use crate::rate::object_lock::ObjectLocks;
use crate::routes;
use crate::routes::health::Readiness;
use crate::store::sqlite::SqliteStore;
use crate::store::{Store, StoreFault};
use crate::vendors::{self, AdapterFault, Vendor};
use crate::words::{Words, WordsFault};

/// A handle on the running program; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What requests share.
pub struct Parts {
    /// What the operator set.
    pub config: Config,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// What outlives the process.
    pub store: Arc<dyn Store>,
    /// Password hashes.
    pub passwords: Passwords,
    /// Sessions.
    pub sessions: Sessions,
    /// The record.
    pub recorder: Arc<Recorder>,
    /// Whether the record is whole, as last looked at.
    pub verification: Verification,
    /// The operation table and the forms.
    pub catalog: Catalog,
    /// Forms and API descriptions, written out for each role.
    pub pages: Pages,
    /// Our sentences.
    pub words: Words,
    /// Vendors by name.
    pub vendors: BTreeMap<String, Arc<dyn Vendor>>,
    /// How it stands with each.
    pub connections: Connections,
    /// One write at a time for an object.
    pub objects: ObjectLocks,
    /// Headers of every answer.
    pub security_headers: SecurityHeaders,
    /// The console's files.
    pub assets: Assets,
    /// Whether the store can be written, as lately seen.
    pub readiness: Readiness,
    /// What jobs share.
    pub jobs: Jobs,
    /// What the readers of the people index share.
    pub people: Index,
    /// Seals what jobs keep.
    pub seal: Seal,
    /// Work that goes on when its caller has gone.
    pub tasks: TaskTracker,
}

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// The data directory cannot be used.
    #[error("the data directory {directory} cannot be used: {cause}")]
    Directory {
        /// The directory.
        directory: String,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A document is at fault.
    #[error(transparent)]
    Data(#[from] DataFault),
    /// The sentences are at fault.
    #[error(transparent)]
    Words(#[from] WordsFault),
    /// Passwords cannot be hashed.
    #[error(transparent)]
    Passwords(#[from] PasswordFault),
    /// A vendor's adapter cannot be made.
    #[error(transparent)]
    Adapter(#[from] AdapterFault),
    /// TLS cannot be served.
    #[error(transparent)]
    Tls(#[from] TlsFault),
    /// Something has no JSON form.
    #[error("a form could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// The program over the SQLite store in the configured directory.
    pub async fn new(config: Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Self, StartFault> {
        let store = open_store(&config).await?;
        Self::over(config, clock, random, Arc::new(store))
    }

    /// The program over any store.
    pub fn over(
        config: Config,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        store: Arc<dyn Store>,
    ) -> Result<Self, StartFault> {
        let directory = |cause| StartFault::Directory { directory: config.data.display().to_string(), cause };
        let documents = documents(&config)?;
        let catalog = Catalog::load(&documents)?;
        let chain = Arc::new(key::open_or_create(&config.data, &*random).map_err(directory)?);
        let signer = Signer::open_or_create(&config.data, &*random).map_err(directory)?;
        let checkpoints = Checkpoints::new(signer, config.data.join(key::CHECKPOINT_FILE), &config.record);
        let vendors = vendors::configured(&config.vendors, &clock)?;
        let assets = Assets::embedded();
        Ok(Self(Arc::new(Parts {
            passwords: Passwords::new(random.clone())?,
            sessions: Sessions::new(store.clone(), clock.clone(), random.clone(), &config.session),
            recorder: Arc::new(Recorder::new(store.clone(), chain, clock.clone(), checkpoints)),
            pages: Pages::new(&catalog, &documents)?,
            words: Words::load()?,
            security_headers: SecurityHeaders::new(&assets.script_hashes(), serves_https(&config)),
            connections: Connections::default(),
            verification: Verification::default(),
            objects: ObjectLocks::default(),
            readiness: Readiness::default(),
            jobs: Jobs::default(),
            people: Index::default(),
            seal: Seal::open_or_create(&config.data, &*random).map_err(directory)?,
            tasks: TaskTracker::new(),
            catalog,
            vendors,
            assets,
            config,
            clock,
            random,
            store,
        })))
    }

    /// The routes with all their layers: what is served, and what tests drive.
    pub fn router(&self) -> Router {
        routes::router(self)
    }

    /// Our own origin, to compare a request's with.
    pub fn scheme_and_origin(&self) -> OwnOrigin<'_> {
        match (&self.config.public_origin, &self.config.tls) {
            (Some(origin), _) => OwnOrigin::Fixed(origin),
            (None, Some(_)) => OwnOrigin::OfHost("https"),
            (None, None) => OwnOrigin::OfHost("http"),
        }
    }
}

/// Serves until `shutdown` ends; then lets requests and their work finish, signs a checkpoint and closes the store.
pub async fn serve(listener: TcpListener, app: App, shutdown: impl Future<Output = ()>) -> Result<(), StartFault> {
    let acceptance = Acceptance {
        limits: app.config.limits.clone(),
        tls: app.config.tls.as_ref().map(tls::acceptor).transpose()?,
        peers: if app.config.behind_proxy { app.config.proxy_peers.clone() } else { Vec::new() },
        bare: Bare::new(&app.security_headers),
    };
    // Each connection is a file handle, and shells hand out few. What the system refuses, the accept loop waits out.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    match unfinished::close(&*app.store, &app.recorder).await {
        Ok(0) => {}
        Ok(count) => tracing::warn!(count, "changes were interrupted when the program last ended; see the record"),
        Err(error) => tracing::error!(%error, "interrupted changes could not be noted in the record"),
    }
    let recorder = app.recorder.clone();
    let checkpoints = tokio::spawn(async move { recorder.keep_checkpoints().await });
    let supervisor = tokio::spawn(jobs::supervise(app.clone()));
    let people = tokio::spawn(people::keep(app.clone()));
    let testing = tokio::spawn({
        let app = app.clone();
        async move { connections::test_all(&app).await }
    });
    accept::serve(listener, app.router(), acceptance, shutdown).await;
    testing.abort();
    app.jobs.stop.cancel();
    app.people.stop.cancel();
    let _ = supervisor.await;
    let _ = people.await;
    app.tasks.close();
    let patience = std::time::Duration::from_millis(app.config.limits.shutdown_ms);
    if tokio::time::timeout(patience, app.tasks.wait()).await.is_err() {
        tracing::warn!("some calls to vendors did not end in time; their outcomes are not in the record");
    }
    checkpoints.abort();
    app.recorder.write_checkpoint().await;
    app.store.close().await;
    Ok(())
}

/// Opens the SQLite store of the configured directory; makes the directory when there is none.
pub async fn open_store(config: &Config) -> Result<SqliteStore, StartFault> {
    let directory = |cause| StartFault::Directory { directory: config.data.display().to_string(), cause };
    private_directory(&config.data).map_err(directory)?;
    Ok(SqliteStore::open(&config.data.join(key::DATABASE_FILE)).await?)
}

fn private_directory(path: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// The documents of this release and those of the configured folder.
pub fn documents(config: &Config) -> Result<Vec<Document>, StartFault> {
    let mut documents = roomkey_schema::data::documents();
    if let Some(webex) = &config.vendors.webex {
        if webex.xml.is_some() {
            documents.push(roomkey_schema::data::webex_xml_overlay());
        }
        documents.push(roomkey_schema::data::webex_pins(webex.pin_digits, &webex.pin_digits_by_site));
    }
    if config.vendors.veeting.as_ref().is_some_and(|veeting| veeting.level == VeetingLevel::Account) {
        documents.push(roomkey_schema::data::veeting_account_overlay());
    }
    if let Some(folder) = &config.schemas {
        let extra = extra_documents(folder)
            .map_err(|cause| StartFault::Directory { directory: folder.display().to_string(), cause })?;
        documents.extend(extra.into_iter().map(|(name, text)| Document { name, text }));
    }
    Ok(documents)
}

/// Name and text of every `*.openapi.json` in a folder, in order of name.
pub fn extra_documents(folder: &std::path::Path) -> std::io::Result<Vec<(String, String)>> {
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".openapi.json") {
            documents.push((name, std::fs::read_to_string(entry.path())?));
        }
    }
    documents.sort();
    Ok(documents)
}

fn serves_https(config: &config::Config) -> bool {
    config.tls.is_some() || config.public_origin.as_ref().is_some_and(|origin| origin.starts_with("https://"))
}
