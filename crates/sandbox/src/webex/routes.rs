//! Every operation of Webex REST that is emulated, as one table; the token endpoint stands before it.
//! Must not do anything itself: handlers are in `handlers/`.

use axum::http::Method;

use super::call::Call;
use super::errors::WebexError;
use super::handlers::{people, room, sites};
use super::state::State;
use crate::message::Reply;
use crate::template::fit;

pub(super) type Handler = fn(&mut State, &Call<'_>) -> Result<Reply, WebexError>;

pub(super) struct Route {
    method: Method,
    /// Below the base.
    template: &'static str,
    pub(super) handler: Handler,
}

const fn route(method: Method, template: &'static str, handler: Handler) -> Route {
    Route { method, template, handler }
}

/// Paths that are words stand before those that take any word.
static ROUTES: [Route; 6] = [
    route(Method::GET, "/people", people::list),
    route(Method::GET, "/people/me", people::me),
    route(Method::GET, "/people/{personId}", people::get),
    route(Method::GET, "/meetingPreferences/sites", sites::list),
    route(Method::GET, "/meetingPreferences/personalMeetingRoom", room::get),
    route(Method::PUT, "/meetingPreferences/personalMeetingRoom", room::put),
];

/// The route of a request, with the decoded values of the path's parameters.
pub(super) fn find(method: &Method, path: &str) -> Result<(&'static Route, Vec<String>), WebexError> {
    let fitting: Vec<_> =
        ROUTES.iter().filter_map(|route| fit(route.template, path).map(|values| (route, values))).collect();
    if fitting.is_empty() {
        return Err(WebexError::UnknownEndpoint);
    }
    let mut allowed: Vec<&str> = fitting.iter().map(|(route, _)| route.method.as_str()).collect();
    allowed.dedup();
    let allowed = allowed.join(", ");
    fitting.into_iter().find(|(route, _)| route.method == *method).ok_or(WebexError::WrongMethod(allowed))
}
