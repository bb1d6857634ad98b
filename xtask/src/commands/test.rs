//! `cargo xtask test`: everything that must hold, stopping with a sentence at the first that does not.
//! What CI runs. Must not skip a step because a tool is missing: the set-up installs it or says what to do.

use std::time::Instant;

use crate::binary::{self, Profile};
use crate::command_line::Options;
use crate::failure::{Result, sentence};
use crate::process::{Process, cargo};
use crate::summary::{Counts, Summary};
use crate::{clients, console, dependencies, say, setup, size, workspace};

const PARTS: &[&str] = &["lint", "host", "clients", "size", "e2e"];

/// How many browser tests may pass only when they are tried once more. A machine that is busy for a moment does that to
/// one; a mistake in what tests wait for does it to several.
const UNSTEADY: u32 = 2;

pub(crate) fn test(arguments: &[String]) -> Result<()> {
    let options = Options::read(arguments, &["--only"], &[])?;
    let only = options.value("--only");
    if let Some(unknown) = only.filter(|part| !PARTS.contains(part)) {
        return Err(sentence(format!("There is no part `{unknown}`. Parts: {}.", PARTS.join(", "))));
    }
    if only.is_none() && !options.rest.is_empty() {
        return Err(sentence("What follows `--` goes to one runner: say which with --only host or --only e2e."));
    }
    let wanted = |part: &str| only.is_none_or(|only| only == part);
    let mut summary = Summary::default();
    if wanted("lint") {
        lint(&mut summary)?;
    }
    if wanted("host") {
        summary.step("host tests", || host_tests(&options.rest))?;
    }
    if wanted("clients") {
        summary.step("public clients", || clients::check().map(|()| Counts::default()))?;
    }
    if wanted("size") {
        summary.step("console", || console::build().map(|()| Counts::default()))?;
        summary.step("size", || size::check().map(|()| Counts::default()))?;
    }
    if wanted("e2e") {
        summary.step("browser tests", || browser_tests(&options.rest))?;
    }
    summary.print();
    Ok(())
}

fn lint(summary: &mut Summary) -> Result<()> {
    let mut step = |name: &str, check: &dyn Fn() -> Result<()>| {
        say::step(name);
        summary.step(name, || check().map(|()| Counts::default()))
    };
    step("rustfmt", &rustfmt)?;
    step("leptosfmt", &leptosfmt)?;
    step("clippy", &clippy)?;
    step("tidy", &crate::tidy::check)?;
    step("cargo-deny", &dependencies::check)
}

fn rustfmt() -> Result<()> {
    setup::components()?;
    let check = cargo().args(["fmt", "--all", "--check"]);
    check.run().map_err(|_| sentence("The code is not formatted. Repair it with: cargo fmt --all"))
}

fn leptosfmt() -> Result<()> {
    let program = setup::leptosfmt()?;
    let (formatted, told) = Process::new(&program).args(["--check", "src"]).current_dir(workspace::root()).told()?;
    if formatted {
        return Ok(());
    }
    told.lines().filter(|line| !line.starts_with('✅')).for_each(say::line);
    Err(sentence(format!(
        "What stands inside `view!` is not formatted. Repair it with: {} --quiet src && cargo fmt --all",
        program.display()
    )))
}

fn clippy() -> Result<()> {
    setup::components()?;
    setup::c_compiler()?;
    let check = cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    check.run().map_err(|_| sentence("clippy found what stands above."))
}

fn host_tests(rest: &[String]) -> Result<Counts> {
    setup::c_compiler()?;
    say::step("host tests");
    let (output, ended) = cargo().args(["test", "--workspace"]).args(rest).run_and_read();
    ended.map_err(|_| {
        sentence("A host test failed; it stands above. Repeat with: cargo xtask test --only host -- NAME")
    })?;
    Ok(Counts::of_cargo(&output))
}

fn browser_tests(rest: &[String]) -> Result<Counts> {
    setup::node()?;
    setup::playwright()?;
    let chromium = setup::chromium()?;
    console::build()?;
    let roomkey = binary::build(Profile::Dev)?;
    say::step("browser tests");
    let started = Instant::now();
    let (output, ended) = Process::new("node")
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(rest)
        .env("ROOMKEY_CHROMIUM", chromium)
        .env("ROOMKEY_BIN", roomkey)
        .env("FORCE_COLOR", if say::in_colour() { "1" } else { "0" })
        .without_env("NO_COLOR")
        .current_dir(workspace::e2e_dir())
        .run_and_read();
    ended.map_err(|_| {
        sentence("A browser test failed; it stands above, its pictures in tests/e2e/test-results. Repeat with: cargo xtask test --only e2e -- -g NAME")
    })?;
    say::done("browser tests", started.elapsed());
    let counts = Counts::of_playwright(&output);
    if counts.unsteady() > UNSTEADY {
        return Err(sentence(
            "Too many browser tests passed only when they were tried once more; they are named above under `flaky`. Mend \
             what they wait for.",
        ));
    }
    Ok(counts)
}
