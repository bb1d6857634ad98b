//! The people index: one list of people and meetings over all vendors, joined by address, read from the vendors in the
//! background. Must not know a vendor by name, nor keep a secret.

pub mod fold;
pub mod join;
pub mod query;
