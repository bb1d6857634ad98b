//! Builds the binary `roomkey`, which takes the finished console in. Must not run before the console is built.

use std::path::PathBuf;
use std::time::Instant;

use crate::failure::{Result, sentence};
use crate::process::cargo;
use crate::{say, workspace};

/// How the binary is compiled.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// Quick to build, for the demo and the browser tests.
    Dev,
    /// To be carried to a server.
    Release,
}

/// Builds it and says where it is.
pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    let (arguments, folder) = match profile {
        Profile::Dev => (&["build", "--package", "roomkey-proxy", "--bin", "roomkey"][..], "debug"),
        Profile::Release => (&["build", "--package", "roomkey-proxy", "--bin", "roomkey", "--release"][..], "release"),
    };
    let started = Instant::now();
    say::step("roomkey");
    cargo().args(arguments).run().map_err(|failure| sentence(format!("roomkey was not built: {failure}")))?;
    say::done("roomkey", started.elapsed());
    Ok(workspace::target_dir().join(folder).join(format!("roomkey{}", std::env::consts::EXE_SUFFIX)))
}
