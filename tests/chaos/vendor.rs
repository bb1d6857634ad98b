//! The sandbox in its own process, which outlives the server: its faults, its ledger file and what its rooms hold.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::Client;
use serde_json::Value;
use tokio::process::Command;

use crate::Outcome;
use crate::child::Child;
use crate::ledger::Line;

/// A token that reads every room.
const TOKEN: &str = "demo-webex-token";
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Vendor {
    _running: Child,
    client: Client,
    pub(crate) address: String,
    pub(crate) ledger: PathBuf,
    /// Up to where the ledger was read.
    read_to: u64,
    /// The piece of a line that was not whole yet.
    rest: String,
    /// Everything that was read of it.
    pub(crate) lines: Vec<Line>,
}

impl Vendor {
    pub(crate) async fn start(program: &Path, directory: &Path, people: u32) -> Outcome<Self> {
        let ledger = directory.join("ledger.ndjson");
        let mut command = Command::new(program);
        command.args(["--port", "0", "--limits", "off", "--people", &people.to_string()]);
        command.arg("--ledger").arg(&ledger);
        let (running, address) = Child::start(command, &directory.join("sandbox.log")).await?;
        let client = roomkey_proxy::vendors::client::build(PATIENCE)?;
        Ok(Self { _running: running, client, address, ledger, read_to: 0, rest: String::new(), lines: Vec::new() })
    }

    /// Puts these fault rules in place of all others, which ends every hang.
    pub(crate) async fn faults(&self, rules: &Value) -> Outcome<()> {
        let asked = self.client.put(format!("{}/_sandbox/faults", self.address)).body(rules.to_string());
        let answer = asked.send().await?;
        if answer.status().is_success() { Ok(()) } else { Err(format!("no faults: {}", answer.text().await?).into()) }
    }

    /// Reads what the ledger got since it was last read, and answers how many lines it has now.
    pub(crate) fn read(&mut self) -> Outcome<usize> {
        let mut file = std::fs::File::open(&self.ledger)?;
        file.seek(SeekFrom::Start(self.read_to))?;
        let mut bytes = Vec::new();
        self.read_to += u64::try_from(file.read_to_end(&mut bytes)?)?;
        self.rest += &String::from_utf8_lossy(&bytes);
        while let Some((line, rest)) = self.rest.split_once('\n') {
            self.lines.push(serde_json::from_str(line)?);
            self.rest = rest.to_owned();
        }
        Ok(self.lines.len())
    }

    /// The PIN that a person's room holds now.
    pub(crate) async fn pin(&self, person: &str) -> Outcome<String> {
        let url = format!("{}/webex/v1/meetingPreferences/personalMeetingRoom", self.address);
        let mut url = reqwest::Url::parse(&url)?;
        url.query_pairs_mut().append_pair("userEmail", person);
        let room: Value = self.client.get(url).bearer_auth(TOKEN).send().await?.error_for_status()?.json().await?;
        Ok(room["hostPin"].as_str().unwrap_or_default().to_owned())
    }
}
