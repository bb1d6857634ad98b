//! Webex over XML: the adapter in front of the sandbox, with the bench of `webex`. Must not hold helpers of its own.

mod answers;
mod lanes;
mod people;
mod rooms;
