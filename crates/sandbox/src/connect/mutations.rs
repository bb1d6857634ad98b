//! `POST /_sandbox/mutate` as Connect takes it: changes behind the client's back, as another administrator makes them.
//! Must not judge, nor hold a change back: a passcode is read as it was changed at once.

use serde_json::Value;

use super::account::PASSCODE_FEATURE;
use super::errors::Refusal;
use super::sco::Kind;
use super::state::State;

impl State {
    /// Changes a meeting, a person or the account. The error is a sentence.
    pub(super) fn mutate(&mut self, path: &str, change: &Value) -> Result<(), String> {
        let path = path.trim_start_matches('/');
        let fields = change.as_object().ok_or("An object is wanted.")?;
        for (name, value) in fields {
            match path.split('/').collect::<Vec<_>>()[..] {
                ["account"] => self.mutate_account(name, value),
                ["meetings", id] => self.mutate_meeting(id, name, value),
                ["people", login] => self.mutate_person(login, name, value),
                _ => Err(format!("Nothing is held at {path:?}.")),
            }?;
        }
        Ok(())
    }

    fn mutate_account(&mut self, name: &str, value: &Value) -> Result<(), String> {
        let account = &mut self.account;
        match (name, value) {
            ("hosts-may-require-passcodes", Value::Bool(on)) => account.show(PASSCODE_FEATURE, *on),
            ("row-limit", Value::Null) => account.row_limit = None,
            ("row-limit", Value::Number(number)) => {
                let limit = number.as_u64().and_then(|number| usize::try_from(number).ok());
                account.row_limit = Some(limit.ok_or("A whole number is wanted.")?);
            }
            ("refusal", Value::Null) => account.refusal = None,
            ("refusal", Value::String(text)) => {
                let refusal = Refusal::from_name(text).ok_or_else(|| format!("Nothing is refused with {text:?}."))?;
                account.refusal = Some(refusal);
            }
            _ => return Err(format!("The account has no {name:?} to change here.")),
        }
        Ok(())
    }

    fn mutate_meeting(&mut self, id: &str, name: &str, value: &Value) -> Result<(), String> {
        let found = id.parse().ok().and_then(|id| self.sco_mut(id)).filter(|sco| sco.kind == Kind::Meeting);
        let meeting = found.ok_or_else(|| format!("There is no meeting {id}."))?;
        match (name, value) {
            ("meeting-passcode", Value::Null) => meeting.passcode = None,
            ("meeting-passcode", Value::String(text)) => meeting.passcode = Some(text.clone()),
            ("name", Value::String(text)) => meeting.name.clone_from(text),
            _ => return Err(format!("A meeting has no {name:?} to change here.")),
        }
        Ok(())
    }

    fn mutate_person(&mut self, login: &str, name: &str, value: &Value) -> Result<(), String> {
        let found = self.position(login).and_then(|at| self.people.get_mut(at));
        let person = found.ok_or_else(|| format!("There is no person {login}."))?;
        match (name, value) {
            ("administrator", Value::Bool(on)) => person.administrator = *on,
            ("name", Value::String(text)) => person.name.clone_from(text),
            _ => return Err(format!("A person has no {name:?} to change here.")),
        }
        Ok(())
    }
}
