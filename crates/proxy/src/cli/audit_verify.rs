//! `roomkey audit verify`: is the record whole? And `roomkey audit key`: what its checkpoints are checked with. Both read the
//! data directory; they work while the server runs.

use std::path::PathBuf;

use clap::Args;

use super::{Ended, say};
use crate::audit::signer::Signer;
use crate::audit::verify::{Known, Verdict, verify};
use crate::audit::{checkpoint, key};
use crate::config;
use crate::store::Store as _;
use crate::store::sqlite::SqliteStore;

/// Exit code for a record that is not whole.
const BROKEN: u8 = 2;

/// Where the record is.
#[derive(Debug, Args)]
pub(super) struct DataDirectory {
    /// The configuration file, which names the data directory.
    #[arg(long, value_name = "FILE", required_unless_present = "data", conflicts_with = "data")]
    config: Option<PathBuf>,
    /// The data directory.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Arguments of `roomkey audit verify`.
#[derive(Debug, Args)]
pub(super) struct AuditVerify {
    #[command(flatten)]
    directory: DataDirectory,
    /// A file with checkpoints that was kept elsewhere: copies, or what a syslog wrote down.
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
}

impl DataDirectory {
    /// The directory, and the file of checkpoints that the configuration names.
    fn open(self) -> Result<(PathBuf, Option<PathBuf>), Ended> {
        match (self.data, self.config) {
            (Some(directory), _) => Ok((directory, None)),
            (None, Some(file)) => {
                let config = config::from_file(&file)?;
                Ok((config.data, config.record.checkpoint_file.filter(|file| file.exists())))
            }
            (None, None) => Err(Ended::because("name the data directory with --data")),
        }
    }
}

/// Prints the public key.
pub(super) fn key(directory: DataDirectory) -> Result<(), Ended> {
    let (directory, _) = directory.open()?;
    let signer = Signer::open(&directory).map_err(|error| {
        Ended::because(format!("the checkpoints' key in {} cannot be read: {error}", directory.display()))
    })?;
    say(signer.public_key());
    Ok(())
}

pub(super) async fn run(arguments: AuditVerify) -> Result<(), Ended> {
    let (directory, file) = arguments.directory.open()?;
    let database = directory.join(key::DATABASE_FILE);
    if !database.is_file() {
        return Err(Ended::because(format!("there is no record in {}", directory.display())));
    }
    let chain = key::open(&directory).map_err(|error| {
        Ended::because(format!("the record's key in {} cannot be read: {error}", directory.display()))
    })?;
    let unreadable = |error: std::io::Error| Ended::because(format!("the checkpoint cannot be read: {error}"));
    let mut checkpoints: Vec<_> =
        checkpoint::read(&directory.join(key::CHECKPOINT_FILE)).map_err(unreadable)?.into_iter().collect();
    for file in file.iter().chain(&arguments.checkpoint) {
        checkpoints.extend(checkpoint::read_all(file).map_err(unreadable)?);
    }
    let signer = Signer::open(&directory).ok();
    let count = checkpoints.len();
    let store = SqliteStore::open(&database).await?;
    let verdict = verify(&store, &chain, &Known { checkpoints, signer: signer.as_ref() }, &|_| {}).await?;
    store.close().await;
    match verdict {
        Verdict::Whole(rows) => {
            say(format_args!("The record is whole: {rows} rows."));
            if arguments.checkpoint.is_some() {
                say(format_args!("It holds what {count} checkpoints saw."));
            }
            Ok(())
        }
        Verdict::Broken(finding) => {
            Err(Ended { sentence: format!("the record is not whole: {finding}"), code: BROKEN })
        }
    }
}
