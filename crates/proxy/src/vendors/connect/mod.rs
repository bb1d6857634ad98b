//! Adobe Connect's Web Services, as far as passcodes of meetings need them: actions and XML on the vendor's side, a JSON
//! face of ours on the other (`connect.openapi.json`). Must not let anybody else know which is which.

mod folders;
mod hosts;
mod meetings;
mod passcodes;
mod policy;
mod sco;
mod session;
mod site;
mod status;

use std::sync::Arc;

use async_trait::async_trait;
use roomkey_schema::{Method, RateClass};

use self::session::Session;
use self::site::Site;
use super::{AdapterFault, Answer, Call, Trouble, Vendor, VendorFault, Warning};
use crate::clock::{Clock, UnixMs};
use crate::config;
use crate::rate::pace::Left;

/// Digits of an id; the vendor's have far fewer.
const LONGEST_ID: usize = 20;

/// One Adobe Connect account.
pub struct Connect {
    session: Session,
    calls_per_minute: u32,
}

impl Connect {
    /// An adapter for the configured account. Makes no call yet.
    pub fn new(config: &config::Connect, clock: Arc<dyn Clock>) -> Result<Self, AdapterFault> {
        let site = Site::new(config, clock.clone())?;
        Ok(Self { session: Session::new(config, site, clock)?, calls_per_minute: config.calls_per_minute })
    }
}

#[async_trait]
impl Vendor for Connect {
    async fn call(&self, call: &Call) -> Result<Answer, VendorFault> {
        let session = &self.session;
        let path: Vec<&str> = call.segments.iter().map(String::as_str).collect();
        let body = match (call.method, path.as_slice()) {
            (Method::Get, ["passcode_policy"]) => Some(policy::get(session).await?),
            (Method::Patch, ["passcode_policy"]) => policy::set(session, call).await.map(|()| None)?,
            (Method::Get, ["meetings"]) => Some(meetings::list(session, call).await?),
            (Method::Get, ["meetings", id]) => Some(meetings::one(session, id).await?),
            (Method::Get, ["meetings", id, "passcode"]) => {
                Some(serde_json::json!({"passcode": passcodes::one(session, id).await?}))
            }
            (Method::Put, ["meetings", id, "passcode"]) => passcodes::set(session, id, call).await.map(|()| None)?,
            (Method::Delete, ["meetings", id, "passcode"]) => passcodes::remove(session, id).await.map(|()| None)?,
            (Method::Put, ["passcodes"]) => Some(passcodes::set_several(session, call).await?),
            (Method::Post, ["passcodes", "removal"]) => Some(passcodes::remove_several(session, call).await?),
            (Method::Get, ["hosts"]) => Some(hosts::list(session, call).await?),
            (Method::Get, ["folders"]) => Some(folders::list(session).await?),
            _ => return Err(VendorFault::new(Trouble::WrongAddress)),
        };
        Ok(Answer { body, tracking_id: None })
    }

    /// There are none: whether the login signs in and belongs to an account.
    async fn scopes(&self) -> Result<Vec<String>, VendorFault> {
        self.session.account().await?;
        Ok(Vec::new())
    }

    /// Only administrators may read passcodes, and read and turn the switch for them.
    async fn warnings(&self) -> Result<Vec<Warning>, VendorFault> {
        match status::unless_denied(policy::get(&self.session).await)? {
            Some(_) => Ok(Vec::new()),
            None => Ok(vec![Warning::NotAdministrator(self.session.login.clone())]),
        }
    }

    fn left(&self) -> Vec<Left> {
        self.session.left()
    }

    fn token_held(&self) -> Option<(UnixMs, UnixMs)> {
        self.session.held()
    }

    fn per_minute(&self, _: RateClass) -> u32 {
        self.calls_per_minute
    }

    fn at_once(&self) -> usize {
        1
    }
}

/// An id as the vendor has them; whatever else somebody asks for does not exist.
fn sco_id(text: &str) -> Result<&str, VendorFault> {
    let fits = (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(text) } else { Err(absent()) }
}

/// That there is no such thing.
fn absent() -> VendorFault {
    VendorFault::new(Trouble::Refused { message: None, fields: Vec::new(), absent: true }).coded(status::NO_DATA)
}

/// That a value does not fit, before anybody was asked.
fn refusal(pointer: &str, said: &str) -> VendorFault {
    let fields = vec![(pointer.to_owned(), said.to_owned())];
    VendorFault::new(Trouble::Refused { message: None, fields, absent: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_digits_and_nothing_else_is_asked_for() {
        assert!(sco_id("21907").is_ok());
        for other in ["", "2 1", "21907&value=x", "-1", "１２", &"1".repeat(21)] {
            assert!(sco_id(other).is_err(), "{other}");
        }
    }
}
