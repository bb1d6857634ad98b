//! HTTP as such: the accept loop and the layers that every request passes. Must not know vendors or operations.

pub mod accept;
pub mod bare;
pub mod body;
pub mod csrf;
pub mod fault;
pub mod headers;
pub mod hygiene;
pub mod limits;
pub mod observe;
pub mod patience;
pub mod peer;
pub mod problem;
pub(crate) mod query;
pub mod request_id;
pub mod session_layer;
pub mod tls;
