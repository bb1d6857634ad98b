//! `cargo xtask`: what a person types to run, build and test Roomkey. Reads the command and hands it on.
//! Must stay small and quick to compile: everything else waits for it.

mod binary;
mod clients;
mod command_line;
mod commands;
mod console;
mod dependencies;
mod failure;
mod parts;
mod process;
mod say;
mod setup;
mod size;
mod summary;
mod tidy;
mod words;
mod workspace;

use std::process::ExitCode;

use failure::Result;

const USAGE: &str = "\
cargo xtask COMMAND

  run [--port N] [--people N] [--fresh]   set up, build, and start the demo in the foreground
  build                                   one self-contained binary: target/release/roomkey
  test [--only lint|host|clients|size|e2e] everything that must hold, or one part of it;
                                          what follows `--` goes to the runner of that part
  chaos [--rows N] [--kills N] [--places N] [--seed S] [--webex rest|xml]
                                          kills the server during bulk jobs; nothing may be lost or done twice
  tidy                                    the house rules that a machine can check";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::failure(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((command, rest)) = arguments.split_first() else {
        say::line(USAGE);
        return Ok(());
    };
    match command.as_str() {
        "run" => commands::run(rest),
        "build" => commands::build(rest),
        "test" => commands::test(rest),
        "chaos" => commands::chaos(rest),
        "tidy" => commands::tidy(rest),
        "help" | "--help" | "-h" => {
            say::line(USAGE);
            Ok(())
        }
        other => Err(failure::sentence(format!("There is no command `{other}`.\n\n{USAGE}"))),
    }
}
