//! Programs from crates.io, each in a folder of its own by name and version, outside the checkout.
//! Must not install into the person's own cargo bin folder.

use std::path::PathBuf;

use crate::failure::{Result, sentence};
use crate::process::{Process, cargo, find};
use crate::{say, workspace};

/// A program that `cargo install` builds.
pub(super) struct CargoTool {
    /// The crate.
    pub(super) package: &'static str,
    /// The program in it.
    pub(super) program: &'static str,
    /// Features of the crate that the program needs.
    pub(super) features: &'static [&'static str],
    /// Whether the program can be asked for its version. If not, only the folder that is named by it is believed.
    pub(super) says_version: bool,
}

impl CargoTool {
    /// Finds this version on PATH or in the cache, or builds it.
    pub(super) fn ensure(&self, version: &str) -> Result<PathBuf> {
        super::find_or_install(self.package, || self.find(version), || self.install(version))
    }

    fn find(&self, version: &str) -> Option<PathBuf> {
        let cached = self.home(version).join("bin").join(self.program);
        if !self.says_version {
            return Process::new(&cached).arg("--help").answer().map(|_| cached);
        }
        let mut candidates = [Some(cached), find(self.program)].into_iter().flatten();
        candidates.find(|program| super::version::is(program, version))
    }

    fn home(&self, version: &str) -> PathBuf {
        workspace::tools_dir().join(format!("{}-{version}", self.package))
    }

    fn install(&self, version: &str) -> Result<()> {
        let package = self.package;
        super::installing(&format!("{package} {version} with cargo: a few minutes, once"));
        let install = |locked: &[&str]| {
            cargo()
                .args(["install", package, "--version", &format!("={version}"), "--debug", "--quiet", "--root"])
                .arg(self.home(version))
                .args(self.features.iter().flat_map(|feature| ["--features", *feature]))
                .args(locked)
                // Shared by all tools, so that what they have in common is compiled once.
                .env("CARGO_TARGET_DIR", workspace::tools_dir().join(".build"))
                .current_dir(workspace::tools_dir())
                .run_quietly()
        };
        install(&["--locked"]).or_else(|failure| {
            say::line(&format!("   {package}'s own lock file did not work here; trying current versions"));
            install(&[]).map_err(|_| {
                sentence(format!(
                    "{failure}\n{package} {version} could not be built. Install it by hand with: cargo install {package} --version ={version}"
                ))
            })
        })
    }
}
