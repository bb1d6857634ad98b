//! Accounts and their organizers: all that can be seen, a new one, who is in one. Must not judge fields.

use serde_json::Value;

use crate::veeting::account::{Account, Organizer, TRIAL};
use crate::veeting::account_judge;
use crate::veeting::call::Call;
use crate::veeting::errors::VeetingError;
use crate::veeting::state::State;

/// How long an account can be tried, whatever was asked for.
const TRIAL_MS: u64 = 14 * 86_400_000;

/// `GET /account`: of an instance all, of an account itself.
#[expect(clippy::unnecessary_wraps, reason = "a handler may refuse, and this one has nothing to refuse")]
pub(in crate::veeting) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, VeetingError> {
    let seen = state.shown_accounts().into_iter().filter(|(at, _)| call.caller.sees(*at));
    Ok(seen.map(|(_, account)| account).collect())
}

/// `POST /account`: makes an account, which is called after the address of its first organizer.
pub(in crate::veeting) fn create(state: &mut State, call: &Call<'_>) -> Result<Value, VeetingError> {
    call.caller.instance_only()?;
    let wish = account_judge::judged(&call.body()?)?;
    if state.is_used(&wish.email) {
        return Err(VeetingError::AccountExists);
    }
    let at = state.accounts.len();
    let name = (wish.first_name.as_str(), wish.last_name.as_str());
    let organizer = Organizer::of(&mut state.mint, call.now, at, name, &wish.email, &wish.language);
    let paid_until = if wish.kind == TRIAL { call.now.plus_ms(TRIAL_MS) } else { wish.paid_until };
    let account = Account::of(&mut state.mint, call.now, &wish.email, wish.kind, paid_until);
    let whole = account.whole(0, 1);
    state.accounts.push(account);
    state.organizers.push(organizer);
    if wish.send_password {
        state.send_password(&wish.email);
    }
    Ok(whole)
}

/// `GET /account/admin/{accountId}`.
pub(in crate::veeting) fn organizers(state: &mut State, call: &Call<'_>) -> Result<Value, VeetingError> {
    call.caller.instance_only()?;
    let id = call.parameter(0);
    let at = state.accounts.iter().position(|account| account.id == id).filter(|at| call.caller.sees(*at));
    let at = at.ok_or(VeetingError::NotAllowed)?;
    Ok(state.organizers.iter().filter(|one| one.account == at).map(Organizer::whole).collect())
}
