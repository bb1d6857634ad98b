//! Operations, forms, roles, validation and diff: what both the proxy and the console know about the vendors' APIs.
//!
//! An operation is data. This crate reads OpenAPI documents into one [`Catalog`] and derives everything else from it.
//! It has no IO, no DOM, no clock and no randomness, and compiles for the host and for wasm32.

pub mod card;
#[cfg(feature = "data")]
pub mod catalog;
mod check;
#[cfg(feature = "data")]
mod complete;
pub mod connection;
#[cfg(feature = "data")]
pub mod data;
mod diff;
#[cfg(feature = "data")]
mod document;
pub mod form;
#[cfg(feature = "data")]
mod form_build;
pub mod job;
#[cfg(feature = "data")]
pub mod job_build;
pub mod json;
pub mod moment;
pub mod node;
mod node_schema;
#[cfg(feature = "data")]
pub mod operation;
pub mod path;
pub mod people;
#[cfg(feature = "data")]
pub mod people_build;
pub mod pin;
pub mod place;
#[cfg(feature = "data")]
mod place_build;
pub mod read;
pub mod record;
mod role;
pub mod scope;
#[cfg(feature = "data")]
mod spoken;
mod violation;
pub mod wire;
#[cfg(feature = "data")]
mod words;

#[cfg(feature = "data")]
pub use catalog::{Catalog, NotFound};
#[cfg(feature = "data")]
pub use complete::Completion;
#[cfg(feature = "data")]
pub use data::{DataFault, Document};
pub use diff::{covers, diff, not_applied, pick};
pub use form::Form;
pub use node::{Node, Shape};
#[cfg(feature = "data")]
pub use operation::{Method, Operation, RateClass};
pub use path::{PathParams, PathTemplate};
pub use role::Role;
pub use scope::Scope;
#[cfg(feature = "data")]
pub use spoken::SpokenLeaf;
pub use violation::{Fault, Violation};
