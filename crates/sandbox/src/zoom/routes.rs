//! Every operation of Zoom that is emulated, as one table. What is not in it is an unknown endpoint.
//! Must not do anything itself: handlers are in `handlers/`.

use axum::http::Method;
use percent_encoding::percent_decode_str;

use super::call::Call;
use super::errors::ZoomError;
use super::handlers::{admins, groups, members, settings, users};
use super::state::State;
use crate::message::Reply;

pub(super) type Handler = fn(&mut State, &Call<'_>) -> Result<Reply, ZoomError>;

pub(super) struct Route {
    pub(super) method: Method,
    /// The path as the vendor's document has it, below the base.
    pub(super) template: &'static str,
    pub(super) handler: Handler,
}

const fn route(method: Method, template: &'static str, handler: Handler) -> Route {
    Route { method, template, handler }
}

pub(super) static ROUTES: [Route; 20] = [
    route(Method::GET, "/users", users::list),
    route(Method::GET, "/users/{userId}", users::get),
    route(Method::GET, "/groups", groups::list),
    route(Method::POST, "/groups", groups::create),
    route(Method::GET, "/groups/{groupId}", groups::get),
    route(Method::PATCH, "/groups/{groupId}", groups::rename),
    route(Method::DELETE, "/groups/{groupId}", groups::delete),
    route(Method::GET, "/groups/{groupId}/members", members::list),
    route(Method::POST, "/groups/{groupId}/members", members::add),
    route(Method::PATCH, "/groups/{groupId}/members/{memberId}", members::update),
    route(Method::DELETE, "/groups/{groupId}/members/{memberId}", members::remove),
    route(Method::GET, "/groups/{groupId}/admins", admins::list),
    route(Method::POST, "/groups/{groupId}/admins", admins::add),
    route(Method::DELETE, "/groups/{groupId}/admins/{userId}", admins::remove),
    route(Method::GET, "/groups/{groupId}/settings", settings::get),
    route(Method::PATCH, "/groups/{groupId}/settings", settings::update),
    route(Method::GET, "/groups/{groupId}/lock_settings", settings::get_locks),
    route(Method::PATCH, "/groups/{groupId}/lock_settings", settings::update_locks),
    route(Method::GET, "/groups/{groupId}/settings/registration", settings::get_registration),
    route(Method::PATCH, "/groups/{groupId}/settings/registration", settings::update_registration),
];

/// The route of a request, with the decoded values of the path's parameters.
pub(super) fn find(method: &Method, path: &str) -> Option<(&'static Route, Vec<String>)> {
    ROUTES.iter().filter(|route| route.method == *method).find_map(|route| Some((route, fit(route.template, path)?)))
}

fn fit(template: &str, path: &str) -> Option<Vec<String>> {
    let mut parameters = Vec::new();
    let mut segments = path.split('/');
    for wanted in template.split('/') {
        let segment = segments.next()?;
        if wanted.starts_with('{') {
            let value = percent_decode_str(segment).decode_utf8().ok()?;
            parameters.push(Some(value.into_owned()).filter(|value| !value.is_empty())?);
        } else if segment != wanted {
            return None;
        }
    }
    segments.next().is_none().then_some(parameters)
}
