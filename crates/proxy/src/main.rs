//! The command `roomkey`: reads its arguments and hands over. Must not hold behaviour.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    roomkey_proxy::cli::run(roomkey_proxy::cli::Arguments::parse())
}
