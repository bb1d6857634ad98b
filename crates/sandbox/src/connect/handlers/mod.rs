//! One file for each kind of action of Connect.
//! Must not deal with sessions and administrators, but where an action is about them: that was done before.

pub(super) mod acl_fields;
pub(super) mod features;
pub(super) mod permissions;
pub(super) mod principals;
pub(super) mod reports;
pub(super) mod scos;
pub(super) mod sign_in;
