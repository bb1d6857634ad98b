//! Who somebody is: passwords, sign-in with its throttle, sessions. Must not decide what a role may do: that is the
//! operation table.

pub mod accounts;
pub mod cookie;
pub mod embed;
pub mod login;
pub mod password;
pub mod recent;
pub mod session;
pub mod throttle;
