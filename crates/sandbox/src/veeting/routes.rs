//! Every operation of Veeting that is emulated, as one table.
//! Must not do anything itself: handlers are in `handlers/`.

use axum::http::Method;
use serde_json::Value;

use super::call::Call;
use super::errors::VeetingError;
use super::handlers::{accounts, meetings, permissions, room};
use super::state::State;
use crate::template::fit;

/// Answers the data of the envelope. What is refused must not have changed anything.
pub(super) type Handler = fn(&mut State, &Call<'_>) -> Result<Value, VeetingError>;

pub(super) struct Route {
    method: Method,
    /// Below the base.
    template: &'static str,
    pub(super) handler: Handler,
}

const fn route(method: Method, template: &'static str, handler: Handler) -> Route {
    Route { method, template, handler }
}

/// The lists, single meetings, participants and permission profiles are not in the vendor's document
/// (`docs/sandbox-differences.md`).
static ROUTES: [Route; 11] = [
    route(Method::GET, "/account", accounts::list),
    route(Method::POST, "/account", accounts::create),
    route(Method::GET, "/account/admin/{accountId}", accounts::organizers),
    route(Method::GET, "/meeting", meetings::list),
    route(Method::POST, "/meeting", meetings::create),
    route(Method::POST, "/meeting/close", room::close),
    route(Method::GET, "/meeting/{id}", meetings::get),
    route(Method::DELETE, "/meeting/{id}", meetings::delete),
    route(Method::GET, "/meeting/{id}/participants", room::participants),
    route(Method::PUT, "/meeting/{id}/{wholeSeries}", meetings::update),
    route(Method::GET, "/meetingPermission", permissions::list),
];

/// The route of a request, with the decoded values of the path's parameters. A method that an address is not used
/// with makes another address of it.
pub(super) fn find(method: &Method, path: &str) -> Result<(&'static Route, Vec<String>), VeetingError> {
    let fitting = ROUTES.iter().filter(|route| route.method == *method);
    let mut found = fitting.filter_map(|route| fit(route.template, path).map(|values| (route, values)));
    found.next().ok_or(VeetingError::UnknownEndpoint)
}
