//! `cargo xtask build`: one self-contained binary. Must not build it before the console that it carries.

use crate::binary::{self, Profile};
use crate::command_line::Options;
use crate::failure::Result;
use crate::{console, say};

pub(crate) fn build(arguments: &[String]) -> Result<()> {
    Options::read(arguments, &[], &[])?;
    console::build()?;
    let file = binary::build(Profile::Release)?;
    say::line(&format!("   {}", file.display()));
    Ok(())
}
