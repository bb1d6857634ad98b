//! `cargo xtask chaos`: kills the server hundreds of times while it carries out bulk jobs, and proves that no row was lost.
//! Must not be a part of `cargo xtask test`: it takes minutes, and its kills never fall on the same instant twice.

use crate::binary;
use crate::command_line::Options;
use crate::failure::{Result, sentence};
use crate::process::Process;
use crate::{say, workspace};

const WITH_VALUE: &[&str] = &["--rows", "--kills", "--places", "--seed", "--webex"];

pub(crate) fn chaos(arguments: &[String]) -> Result<()> {
    let options = Options::read(arguments, WITH_VALUE, &["--keep"])?;
    let sandbox = binary::build_sandbox()?;
    let roomkey = binary::build_for_chaos()?;
    let driver = binary::build_chaos_driver()?;
    say::step("chaos");
    let mut chaos =
        Process::new(driver).arg("--roomkey").arg(roomkey).arg("--sandbox").arg(sandbox).args(&options.flags);
    for (name, value) in &options.values {
        chaos = chaos.arg(name).arg(value);
    }
    chaos.current_dir(workspace::root()).run().map_err(|_| sentence("What stands above does not hold."))
}
