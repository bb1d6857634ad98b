//! The administrators' accounts: who may sign in, session tickets, and the wall that SetUser runs into.
//! Must not know what the services do.

use super::errors::XmlError;
use super::request::{Context, Credential};
use crate::clock::Timestamp;
use crate::dice::Dice;
use crate::webex::Tokens;
use crate::webex::seed::ADMINISTRATORS;
use crate::webex::state::State;

const SITE: &str = "demo";
const PASSWORD: &str = "demo-password";
pub(super) const TICKET_SECONDS: u64 = 5400;
/// After so many SetUser with one account the vendor says that the password is wrong.
const WALL: u64 = 800;
/// Somewhere between 3 and 20 hours.
const WALL_MS: u64 = 6 * 3600 * 1000;
/// So many tries against the wall lock the account for good.
const TRIES: u64 = 10;
const DAY_MS: u64 = 86_400_000;

/// An administrator, as the position in the list of them.
pub(super) type Administrator = usize;

#[derive(Clone, Default)]
struct Account {
    /// Successful SetUser calls since the start or the last wall.
    done: u64,
    /// When the wall was reached.
    walled_at: Option<Timestamp>,
    tries: u64,
    locked: bool,
}

struct Ticket {
    text: String,
    of: Administrator,
    ends: Timestamp,
}

pub(super) struct Accounts {
    seed: u64,
    wall: u64,
    list: Vec<Account>,
    tickets: Vec<Ticket>,
    given: u64,
}

impl Accounts {
    pub(super) fn new(seed: u64) -> Self {
        let list = vec![Account::default(); ADMINISTRATORS.len()];
        Self { seed, wall: WALL, list, tickets: Vec::new(), given: 0 }
    }

    pub(super) fn set_wall(&mut self, after: Option<u64>) {
        self.wall = after.unwrap_or(WALL);
    }

    pub(super) fn reset(&mut self) {
        self.list = vec![Account::default(); ADMINISTRATORS.len()];
    }

    pub(super) fn end_tickets(&mut self) {
        self.tickets.iter_mut().for_each(|ticket| ticket.ends = Timestamp::from_millis(0));
    }

    /// Who asks. An account that is locked is told the same as one with a wrong password.
    pub(super) fn sign_in(
        &self,
        context: &Context,
        state: &State,
        tokens: &Tokens,
        now: Timestamp,
    ) -> Result<Administrator, XmlError> {
        if !context.site.eq_ignore_ascii_case(SITE) {
            return Err(XmlError::AccessDenied);
        }
        let id = &context.webex_id;
        let Some(of) = ADMINISTRATORS.iter().position(|known| known.eq_ignore_ascii_case(id)) else {
            // Others have passwords that nobody knows.
            let known = state.member(id).is_ok();
            return Err(if known { XmlError::WrongPassword } else { XmlError::NoSuchUser(id.clone()) });
        };
        if self.list.get(of).is_some_and(|account| account.locked) {
            return Err(XmlError::WrongPassword);
        }
        match &context.credential {
            Some(Credential::Password(text)) if text == PASSWORD => Ok(of),
            Some(Credential::AccessToken(text)) if tokens.holds(text, now) => Ok(of),
            Some(Credential::Ticket(text)) => {
                let found = self.tickets.iter().find(|ticket| ticket.text == *text && ticket.of == of);
                found.filter(|ticket| ticket.ends > now).map(|_| of).ok_or(XmlError::TicketEnded)
            }
            _ => Err(XmlError::WrongPassword),
        }
    }

    /// A new session ticket.
    pub(super) fn give_ticket(&mut self, of: Administrator, now: Timestamp) -> String {
        self.given += 1;
        let mut dice = Dice::of(self.seed, "webex session ticket", self.given);
        let text = format!("{}{}", dice.id(), dice.id());
        // Those that ended a day ago are told apart from made-up ones by nobody.
        self.tickets.retain(|ticket| ticket.ends.plus_ms(DAY_MS) > now);
        self.tickets.push(Ticket { text: text.clone(), of, ends: now.plus_ms(TICKET_SECONDS * 1000) });
        text
    }

    /// Lets a SetUser through, or counts a try against the wall.
    pub(super) fn pass_wall(&mut self, of: Administrator, now: Timestamp) -> Result<(), XmlError> {
        let wall = self.wall;
        let account = self.list.get_mut(of).ok_or(XmlError::WrongPassword)?;
        if account.walled_at.is_some_and(|at| at.plus_ms(WALL_MS) <= now) {
            *account = Account::default();
        }
        if account.done < wall {
            (account.walled_at, account.tries) = (None, 0);
            return Ok(());
        }
        account.walled_at.get_or_insert(now);
        account.tries += 1;
        account.locked = account.tries >= TRIES;
        Err(XmlError::WrongPassword)
    }

    /// Counts a SetUser that was answered as a success.
    pub(super) fn count(&mut self, of: Administrator, now: Timestamp) {
        if let Some(account) = self.list.get_mut(of) {
            account.done += 1;
            if account.done >= self.wall {
                account.walled_at = Some(now);
            }
        }
    }
}
