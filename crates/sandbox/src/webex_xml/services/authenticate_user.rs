//! `AuthenticateUser`: a session ticket for an account that has proved itself. Must not check the proof again.

use super::super::accounts::TICKET_SECONDS;
use super::super::errors::XmlError;
use super::super::read::Element;
use super::super::write::{Answer, Content};
use super::Call;
use super::fields::Fields;

pub(super) fn answer(call: &mut Call<'_>, content: &Element) -> Result<Answer, XmlError> {
    Fields::read(content, &[], &[])?;
    let ticket = call.accounts.give_ticket(call.administrator, call.now);
    let content = Content::default()
        .text("use:sessionTicket", &ticket)
        .text("use:createTime", &call.now.millis().to_string())
        .text("use:timeToLive", &TICKET_SECONDS.to_string());
    Ok(Answer { kind: "use:authenticateUserResponse", content, subject: None })
}
