//! Who somebody is: passwords, an `OpenID` provider or a proxy that vouches, sessions. Must not decide what a role may do:
//! that is the operation table.

pub mod accounts;
pub mod admit;
pub mod cookie;
pub mod embed;
pub mod federated;
pub mod login;
pub mod oidc;
pub mod password;
pub mod recent;
pub mod return_to;
pub mod roles;
pub mod session;
pub mod throttle;
pub mod trusted;
pub mod whence;
