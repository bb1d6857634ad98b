//! What was counted, and what was found to hold or not.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::options::Options;
use crate::say::line;

#[derive(Default)]
pub(crate) struct Tally {
    /// Kills by place.
    pub(crate) kills: BTreeMap<String, u32>,
    /// Starts of the server.
    pub(crate) starts: u32,
    pub(crate) jobs: u32,
    /// Rows that are done, over all jobs.
    pub(crate) rows: usize,
    /// Attempts to give somebody a PIN.
    pub(crate) attempts: usize,
    /// Attempts with a value that the person was given before.
    pub(crate) identical: usize,
    /// Pauses that nobody asked for.
    pub(crate) pauses: u32,
    /// Faults of the vendor by kind.
    pub(crate) faults: BTreeMap<&'static str, u32>,
    /// Why rows failed that were sent again, and how many.
    pub(crate) failed: BTreeMap<String, u32>,
    /// From a kill to the first row that ended after it.
    pub(crate) first_rows: Vec<(Duration, &'static str)>,
    sign_ins: u32,
    wrong: u32,
}

impl Tally {
    pub(crate) fn killed(&mut self, place: &str) {
        *self.kills.entry(place.to_owned()).or_default() += 1;
    }

    /// One line for what was looked at.
    pub(crate) fn check(&mut self, name: &str, held: bool, said: &str) {
        self.wrong += u32::from(!held);
        line(&format!("{}  {name:<16} {said}", if held { "right" } else { "WRONG" }));
    }

    pub(crate) fn signed_in(&mut self, times: u32) {
        self.sign_ins = times;
    }

    pub(crate) const fn all_held(&self) -> bool {
        self.wrong == 0
    }

    pub(crate) fn summary(&mut self, options: &Options) {
        let list = |counts: Vec<String>| if counts.is_empty() { "none".to_owned() } else { counts.join(", ") };
        line(&format!("seed {}, webex {:?}, {} rows a job", options.seed, options.webex, options.rows));
        line(&format!(
            "kills {}: {}",
            self.kills.values().sum::<u32>(),
            list(self.kills.iter().map(|(place, times)| format!("{place} {times}")).collect())
        ));
        line(&format!("starts {}, sign-ins {}: the cookie outlived the rest", self.starts, self.sign_ins));
        line(&format!(
            "jobs {}, rows done {}, attempts {}, of them once more with the same value {}",
            self.jobs, self.rows, self.attempts, self.identical
        ));
        line(&format!(
            "faults of the vendor: {}; pauses {}",
            list(self.faults.iter().map(|(kind, times)| format!("{kind} {times}")).collect()),
            self.pauses
        ));
        line(&format!(
            "failed and sent again: {}",
            list(self.failed.iter().map(|(reason, rows)| format!("{rows} × {}", reason.trim())).collect())
        ));
        self.first_rows.sort();
        if let (Some((least, _)), Some((most, fault))) = (self.first_rows.first(), self.first_rows.last()) {
            let (middle, _) = self.first_rows[self.first_rows.len() / 2];
            line(&format!(
                "from a kill to the first row after it: median {:.1} s, {:.1} to {:.1} s (the longest with {fault}), {} times",
                middle.as_secs_f64(),
                least.as_secs_f64(),
                most.as_secs_f64(),
                self.first_rows.len()
            ));
        }
    }
}
