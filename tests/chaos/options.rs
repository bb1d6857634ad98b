//! What can be asked for on the command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Kills the server while it carries out bulk jobs, and proves that nothing was lost or done twice.
#[derive(Debug, Parser)]
pub(crate) struct Options {
    /// Rows of a job.
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(5..=2600))]
    pub(crate) rows: u32,
    /// How often the server is killed at random.
    #[arg(long, default_value_t = 60)]
    pub(crate) kills: u32,
    /// How often the server ends itself at each named place.
    #[arg(long, default_value_t = 3)]
    pub(crate) places: u32,
    /// The same seed throws the same waits and faults.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Which of Webex's two APIs is used.
    #[arg(long, value_enum, default_value = "rest")]
    pub(crate) webex: Webex,
    /// Leaves the database, the logs and the ledger behind.
    #[arg(long)]
    pub(crate) keep: bool,
    /// The server, built with the feature `chaos`.
    #[arg(long)]
    pub(crate) roomkey: PathBuf,
    /// The emulated vendors.
    #[arg(long)]
    pub(crate) sandbox: PathBuf,
}

/// Which of Webex's two APIs is used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Webex {
    /// REST.
    Rest,
    /// XML.
    Xml,
}

impl Webex {
    /// Whether each administrator may make so many changes in a day.
    pub(crate) fn counts_by_administrator(self) -> bool {
        self == Self::Xml
    }
}
