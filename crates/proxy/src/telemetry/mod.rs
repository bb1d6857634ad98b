//! Logs and metrics, installed once for the process. Must not be asked for by libraries' tests.

pub mod logs;
pub mod meters;
