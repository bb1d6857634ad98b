//! `cargo xtask tidy`: the house rules that a machine can check. Must not repair anything.

use crate::command_line::Options;
use crate::failure::Result;

pub(crate) fn tidy(arguments: &[String]) -> Result<()> {
    Options::read(arguments, &[], &[])?;
    crate::tidy::check()
}
