//! npm, asked in one way: no scripts of packages, no browser downloads, no chatter.
//! Must not write into the checkout, but for `node_modules`.

use std::path::Path;

use crate::failure::Result;
use crate::process::Process;

/// Runs npm in a folder.
pub(super) fn run(folder: &Path, arguments: &[&str]) -> Result<()> {
    Process::new("npm")
        .args(arguments)
        .args(["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(folder)
        .run_quietly()
}
