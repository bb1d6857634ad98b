//! What the workspace depends on, held against deny.toml. The list of known faults lives on github.com; where that cannot
//! be reached, one line says that it was not asked. Must not fail for a network that is not there.

use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use crate::failure::{Result, sentence};
use crate::process::Process;
use crate::{say, setup, workspace};

const ADVISORIES: (&str, u16) = ("github.com", 443);

/// Bans, licences and sources; advisories where they can be had.
pub(crate) fn check() -> Result<()> {
    let told = deny(&["bans", "licenses", "sources"], "A dependency is not what deny.toml allows; it stands above.")?;
    let twice = in_two_versions(&told);
    if !twice.is_empty() {
        say::line(&format!("   in more than one version: {}", twice.join(", ")));
    }
    if can_be_reached(ADVISORIES) {
        deny(&["advisories"], "A dependency has a known fault; it stands above.")?;
    } else {
        say::line("   known faults were not looked up: their list on github.com cannot be reached from here");
    }
    Ok(())
}

fn deny(what: &[&str], otherwise: &str) -> Result<String> {
    let run =
        Process::new(setup::cargo_deny()?).args(["--color", "never", "check", "--hide-inclusion-graph"]).args(what);
    let (succeeded, told) = run.current_dir(workspace::root()).told()?;
    if succeeded {
        return Ok(told);
    }
    say::line(&told);
    Err(sentence(otherwise))
}

fn in_two_versions(told: &str) -> Vec<&str> {
    let duplicates = told.lines().filter(|line| line.starts_with("warning[duplicate]"));
    duplicates.filter_map(|line| line.split('\'').nth(1)).collect()
}

fn can_be_reached(place: (&str, u16)) -> bool {
    let addresses = place.to_socket_addrs().into_iter().flatten();
    addresses.take(1).any(|address| TcpStream::connect_timeout(&address, Duration::from_secs(3)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_in_two_versions_are_named() {
        let told = "warning[duplicate]: found 2 duplicate entries for crate 'syn'\n   = note\nbans ok, licenses ok, sources ok\n";
        assert_eq!(in_two_versions(told), ["syn"]);
    }
}
