//! Every action of Connect that is emulated, as one table with who may call it.
//! Must not do anything itself: handlers are in `handlers/`.

use super::Server;
use super::call::{Call, Parameters};
use super::errors::{ConnectError, Subcode};
use super::handlers::{acl_fields, features, permissions, principals, reports, scos, sign_in};
use super::xml::Answer;

pub(super) type Handler = for<'s> fn(&'s mut Server, &Call<'_>) -> Result<Answer<'s>, ConnectError>;

/// What a caller needs, from the least to the most.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Needs {
    Nothing,
    /// Credentials of their own, and an account that is not refused.
    Account,
    Session,
    Administrator,
}

pub(super) struct Route {
    action: &'static str,
    pub(super) needs: Needs,
    pub(super) handler: Handler,
}

const fn route(action: &'static str, needs: Needs, handler: Handler) -> Route {
    Route { action, needs, handler }
}

/// Where a meeting's own hosts may call too, the handler looks who they are.
static ROUTES: [Route; 15] = [
    route("common-info", Needs::Nothing, sign_in::common_info),
    route("login", Needs::Account, sign_in::login),
    route("logout", Needs::Session, sign_in::logout),
    route("meeting-feature-update", Needs::Administrator, features::update),
    route("meeting-feature-info", Needs::Administrator, features::info),
    route("acl-field-update", Needs::Session, acl_fields::update),
    route("acl-field-info", Needs::Administrator, acl_fields::info),
    route("acl-field-list", Needs::Administrator, acl_fields::list),
    route("permissions-info", Needs::Session, permissions::info),
    route("principal-list", Needs::Administrator, principals::list),
    route("report-bulk-objects", Needs::Administrator, reports::bulk_objects),
    route("report-my-meetings", Needs::Session, reports::my_meetings),
    route("sco-shortcuts", Needs::Session, scos::shortcuts),
    route("sco-contents", Needs::Session, scos::contents),
    route("sco-info", Needs::Session, scos::info),
];

pub(super) fn find(parameters: &Parameters) -> Result<&'static Route, ConnectError> {
    let action = parameters.wanted("action", "string")?;
    let found = ROUTES.iter().find(|route| route.action == action);
    found.ok_or_else(|| ConnectError::invalid("action", "string", Subcode::NoSuchItem))
}
