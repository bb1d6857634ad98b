//! Tests of the proxy as a whole: the real router, a real store, and the sandbox over real HTTP where a vendor is needed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands, in its helpers too")]

mod audit;
mod broken_answers;
mod command;
mod config;
mod connections;
mod connections_page;
mod csrf;
mod headers;
mod pipeline;
mod record;
mod reveal;
mod sessions;
mod store_contract;
mod store_contract_people;
mod support;
mod tls;
mod token;
mod unwritable;
mod veeting;
mod vendor_faults;
mod webex;
mod webex_xml;
