//! The command `roomkey-chaos`: `roomkey` with places at which a test can end it (feature `chaos`), under a name of its own
//! so that building it never replaces the real one. Must not hold behaviour, and must not be shipped.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    roomkey_proxy::cli::run(roomkey_proxy::cli::Arguments::parse())
}
