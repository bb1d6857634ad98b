//! The command `sandbox`: the emulated vendors on a port of this machine.
//! Must not listen anywhere but on loopback: it has no protection of its own.

use std::error::Error;
use std::io::Write;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use roomkey_sandbox::{Options, router};

/// Speaks the vendors' APIs on loopback, from made-up data.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// How many people the organisation has.
    #[arg(long, default_value_t = 5000)]
    people: usize,
    /// The same seed gives the same organisation.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A file to which each request is appended as a line of JSON.
    #[arg(long)]
    ledger: Option<PathBuf>,
    /// The vendors' rate limits, or none.
    #[arg(long, value_enum, default_value_t = Limits::Real)]
    limits: Limits,
    /// A folder with further `*.openapi.json` documents to serve.
    #[arg(long)]
    schemas: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Limits {
    Real,
    Off,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let documents = arguments.schemas.as_deref().map(documents).transpose()?.unwrap_or_default();
    let app = router(Options {
        people: arguments.people,
        seed: arguments.seed,
        ledger: arguments.ledger,
        limits: arguments.limits == Limits::Real,
        documents,
    })?;
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await?;
    writeln!(std::io::stdout(), "sandbox  http://{}/", listener.local_addr()?)?;
    axum::serve(listener, app).await?;
    Ok(())
}

/// Name and text of each document in a folder, in the order of their names.
fn documents(folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".openapi.json") {
            found.push((name, std::fs::read_to_string(&path)?));
        }
    }
    found.sort();
    Ok(found)
}
