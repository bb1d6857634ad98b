//! `POST /_sandbox/mutate` as this vendor takes it: changes behind the client's back, as another administrator
//! makes them.
//! Must not judge, nor let anything follow from a change.

use serde_json::Value;

use super::person::Status;
use super::shapes::Shapes;
use super::sheet::Sheet;
use super::state::State;
use crate::merge::merge;

impl State {
    /// Changes a group or a sheet as it is told, without judging and without side effects. False when the path is
    /// none of a group.
    pub(super) fn mutate(
        &mut self,
        shapes: &Shapes,
        path: &str,
        option: Option<&str>,
        change: &Value,
    ) -> Result<bool, String> {
        let path = path.trim_start_matches('/');
        let segments: Vec<&str> = path.strip_prefix("zoom/v2/").unwrap_or(path).split('/').collect();
        let (id, sheet) = match segments[..] {
            ["account"] => return self.account.mutate(change).map(|()| true),
            ["users", id] => return self.mutate_person(id, change).map(|()| true),
            ["users", id, "settings"] => {
                let at = self.person(id).map_err(|refusal| refusal.to_string())?.0;
                let sheet =
                    Sheet::of_settings(option).ok_or_else(|| format!("There is no option {option:?} at {path}."))?;
                self.set_personal(at, sheet, change);
                return Ok(true);
            }
            ["groups", id] => {
                let name = change.get("name").and_then(Value::as_str).ok_or("A group's name is wanted.")?;
                self.rename_group(id, name).map_err(|refusal| refusal.to_string())?;
                return Ok(true);
            }
            ["groups", id, "settings"] => (id, Sheet::of_settings(option)),
            ["groups", id, "lock_settings"] => (id, Sheet::of_locks(option)),
            ["groups", id, "settings", "registration"] => (id, Sheet::of_registration(option)),
            _ => return Ok(false),
        };
        let sheet = sheet.ok_or_else(|| format!("There is no option {option:?} at {path}."))?;
        merge(self.sheet(shapes, id, sheet).map_err(|refusal| refusal.to_string())?, change);
        Ok(true)
    }

    /// A person's name, status, user type, or whether a call queue hangs on them.
    fn mutate_person(&mut self, id: &str, change: &Value) -> Result<(), String> {
        let at = self.person(id).map_err(|refusal| refusal.to_string())?.0;
        let person = self.people.get_mut(at).ok_or("There is nobody.")?;
        for (name, value) in change.as_object().ok_or("An object is wanted.")? {
            let text = value.as_str().unwrap_or_default();
            match name.as_str() {
                "first_name" => person.first_name = text.to_owned().into(),
                "last_name" => person.last_name = text.to_owned().into(),
                "dept" => person.department = text.to_owned().into(),
                "status" => person.status = Status::from_name(text).ok_or("There is no such status.")?,
                "type" => {
                    let kind = value.as_u64().and_then(|kind| u8::try_from(kind).ok());
                    person.kind = kind.ok_or("There is no such user type.")?;
                }
                "call_queue_manager" => person.edits_mut().call_queue_manager = value == &Value::Bool(true),
                other => return Err(format!("A person has no {other:?} to change here.")),
            }
        }
        Ok(())
    }
}
