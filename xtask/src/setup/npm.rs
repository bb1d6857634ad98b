//! npm, asked in one way: no scripts of packages, no browser downloads, no chatter.
//! Must not write into the checkout, but for `node_modules`.

use std::path::{Path, PathBuf};

use crate::failure::{Result, sentence};
use crate::process::{Process, find};
use crate::workspace;

/// A program that an npm package brings.
pub(super) struct Program {
    /// What it is called.
    pub(super) name: &'static str,
    /// The package that brings it.
    pub(super) package: &'static str,
    /// What the program says of its version.
    pub(super) version: &'static str,
    /// The package's version with it.
    pub(super) package_version: &'static str,
}

impl Program {
    /// Finds it on PATH or in the cache, or installs it.
    pub(super) fn ensure(&self) -> Result<PathBuf> {
        // Scripts for Node, or started by one.
        super::node::ensure()?;
        let (name, package) = (self.name, self.package);
        super::find_or_install(
            name,
            || self.on_this_machine(),
            || {
                super::installing(&format!("{name} {} ({package}) with npm", self.version));
                let home = self.home();
                std::fs::create_dir_all(&home)
                    .map_err(|cause| sentence(format!("{} cannot be made: {cause}.", home.display())))?;
                run(&home, &["install", "--prefix", ".", "--no-save", &format!("{package}@{}", self.package_version)])
            },
        )
    }

    fn on_this_machine(&self) -> Option<PathBuf> {
        let cached = self.home().join("node_modules/.bin").join(self.name);
        [find(self.name), Some(cached)].into_iter().flatten().find(|program| super::version::is(program, self.version))
    }

    fn home(&self) -> PathBuf {
        workspace::tools_dir().join(format!("{}-{}", self.package, self.version))
    }
}

/// Runs npm in a folder.
pub(super) fn run(folder: &Path, arguments: &[&str]) -> Result<()> {
    Process::new("npm")
        .args(arguments)
        .args(["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(folder)
        .run_quietly()
}
