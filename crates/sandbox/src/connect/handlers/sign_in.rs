//! `login`, `logout` and `common-info`. Must not tell why a sign-in failed: Connect says that there are no data.

use crate::connect::Server;
use crate::connect::account::{ACCOUNT_ID, DOMAIN};
use crate::connect::call::Call;
use crate::connect::errors::{ConnectError, NO_LOGIN};
use crate::connect::sco::written;
use crate::connect::xml::{Answer, Element};

/// Signs in to the session that was sent, or to a new one.
pub(in crate::connect) fn login<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    let login = call.parameters.wanted("login", "string")?;
    let password = call.parameters.wanted("password", "string")?;
    let is_ours = |name, ours: &str| call.parameters.one(name).is_none_or(|text| text == ours);
    let at = server.state.position(login).filter(|_| is_ours("account-id", ACCOUNT_ID) && is_ours("domain", DOMAIN));
    let known = |at: &usize| server.state.people.get(*at).is_some_and(|person| person.is_password(password));
    let at = at.filter(known).ok_or(ConnectError::NoData)?;
    let session = server.sessions.sign_in(call.session, at, call.now);
    Ok(Answer { content: Vec::new(), session: Some(session) })
}

pub(in crate::connect) fn logout<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    server.sessions.end(call.session.ok_or(ConnectError::NoAccess(NO_LOGIN))?);
    Ok(Answer::default())
}

/// What the server is, and who is signed in; without anybody, a session to sign in to.
#[expect(clippy::unnecessary_wraps, reason = "all handlers have one type")]
pub(in crate::connect) fn common_info<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    let cookie = match (call.who, call.session) {
        (Some(_), Some(id)) => id.to_owned(),
        _ => server.sessions.give(call.now),
    };
    let common = Element::new("common")
        .attribute("locale", "en")
        .attribute("time-zone-id", "85")
        .text("cookie", cookie)
        .text("date", written(call.now))
        .text("host", format!("http://{}", call.host))
        .text("local-host", "connect-1")
        .text("admin-host", "")
        .text("url", "/api/xml?action=common-info")
        .text("version", "12.8")
        .holding(Element::new("account").attribute("account-id", ACCOUNT_ID));
    let person = call.who.and_then(|at| server.state.people.get(at));
    Ok(Answer::from(match person {
        None => common,
        Some(person) => common.holding(
            Element::new("user")
                .attribute("user-id", person.id.to_string())
                .attribute("type", "user")
                .text("name", &person.name)
                .text("login", &person.login),
        ),
    }))
}
