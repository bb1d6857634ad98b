//! The sandbox's own tests: each operation, error, limit, fault and control, through the router that is served.
//! Must not use the project's own schema crate: answers are judged by the vendor's document itself.

mod bench;
mod command;
mod control;
mod documents;
mod examples;
mod faults;
mod groups;
mod limits;
mod locks;
mod members;
mod oauth;
mod paging;
mod refusals;
mod registration;
mod settings;
mod users;
mod wire;
