//! Writes tables that spreadsheet programs open. Must not let a cell start a formula.

mod csv;
pub(crate) mod guard;
mod text;
mod xlsx;

pub use csv::write_csv;
pub use xlsx::write_xlsx;
