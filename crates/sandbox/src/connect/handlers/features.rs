//! `meeting-feature-update` and `meeting-feature-info`: what the account lets meetings do.
//! Must not straighten out the double negative: `account.rs` keeps it as the vendor has it.

use crate::connect::Server;
use crate::connect::account::{ACCOUNT_ID, Account};
use crate::connect::call::Call;
use crate::connect::errors::{ConnectError, Subcode};
use crate::connect::xml::{Answer, Element};

pub(in crate::connect) fn update<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    refuse_other_accounts(call)?;
    let name = call.parameters.wanted("feature-id", "string")?;
    let unknown = || ConnectError::invalid("feature-id", "string", Subcode::NoSuchItem);
    let feature = Account::feature(name).ok_or_else(unknown)?;
    let enable = match call.parameters.wanted("enable", "boolean")? {
        "true" => true,
        "false" => false,
        _ => return Err(ConnectError::invalid("enable", "boolean", Subcode::Format)),
    };
    if call.effect {
        server.state.account.update(feature, enable);
    }
    Ok(Answer::default())
}

pub(in crate::connect) fn info<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    refuse_other_accounts(call)?;
    let element = |feature: &&'static str| {
        Element::new("meeting-feature").attribute("feature-id", *feature).attribute("account-id", ACCOUNT_ID)
    };
    Ok(Answer { content: server.state.account.listed.iter().map(element).collect(), session: None })
}

fn refuse_other_accounts(call: &Call<'_>) -> Result<(), ConnectError> {
    let id = call.parameters.id("account-id")?;
    if id.to_string() == ACCOUNT_ID { Ok(()) } else { Err(ConnectError::denied()) }
}
