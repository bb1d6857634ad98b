//! `cargo xtask run`: the demo, from a fresh clone to the sign-in page. Must open nothing by itself and must not judge
//! the values of options: `roomkey demo` does.

use crate::binary::{self, Profile};
use crate::command_line::Options;
use crate::console;
use crate::failure::Result;
use crate::process::Process;
use crate::workspace;

const WITH_VALUE: &[&str] = &["--port", "--people", "--data", "--limits", "--password", "--sandbox-port", "--schemas"];

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let options = Options::read(arguments, WITH_VALUE, &["--fresh"])?;
    console::build()?;
    let roomkey = binary::build(Profile::Dev)?;
    let mut demo = Process::new(roomkey).arg("demo").args(&options.flags).current_dir(workspace::root());
    if options.value("--data").is_none() {
        // Named, so that what was done is still on record after the next start.
        demo = demo.args(["--data", "roomkey-data"]);
    }
    for (name, value) in &options.values {
        demo = demo.arg(name).arg(value);
    }
    demo.become_it()
}
