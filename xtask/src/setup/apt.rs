//! Debian's packages. Says the exact command where it has no right to run it. Must not remove a package: where two
//! exclude each other, the person decides.

use crate::failure::{Result, sentence};
use crate::process::{Process, find};

/// Whether this machine has Debian's package tool.
pub(super) fn is_there() -> bool {
    find("apt-get").is_some()
}

/// Installs packages; `why` ends the line that tells of it.
pub(super) fn install(packages: &[&str], why: &str) -> Result<()> {
    let names = packages.join(" ");
    super::installing(&format!("{names} with apt ({why})"));
    let by_hand = || sentence(format!("{why} needs {names}. Install them with: sudo apt-get install {names}"));
    let Some(prefix) = rights() else { return Err(by_hand()) };
    let first_try = apt(&prefix).args(install_arguments(packages)).run_quietly();
    if first_try.is_ok() {
        return Ok(());
    }
    // A machine that was never updated does not know the packages yet.
    let _ = apt(&prefix).arg("update").run_quietly();
    apt(&prefix)
        .args(install_arguments(packages))
        .run_quietly()
        .map_err(|failure| sentence(format!("{failure}\n{}", by_hand())))
}

fn install_arguments<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec!["install", "--yes", "--no-install-recommends", "--no-remove"];
    arguments.extend(packages);
    arguments
}

/// What to put before `apt-get`: nothing for root, `sudo -n` where it asks for no password.
fn rights() -> Option<Vec<&'static str>> {
    if Process::new("id").arg("-u").answer().as_deref() == Some("0") {
        return Some(Vec::new());
    }
    let sudo = find("sudo").is_some() && Process::new("sudo").args(["-n", "true"]).answer().is_some();
    sudo.then(|| vec!["sudo", "-n"])
}

fn apt(prefix: &[&str]) -> Process {
    let mut words = prefix.iter().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"].iter());
    let first = words.next().copied().unwrap_or("apt-get");
    Process::new(first).args(words)
}
