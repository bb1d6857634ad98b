//! What a system must bring to be spoken to here: one implementation for each folder of a vendor.
//! Must not do anything itself; what few vendors need stands here as doing nothing.

use std::any::Any;

use serde_json::Value;

use crate::clock::Timestamp;
use crate::message::{Asked, Reply};

/// What a rule of `POST /_sandbox/mutate` changes behind the client's back.
pub(crate) struct Mutation<'a> {
    /// Below the vendor's base, such as `groups/{id}/settings`.
    pub(crate) path: &'a str,
    pub(crate) option: Option<&'a str>,
    pub(crate) patch: &'a Value,
    /// The sandbox's time.
    pub(crate) now: Timestamp,
}

/// Held while a write is in flight; dropping it lets the next one in.
pub(crate) type Hold = Box<dyn Any + Send>;

/// What a system must bring to be spoken to over HTTP here.
pub(crate) trait Vendor: Send + Sync {
    /// Its name in the ledger and in fault rules.
    fn name(&self) -> &'static str;
    /// The first segment of its paths, with the slash.
    fn mount(&self) -> &'static str;
    /// What stands before the paths of its own documents.
    fn base(&self) -> &'static str;
    /// Takes the place that a write needs, or answers that it is taken.
    fn hold(&self, asked: &Asked) -> Result<Option<Hold>, Reply>;
    /// What a request is for, where the path does not say it: fault rules match it behind the path, the ledger tells it.
    fn service(&self, _: &Asked) -> Option<String> {
        None
    }
    /// What the ledger keeps of a body that holds credentials; None keeps all of it.
    fn told_body(&self, _: &Asked) -> Option<Value> {
        None
    }
    /// Headers of its own that the ledger keeps besides everybody's, credentials as `***`.
    fn told_headers(&self, _: &Asked) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    /// Mails that it would have sent, the oldest first: to whom and what for.
    fn outbox(&self) -> Vec<Value> {
        Vec::new()
    }
    /// Takes up the wall that the fault rules name now, or goes back to its own.
    fn wall(&self, _: Option<u64>) {}
    /// Handles a request. Without `effect`, a write is answered as done and changes nothing.
    fn answer(&self, asked: &Asked, now: Timestamp, effect: bool) -> Reply;
    /// Adds what is on every answer of this vendor.
    fn seal(&self, reply: &mut Reply);
    /// Ends every token given out.
    fn expire_tokens(&self);
    /// Goes back to the start.
    fn reset(&self);
    /// Changes state as another administrator would, without a trace in the ledger. The error is a sentence.
    fn mutate(&self, mutation: &Mutation<'_>) -> Result<(), String>;
}
