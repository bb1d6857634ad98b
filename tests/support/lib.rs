//! What the tests over the whole share: a site (the real proxy in front of the real sandbox), requests and answers.
//! Must not hold assertions about single operations, nor stand in for anything of ours.
#![expect(clippy::missing_panics_doc, reason = "a test fails by panicking")]

mod answer;
mod ask;
pub mod log;
mod people;
mod site;
pub mod spaces;
mod vendor;

pub use answer::Answer;
pub use ask::Ask;
pub use site::{
    ACCOUNT_KEY, CLIENT_SECRET, INSTANCE_KEY, METRICS_TOKEN, PASSWORD, START_MS, STORY_GROUP, Setup, Site, WebexFace,
};
pub use vendor::{Line, Vendor};
