//! The subcommands. What they say goes to standard output as sentences; what goes wrong goes to standard error.

mod audit_verify;
mod check;
#[cfg(feature = "demo")]
mod demo;
#[cfg(feature = "demo")]
mod demo_vendors;
mod serve;
mod signals;
mod user_add;

use std::fmt::Display;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Browser console for the people who run meetings in an organisation.
#[derive(Debug, Parser)]
#[command(version, name = "roomkey")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the console against emulated vendors with made-up people.
    #[cfg(feature = "demo")]
    Demo(demo::Demo),
    /// Serve the console.
    Serve(ConfigFile),
    /// Say whether each vendor's credentials work, and which permissions they lack.
    Check(ConfigFile),
    /// Manage local accounts.
    #[command(subcommand)]
    User(User),
    /// Look after the record.
    #[command(subcommand)]
    Audit(Audit),
}

#[derive(Debug, Subcommand)]
enum User {
    /// Create an account, or replace its role and password.
    Add(user_add::UserAdd),
}

#[derive(Debug, Subcommand)]
enum Audit {
    /// Say whether the record is whole: nothing edited, deleted, exchanged or cut off.
    Verify(audit_verify::AuditVerify),
    /// Print the public key that checkpoints are signed with.
    Key(audit_verify::DataDirectory),
}

/// Where the configuration is.
#[derive(Clone, Debug, clap::Args)]
struct ConfigFile {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value = "roomkey.toml")]
    config: PathBuf,
}

/// What ended a subcommand: a sentence, and the exit code that goes with it.
#[derive(Debug)]
struct Ended {
    sentence: String,
    code: u8,
}

impl<E: std::error::Error> From<E> for Ended {
    fn from(error: E) -> Self {
        Self { sentence: error.to_string(), code: 1 }
    }
}

impl Ended {
    fn because(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: 1 }
    }
}

/// Runs the subcommand to its end.
pub fn run(arguments: Arguments) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Ended::because(format!("the program cannot start its threads: {error}"))),
    };
    let result = runtime.block_on(async {
        match arguments.command {
            #[cfg(feature = "demo")]
            Command::Demo(demo) => demo::run(demo).await,
            Command::Serve(file) => serve::run(&file.config).await,
            Command::Check(file) => check::run(&file.config).await,
            Command::User(User::Add(add)) => user_add::run(add).await,
            Command::Audit(Audit::Verify(verify)) => audit_verify::run(verify).await,
            Command::Audit(Audit::Key(directory)) => audit_verify::key(directory),
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(ended) => fail(&ended),
    }
}

fn fail(ended: &Ended) -> ExitCode {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(std::io::stderr(), "roomkey: {}", ended.sentence);
    ExitCode::from(ended.code)
}

/// A line on standard output, at once.
fn say(line: impl Display) {
    let mut out = std::io::stdout().lock();
    // A closed pipe must not stop a server.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
