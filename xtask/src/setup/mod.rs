//! Everything that must be on a machine before Roomkey can be built and tested: one file for each tool, with how it is
//! found and how it is installed. Prints one line for each thing that it installs and nothing for what is there.
//! Must not change the checkout, and must not remove anything from the machine.

mod apt;
mod c_compiler;
mod cargo_deny;
mod cargo_tool;
mod chromium;
mod components;
mod debian_rust;
mod esbuild;
mod leptosfmt;
mod lock;
mod node;
mod npm;
mod playwright;
mod python;
mod trunk;
mod version;
mod wasm_bindgen;
mod wasm_opt;
mod wasm_split;
mod wasm_target;

use std::path::PathBuf;

use crate::failure::{Result, sentence};
use crate::say;

pub(crate) use c_compiler::ensure as c_compiler;
pub(crate) use cargo_deny::ensure as cargo_deny;
pub(crate) use chromium::ensure as chromium;
pub(crate) use components::ensure as components;
pub(crate) use leptosfmt::ensure as leptosfmt;
pub(crate) use node::ensure as node;
pub(crate) use playwright::ensure as playwright;
pub(crate) use python::ensure as python;

/// What Trunk needs around it to build the console.
pub(crate) struct ConsoleTools {
    /// Trunk itself.
    pub(crate) trunk: PathBuf,
    /// Writes the JavaScript beside the WebAssembly.
    pub(crate) bindgen: PathBuf,
    /// Takes WebAssembly apart.
    pub(crate) splitter: PathBuf,
    /// Makes WebAssembly small.
    pub(crate) wasm_opt: PathBuf,
    /// Bundles and minifies.
    pub(crate) esbuild: PathBuf,
    /// To be put first on its PATH, in this order.
    pub(crate) first_on_path: Vec<PathBuf>,
    /// Variables that choose the compiler.
    pub(crate) env: Vec<(&'static str, String)>,
    /// Names compiler and tools: when it changes, the console is built anew.
    pub(crate) fingerprint: String,
}

/// Finds or installs all that builds the console.
pub(crate) fn console_tools() -> Result<ConsoleTools> {
    c_compiler::ensure()?;
    let compiler = wasm_target::ensure()?;
    let trunk = trunk::ensure()?;
    let bindgen_version = wasm_bindgen::locked_version()?;
    let bindgen = wasm_bindgen::ensure(&bindgen_version)?;
    let splitter = wasm_split::ensure()?;
    let wasm_opt = wasm_opt::WASM_OPT.ensure()?;
    let esbuild = esbuild::ESBUILD.ensure()?;
    let mut first_on_path = compiler.first_on_path;
    first_on_path.extend(bindgen.parent().map(PathBuf::from));
    Ok(ConsoleTools {
        fingerprint: format!(
            "{}; trunk {}; wasm-bindgen {bindgen_version}; wasm-split {}; binaryen {}; esbuild {}",
            compiler.name,
            trunk::VERSION,
            wasm_split::VERSION,
            wasm_opt::WASM_OPT.version,
            esbuild::ESBUILD.version
        ),
        trunk,
        bindgen,
        splitter,
        wasm_opt,
        esbuild,
        first_on_path,
        env: compiler.env,
    })
}

/// Finds a thing, or installs it and finds it then. Two xtasks never install at the same time.
fn find_or_install<T>(name: &str, find: impl Fn() -> Option<T>, install: impl FnOnce() -> Result<()>) -> Result<T> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let _lock = lock::take()?;
    if let Some(found) = find() {
        return Ok(found);
    }
    install()?;
    find().ok_or_else(|| sentence(format!("{name} was installed without a fault, and still it cannot be found.")))
}

/// The line that says what is being installed.
fn installing(what: &str) {
    say::line(&format!("   installing {what}"));
}
