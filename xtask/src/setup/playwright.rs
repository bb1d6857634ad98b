//! What the browser tests import: Playwright and axe, exactly as in tests/e2e/package-lock.json.
//! Must not download a browser: the one that `chromium` found is used.

use crate::failure::{Result, sentence};
use crate::workspace;

/// Finds them installed from the lock file as it is now, or installs them.
pub(crate) fn ensure() -> Result<()> {
    let folder = workspace::e2e_dir();
    let (lock, copy) = (folder.join("package-lock.json"), folder.join("node_modules/.installed-from"));
    let same = || {
        let wanted = std::fs::read(&lock).ok()?;
        (std::fs::read(&copy).ok()? == wanted).then_some(())
    };
    super::find_or_install("Playwright", same, || {
        super::installing("Playwright and axe in tests/e2e with npm");
        super::npm::run(&folder, &["ci"])?;
        std::fs::copy(&lock, &copy)
            .map(|_| ())
            .map_err(|cause| sentence(format!("{} cannot be written: {cause}.", copy.display())))
    })
}
