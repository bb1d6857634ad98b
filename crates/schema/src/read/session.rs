//! Reads sessions and the ways to get one.

use serde_json::Value;

use super::{Members, Read};
use crate::role::Role;
use crate::session::{Session, SignedOut, Way, Ways};

impl Read for Session {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            id: of.text("id")?,
            name: of.text("name")?,
            role: Role::from_name(&of.text("role")?)?,
            way: Way::from_name(&of.text("way")?)?,
            address: of.text("address"),
            browser: of.text("browser"),
            began_at: of.text("began_at")?,
            active_at: of.text("active_at")?,
            current: of.flag("current"),
        })
    }
}

impl Read for Ways {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { local: of.flag("local"), provider: of.text("provider"), header: of.text("header") })
    }
}

impl Read for SignedOut {
    fn read(value: Value) -> Option<Self> {
        Some(Self { to: Members::of(value)?.text("to") })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn read_agrees_with_serde() {
        let session = json!({"id": "1", "name": "dana", "role": "auditor", "way": "provider", "address": "::1",
            "browser": "Firefox on Linux", "began_at": "2026-01-01T00:00:00Z", "active_at": "2026-01-01T00:00:00Z",
            "current": true});
        assert_eq!(Session::read(session.clone()), serde_json::from_value(session).ok());
        for ways in [json!({"local": true}), json!({"local": false, "provider": "P", "header": "dana"})] {
            assert_eq!(Ways::read(ways.clone()), serde_json::from_value(ways).ok());
        }
        let out = json!({"to": "https://id.example.com/"});
        assert_eq!(SignedOut::read(out.clone()), serde_json::from_value(out).ok());
        assert_eq!(Session::read(json!({"id": "1", "name": "dana", "role": "boss"})), None);
    }
}
