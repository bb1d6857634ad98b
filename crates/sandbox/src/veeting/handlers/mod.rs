//! One file for each resource of Veeting.
//! Must not look at keys: that was done before; what a key may do with a resource is asked for here.

pub(super) mod accounts;
pub(super) mod meetings;
pub(super) mod permissions;
pub(super) mod room;
