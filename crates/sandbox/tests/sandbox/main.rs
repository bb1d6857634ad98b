//! The sandbox's own tests: each operation, error, limit, fault and control, through the router that is served.
//! Must not use the project's own schema crate: answers are judged by the vendor's document itself.

mod account;
mod bench;
mod calls;
mod codes;
mod command;
mod conformance;
mod connect;
mod contacts;
mod control;
mod divisions;
mod documents;
mod examples;
mod faults;
mod groups;
mod limits;
mod locks;
mod members;
mod oauth;
mod paging;
mod presence;
mod provoked;
mod refusals;
mod registration;
mod settings;
mod unprovoked;
mod uploads;
mod user_changes;
mod user_settings;
mod users;
mod veeting;
mod webex;
mod webex_xml;
mod wire;
