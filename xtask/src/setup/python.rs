//! Python with the public clients that are tried against the sandbox, exactly as in tests/python/requirements.txt.
//! Must not install anything into the machine's own Python: a virtual environment in the tools' cache takes it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::failure::{Result, sentence};
use crate::process::{Process, find};
use crate::workspace;

/// The oldest that the clients run on, and the first that they do not.
const OLDEST: u32 = 11;
const TOO_NEW: u32 = 14;
const NAMES: &[&str] = &["python3", "python3.13", "python3.12", "python3.11", "python"];
/// Written last: an environment without it was left unfinished.
const FINISHED: &str = ".installed-from";

/// Finds the environment for the requirements as they are now, or makes it. The answer is its Python.
pub(crate) fn ensure() -> Result<PathBuf> {
    let requirements = workspace::python_dir().join("requirements.txt");
    let wanted = std::fs::read_to_string(&requirements)
        .map_err(|cause| sentence(format!("{} cannot be read: {cause}.", requirements.display())))?;
    let home = home(&wanted);
    let python = home.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let ready = || {
        let same = std::fs::read_to_string(home.join(FINISHED)).ok()? == wanted;
        // The Python that it was made with may be gone.
        (same && is_usable(&python)).then(|| python.clone())
    };
    super::find_or_install("Python's environment", ready, || {
        let base = base()?;
        super::installing("wxc-sdk and what it needs, from tests/python/requirements.txt, with pip");
        Process::new(base).args(["-m", "venv", "--clear"]).arg(&home).run_quietly()?;
        Process::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--requirement"])
            .arg(&requirements)
            .run_quietly()?;
        std::fs::write(home.join(FINISHED), &wanted)
            .map_err(|cause| sentence(format!("{} cannot be written to: {cause}.", home.display())))
    })
}

/// One folder for each state of the requirements. Another compiler may count otherwise: it installs once more.
fn home(requirements: &str) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    requirements.hash(&mut hasher);
    workspace::tools_dir().join(format!("python-{:016x}", hasher.finish()))
}

/// A Python that can make environments, found on PATH or installed from Debian.
fn base() -> Result<PathBuf> {
    let found = || NAMES.iter().filter_map(|name| find(name)).find(|python| makes_environments(python));
    if let Some(python) = found() {
        return Ok(python);
    }
    if super::apt::is_there() {
        super::apt::install(&["python3", "python3-venv"], "Python for the public clients")?;
    }
    found().ok_or_else(|| {
        sentence(format!(
            "There is no Python from 3.{OLDEST} on, older than 3.{TOO_NEW}, with venv and pip on PATH. Install one, such as Debian's python3 and python3-venv, then run this again."
        ))
    })
}

fn makes_environments(python: &Path) -> bool {
    is_usable(python) && Process::new(python).args(["-c", "import venv, ensurepip"]).answer().is_some()
}

fn is_usable(python: &Path) -> bool {
    Process::new(python).arg("--version").answer().is_some_and(|answer| fits(&answer))
}

/// Whether an answer such as `Python 3.11.7` names a version that the clients run on.
fn fits(answer: &str) -> bool {
    let minor = answer.trim().strip_prefix("Python 3.").and_then(|rest| rest.split('.').next());
    minor.and_then(|minor| minor.parse().ok()).is_some_and(|minor| (OLDEST..TOO_NEW).contains(&minor))
}

#[cfg(test)]
mod tests {
    use super::{fits, home};

    #[test]
    fn versions_that_the_clients_run_on_fit() {
        assert!(fits("Python 3.11.7\n") && fits("Python 3.13.0rc1"));
        assert!(!fits("Python 3.10.12") && !fits("Python 3.14.0") && !fits("Python 2.7.18") && !fits(""));
    }

    #[test]
    fn other_requirements_have_another_folder() {
        assert_eq!(home("a==1\n"), home("a==1\n"));
        assert_ne!(home("a==1\n"), home("a==2\n"));
    }
}
