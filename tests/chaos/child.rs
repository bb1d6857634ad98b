//! A process that was started here, and ends with the value that holds it. Must not end any other.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child as Process, ChildStdout, Command};

use crate::Outcome;

/// How long it may take until it says where it listens.
const START: Duration = Duration::from_secs(30);

pub(crate) struct Child {
    process: Process,
    /// Kept open: a program that writes to a closed pipe would end by that.
    _output: BufReader<ChildStdout>,
}

impl Child {
    /// Starts it and waits for the address that stands at the end of its first line. Its other words go to the log.
    pub(crate) async fn start(mut command: Command, log: &Path) -> Outcome<(Self, String)> {
        let log = OpenOptions::new().create(true).append(true).open(log)?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
        let mut process = command.spawn()?;
        let output = process.stdout.take().ok_or("A program has no output.")?;
        let mut output = BufReader::new(output);
        let mut first = String::new();
        tokio::time::timeout(START, output.read_line(&mut first)).await??;
        let address = first.split_whitespace().last().map(|address| address.trim_end_matches('/').to_owned());
        let address = address.ok_or("A program ended before it said where it listens.")?;
        Ok((Self { process, _output: output }, address))
    }

    /// SIGKILL, and waits for the end.
    pub(crate) async fn kill(mut self) -> io::Result<()> {
        self.process.kill().await
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.process.try_wait()
    }
}
