//! rustfmt and clippy, which belong to the Rust toolchain in use.
//! Must not install another toolchain: the person chose that one.

use std::time::Duration;

use crate::failure::{Result, sentence};
use crate::process::{Process, cargo};

const PARTS: &[(&str, &str)] = &[("fmt", "rustfmt"), ("clippy", "clippy")];

/// Finds both, or adds them with rustup.
pub(crate) fn ensure() -> Result<()> {
    for (subcommand, component) in PARTS {
        super::find_or_install(
            component,
            || cargo().args([subcommand, "--version"]).answer().map(|_| ()),
            || {
                super::installing(&format!("{component} with rustup"));
                let added = Process::new("rustup").args(["component", "add", component]);
                if added.succeeds_within(Duration::from_mins(5)) {
                    return Ok(());
                }
                Err(sentence(format!(
                    "`cargo {subcommand}` is missing and rustup could not add it. Install it with: rustup component add {component}"
                )))
            },
        )?;
    }
    Ok(())
}
