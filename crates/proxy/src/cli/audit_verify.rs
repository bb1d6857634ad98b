//! `roomkey audit verify`: is the record whole? Reads the data directory; works while the server runs.

use std::path::PathBuf;

use clap::Args;

use super::{Ended, say};
use crate::audit::verify::{Verdict, verify};
use crate::audit::{checkpoint, key};
use crate::config;
use crate::store::Store as _;
use crate::store::sqlite::SqliteStore;

/// Exit code for a record that is not whole.
const BROKEN: u8 = 2;

/// Arguments of `roomkey audit verify`.
#[derive(Debug, Args)]
pub(super) struct AuditVerify {
    /// The configuration file, which names the data directory.
    #[arg(long, value_name = "FILE", required_unless_present = "data", conflicts_with = "data")]
    config: Option<PathBuf>,
    /// The data directory.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

pub(super) async fn run(arguments: AuditVerify) -> Result<(), Ended> {
    let directory = match (arguments.data, arguments.config) {
        (Some(directory), _) => directory,
        (None, Some(file)) => config::from_file(&file)?.data,
        (None, None) => return Err(Ended::because("name the data directory with --data")),
    };
    let database = directory.join(key::DATABASE_FILE);
    if !database.is_file() {
        return Err(Ended::because(format!("there is no record in {}", directory.display())));
    }
    let chain = key::open(&directory).map_err(|error| {
        Ended::because(format!("the record's key in {} cannot be read: {error}", directory.display()))
    })?;
    let checkpoint = checkpoint::read(&directory.join(key::CHECKPOINT_FILE))
        .map_err(|error| Ended::because(format!("the checkpoint cannot be read: {error}")))?;
    let store = SqliteStore::open(&database).await?;
    let verdict = verify(&store, &chain, checkpoint).await?;
    store.close().await;
    match verdict {
        Verdict::Whole(rows) => {
            say(format_args!("The record is whole: {rows} rows."));
            Ok(())
        }
        Verdict::Broken(finding) => {
            Err(Ended { sentence: format!("the record is not whole: {finding}"), code: BROKEN })
        }
    }
}
