//! What a run works with: the sandbox, the server, the console's session, chance, and the job that is under way. Everything
//! lives in one temporary directory, and ends with it.

use serde_json::json;
use tempfile::TempDir;

use crate::Outcome;
use crate::console::Console;
use crate::dice::Dice;
use crate::options::{Options, Webex};
use crate::say::line;
use crate::server::Server;
use crate::tally::Tally;
use crate::vendor::Vendor;
use crate::wave::Wave;
use crate::weather;

/// People of the emulated organisation, of whom nine in ten have a room.
const PEOPLE: u32 = 3_000;

/// No faults.
const CALM: &str = "no fault";

pub(crate) struct Bench {
    pub(crate) server: Server,
    pub(crate) vendor: Vendor,
    pub(crate) console: Console,
    pub(crate) dice: Dice,
    pub(crate) tally: Tally,
    pub(crate) webex: Webex,
    pub(crate) kills: u32,
    pub(crate) places: u32,
    pub(crate) rows: usize,
    /// Everybody who has a room.
    pub(crate) everybody: Vec<String>,
    pub(crate) wave: Wave,
    /// What the vendor suffers beside slowness.
    pub(crate) fault: &'static str,
    directory: TempDir,
}

impl Bench {
    /// Starts the sandbox and prepares the server.
    pub(crate) async fn open(options: &Options) -> Outcome<Self> {
        let directory = tempfile::Builder::new().prefix("roomkey-chaos-").tempdir()?;
        let vendor = Vendor::start(&options.sandbox, directory.path(), PEOPLE).await?;
        let server = Server::prepare(options, directory.path(), &vendor.address).await?;
        Ok(Self {
            server,
            vendor,
            console: Console::new()?,
            dice: Dice::new(options.seed),
            tally: Tally::default(),
            webex: options.webex,
            kills: options.kills,
            places: options.places,
            rows: usize::try_from(options.rows)?,
            everybody: Vec::new(),
            wave: Wave::default(),
            fault: CALM,
            directory,
        })
    }

    /// Starts the server, which ends itself at `place`.
    pub(crate) async fn start(&mut self, place: Option<&str>) -> Outcome<()> {
        self.tally.starts += 1;
        self.server.start(place).await
    }

    /// Other faults from now on.
    pub(crate) async fn change_weather(&mut self) -> Outcome<()> {
        let (rules, kind) = weather::throw(&mut self.dice, self.webex);
        self.fault = kind.unwrap_or(CALM);
        if let Some(kind) = kind {
            *self.tally.faults.entry(kind).or_default() += 1;
        }
        self.vendor.faults(&rules).await
    }

    /// No faults any more.
    pub(crate) async fn calm(&self) -> Outcome<()> {
        self.vendor.faults(&json!([])).await
    }

    /// Leaves the directory behind, for somebody to look at.
    pub(crate) fn keep(&mut self) {
        self.directory.disable_cleanup(true);
        line(&format!("What was found stays in {}", self.directory.path().display()));
    }
}
