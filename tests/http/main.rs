//! The whole in process: the proxy's real router in front of the real sandbox. Must not test what one package can test
//! by itself.

mod canaries;
mod connect;
mod documents;
mod faults;
mod jobs;
mod languages;
mod main_job;
mod people;
mod reveal;
mod role_fields;
mod roles;
mod rooms;
mod schema_endpoints;
mod scope;
mod secrets;
mod simultaneous;
mod uploads;
mod validation;
mod veeting;
