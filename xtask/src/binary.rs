//! Builds the binaries: `roomkey`, which takes the finished console in, and `sandbox`, which needs none.
//! Must not build `roomkey` before the console.

use std::path::PathBuf;
use std::time::Instant;

use crate::failure::{Result, sentence};
use crate::process::cargo;
use crate::{say, setup, workspace};

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
    compile("roomkey", arguments, folder)
}

/// Builds the sandbox, quickly, and says where it is.
pub(crate) fn build_sandbox() -> Result<PathBuf> {
    setup::c_compiler()?;
    compile("sandbox", &["build", "--package", "roomkey-sandbox", "--bin", "sandbox"], "debug")
}

/// Builds the server that ends itself at named places, beside the real one and under another name.
pub(crate) fn build_for_chaos() -> Result<PathBuf> {
    let arguments = ["build", "--package", "roomkey-proxy", "--bin", "roomkey-chaos", "--features", "chaos"];
    compile("roomkey-chaos", &arguments, "debug")
}

/// Builds the command that kills it.
pub(crate) fn build_chaos_driver() -> Result<PathBuf> {
    compile("chaos", &["build", "--package", "roomkey-tests", "--bin", "chaos"], "debug")
}

fn compile(name: &str, arguments: &[&str], folder: &str) -> Result<PathBuf> {
    let started = Instant::now();
    say::step(name);
    cargo().args(arguments).run().map_err(|failure| sentence(format!("{name} was not built: {failure}")))?;
    say::done(name, started.elapsed());
    Ok(workspace::target_dir().join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}
