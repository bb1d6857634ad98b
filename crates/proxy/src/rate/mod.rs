//! Pacing: how fast a vendor may be called, and one write at a time for an object.

pub mod budget;
pub mod object_lock;
pub mod pace;
