//! One file for each command of `cargo xtask`. A command says what happens in which order and leaves the work to others.

mod build;
mod chaos;
mod run;
mod test;
mod tidy;

pub(crate) use build::build;
pub(crate) use chaos::chaos;
pub(crate) use run::run;
pub(crate) use test::test;
pub(crate) use tidy::tidy;
