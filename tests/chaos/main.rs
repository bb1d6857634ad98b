//! The command `chaos`: runs bulk jobs of the real server against the real sandbox, each in its own process, kills the
//! server at every named place and at random, and then proves that every row has ended exactly once. What happens in which
//! order; must not know how.

mod bench;
mod child;
mod clear;
mod console;
mod dice;
mod ledger;
mod options;
mod proof;
mod quota;
mod say;
mod server;
mod storm;
mod tally;
mod vendor;
mod wave;
mod weather;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;

use crate::bench::Bench;
use crate::options::Options;
use crate::say::line;

/// A sentence, or what another library says.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// However much there is to kill, it must end.
const OVERALL: Duration = Duration::from_mins(30);

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    // Whichever comes first drops the others, and with them every process that was started.
    let outcome = tokio::select! {
        outcome = play(&options) => outcome,
        () = tokio::time::sleep(OVERALL) => Err("It was not over within 30 minutes.".into()),
        _ = tokio::signal::ctrl_c() => Err("Interrupted.".into()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            line("Something is wrong; see the lines with WRONG.");
            ExitCode::FAILURE
        }
        Err(error) => {
            line(&format!("WRONG  {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether everything held.
async fn play(options: &Options) -> Outcome<bool> {
    let mut bench = Bench::open(options).await?;
    let held = kill_and_prove(&mut bench, options).await;
    if options.keep || !matches!(held, Ok(true)) {
        bench.keep();
    }
    held
}

async fn kill_and_prove(bench: &mut Bench, options: &Options) -> Outcome<bool> {
    storm::begin(bench).await?;
    storm::at_places(bench).await?;
    storm::at_random(bench).await?;
    storm::finish(bench).await?;
    storm::at_cancels(bench).await?;
    if options.webex.counts_by_administrator() {
        quota::exhaust(bench).await?;
    }
    let verified = bench.server.verify().await?;
    bench.tally.check("record", verified.0, &verified.1);
    bench.server.kill().await?;
    clear::check(bench)?;
    bench.tally.signed_in(bench.console.sign_ins);
    bench.tally.summary(options);
    Ok(bench.tally.all_held())
}
