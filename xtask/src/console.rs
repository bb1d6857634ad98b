//! Builds the console into dist/ with Trunk, when something that it is made of is newer than what is there.
//! Must not build the proxy, which takes dist/ in.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use crate::failure::{Result, sentence};
use crate::process::Process;
use crate::setup::{self, ConsoleTools};
use crate::{parts, say, words, workspace};

/// All that the console is made of, files and folders.
const MADE_OF: &[&str] =
    &["Cargo.lock", "Cargo.toml", "Trunk.toml", "crates/schema", "embed", "index.html", "src", "style"];

/// Has Leptos forget the exact type of every component: a tenth less to send for a little more work in the browser.
const ERASED: &str = "--cfg erase_components";

/// Has the linker leave in the file what refers to what, without which it cannot be taken apart. Browsers never get it.
const REFERENCES: &str = "-Clink-args=--emit-relocs";

/// Where index.html looks for the one style sheet that is made of all of style/.
const STYLE_SHEET: &str = "target/console.css";

/// Sets up and builds, or finds that there is nothing to do.
pub(crate) fn build() -> Result<()> {
    let tools = setup::console_tools()?;
    if is_fresh(&tools) {
        return Ok(());
    }
    let (started, as_of) = (Instant::now(), SystemTime::now());
    say::step("console");
    bundle_style(&tools)?;
    words::make()?;
    trunk(&tools)?;
    parts::take_apart(&tools).map_err(|failure| sentence(format!("The console was not taken apart: {failure}")))?;
    leave_stamp(&tools, as_of)
        .map_err(|cause| sentence(format!("{} cannot be written: {cause}.", stamp().display())))?;
    say::done("console", started.elapsed());
    Ok(())
}

fn trunk(tools: &ConsoleTools) -> Result<()> {
    let mut trunk = Process::new(&tools.trunk)
        .arg("build")
        .current_dir(workspace::root())
        .first_on_path(&tools.first_on_path)
        .without_env("RUSTC")
        .without_env("RUSTFLAGS")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags())
        .env("CARGO_TARGET_DIR", workspace::wasm_target_dir())
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // What the compiler says is enough; where Trunk was when it heard it is not.
        .env("RUST_BACKTRACE", "0");
    // Trunk reads NO_COLOR as a flag and refuses values such as `1`.
    trunk = if say::in_colour() { trunk.without_env("NO_COLOR") } else { trunk.env("NO_COLOR", "true") };
    for (name, value) in &tools.env {
        trunk = trunk.env(name, value);
    }
    trunk.run().map_err(|failure| sentence(format!("The console was not built: {failure}")))
}

/// One style sheet instead of twenty: a browser asks once, and what is alike is compressed together.
fn bundle_style(tools: &ConsoleTools) -> Result<()> {
    let sheet = format!("--outfile={STYLE_SHEET}");
    let bundle =
        Process::new(&tools.esbuild).args(["style/console.css", "--bundle", "--minify", "--log-level=warning"]);
    let run = bundle.arg(sheet).current_dir(workspace::root());
    run.run().map_err(|failure| sentence(format!("The console was not built: {failure}")))
}

/// Whether dist/ was built by these tools from nothing newer.
fn is_fresh(tools: &ConsoleTools) -> bool {
    let same_tools = std::fs::read_to_string(stamp()).is_ok_and(|text| text == how(tools));
    let there = workspace::dist_dir().join("index.html").is_file();
    let Some(built) = modified(&stamp()) else { return false };
    let root = workspace::root();
    same_tools && there && MADE_OF.iter().all(|part| newest(&root.join(part)).is_none_or(|changed| changed < built))
}

/// Remembers the tools, and the moment before the build: what is saved during a build is newer than it.
fn leave_stamp(tools: &ConsoleTools, as_of: SystemTime) -> std::io::Result<()> {
    let mut file = File::create(stamp())?;
    file.write_all(how(tools).as_bytes())?;
    file.set_modified(as_of)
}

/// What a build depends on besides its sources.
fn how(tools: &ConsoleTools) -> String {
    format!("{}; {}", tools.fingerprint, flags())
}

/// Besides erasing types: where crates lie on this machine is nobody's business, and panics would tell it.
fn flags() -> String {
    let crates = workspace::cargo_home().map(|home| home.join("registry/src").display().to_string());
    match crates.filter(|crates| !crates.contains(char::is_whitespace)) {
        Some(crates) => format!("{ERASED} {REFERENCES} --remap-path-prefix={crates}=crates"),
        None => format!("{ERASED} {REFERENCES}"),
    }
}

fn stamp() -> PathBuf {
    workspace::wasm_target_dir().join("console.tools")
}

/// When the youngest file below here was changed.
fn newest(path: &Path) -> Option<SystemTime> {
    let inside = path.read_dir().into_iter().flatten().flatten().filter_map(|entry| newest(&entry.path()));
    // A folder's own time tells of files that went away.
    inside.chain(modified(path)).max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}
