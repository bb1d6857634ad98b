//! Roomkey's proxy: sign-in, permission, custody of the vendors' credentials, pacing and record, in front of the vendors'
//! APIs. Thin: it does not model a vendor's domain; bodies pass through, checked against the operation table.

pub mod app;
pub mod assets;
pub mod audit;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod compress;
pub mod config;
pub mod connections;
mod exchange;
pub mod http;
pub mod jobs;
pub mod pages;
pub mod people;
pub mod random;
pub mod rate;
pub mod routes;
pub mod store;
pub mod telemetry;
pub mod vendors;
pub mod words;

pub use app::{App, serve};
pub use config::Config;
