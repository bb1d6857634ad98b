//! Whether hosts may require a passcode: one plain switch in front of a feature that is named after its opposite. Setting
//! `fid-meeting-passcode-notallowed` to false allows passcodes; that it is listed says that they are allowed, and by
//! default they are not. Must be the only file that knows this.

use serde_json::{Value, json};

use super::refusal;
use super::session::Session;
use super::site::Ask;
use crate::vendors::xml::Element;
use crate::vendors::{Call, VendorFault};

const FEATURE: &str = "fid-meeting-passcode-notallowed";
const SWITCH: &str = "hosts_may_require_passcode";

/// How the switch stands.
pub(super) async fn get(session: &Session) -> Result<Value, VendorFault> {
    let account = session.account().await?;
    let root = session.ask(&Ask::read("meeting-feature-info", vec![("account-id", account)])).await?;
    Ok(json!({SWITCH: is_allowed(&root)}))
}

/// Turns the switch.
pub(super) async fn set(session: &Session, call: &Call) -> Result<(), VendorFault> {
    let pointer = format!("/{SWITCH}");
    let allow = call.body.as_ref().and_then(|body| body.pointer(&pointer)?.as_bool());
    let allow = allow.ok_or_else(|| refusal(&pointer, "A switch is needed here."))?;
    let parameters = vec![("account-id", session.account().await?), ("feature-id", FEATURE), ("enable", enable(allow))];
    session.ask(&Ask::write("meeting-feature-update", parameters)).await?;
    Ok(())
}

fn is_allowed(root: &Element) -> bool {
    root.all("meeting-feature").iter().any(|feature| feature.attribute("feature-id") == Some(FEATURE))
}

/// What the feature "passcodes are not allowed" is set to.
const fn enable(allow: bool) -> &'static str {
    if allow { "false" } else { "true" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vendors::xml;

    fn allowed(features: &str) -> bool {
        is_allowed(&xml::read(format!("<results>{features}</results>").as_bytes()).expect("a tree"))
    }

    #[test]
    fn passcodes_are_allowed_when_the_feature_is_listed_and_by_default_they_are_not() {
        let feature = "<meeting-feature account-id='7' feature-id='fid-meeting-passcode-notallowed'/>";
        assert!(allowed(feature));
        assert!(allowed(&format!("<meeting-feature account-id='7' feature-id='fid-chat'/>{feature}")));
        assert!(!allowed(""));
        assert!(!allowed("<meeting-feature account-id='7' feature-id='fid-chat'/>"));
    }

    #[test]
    fn allowing_turns_the_feature_off_and_forbidding_turns_it_on() {
        assert_eq!((enable(true), enable(false)), ("false", "true"));
    }
}
