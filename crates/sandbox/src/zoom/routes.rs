//! Every operation of Zoom that is emulated, as one table. What is not in it is an unknown endpoint.
//! Must not do anything itself: handlers are in `handlers/`.

use axum::http::Method;

use super::call::Call;
use super::errors::ZoomError;
use super::handlers::{
    admins, assistants, backgrounds, channels, contact_groups, contact_members, devices, divisions, features, groups,
    members, picture, presence, settings, sign_in, templates, user_change, user_create, user_delete, user_settings,
    users,
};
use super::state::State;
use crate::message::Reply;
use crate::template::fit;

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

/// Paths that are words stand before those that take any word.
pub(super) static ROUTES: [Route; 71] = [
    route(Method::GET, "/contacts/groups", contact_groups::list),
    route(Method::POST, "/contacts/groups", contact_groups::create),
    route(Method::GET, "/contacts/groups/{groupId}", contact_groups::get),
    route(Method::PATCH, "/contacts/groups/{groupId}", contact_groups::update),
    route(Method::DELETE, "/contacts/groups/{groupId}", contact_groups::delete),
    route(Method::GET, "/contacts/groups/{groupId}/members", contact_members::list),
    route(Method::POST, "/contacts/groups/{groupId}/members", contact_members::add),
    route(Method::DELETE, "/contacts/groups/{groupId}/members", contact_members::remove),
    route(Method::GET, "/divisions", divisions::list),
    route(Method::POST, "/divisions", divisions::create),
    route(Method::GET, "/divisions/{divisionId}", divisions::get),
    route(Method::PATCH, "/divisions/{divisionId}", divisions::update),
    route(Method::DELETE, "/divisions/{divisionId}", divisions::delete),
    route(Method::GET, "/divisions/{divisionId}/users", divisions::list_users),
    route(Method::POST, "/divisions/{divisionId}/users", divisions::assign),
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
    route(Method::GET, "/groups/{groupId}/channels", channels::list),
    route(Method::POST, "/groups/{groupId}/settings/virtual_backgrounds", backgrounds::upload_for_group),
    route(Method::DELETE, "/groups/{groupId}/settings/virtual_backgrounds", backgrounds::delete_of_group),
    route(Method::GET, "/users", users::list),
    route(Method::POST, "/users", user_create::create),
    route(Method::GET, "/users/email", users::email),
    route(Method::GET, "/users/summary", users::summary),
    route(Method::GET, "/users/vanity_name", users::vanity_name),
    route(Method::POST, "/users/features", features::update),
    route(Method::GET, "/users/me/zak", sign_in::zak),
    route(Method::GET, "/users/{userId}", users::get),
    route(Method::PATCH, "/users/{userId}", user_change::update),
    route(Method::DELETE, "/users/{userId}", user_delete::delete),
    route(Method::GET, "/users/{userId}/assistants", assistants::list),
    route(Method::POST, "/users/{userId}/assistants", assistants::add),
    route(Method::DELETE, "/users/{userId}/assistants", assistants::remove_all),
    route(Method::DELETE, "/users/{userId}/assistants/{assistantId}", assistants::remove),
    route(Method::GET, "/users/{userId}/schedulers", assistants::list_hosts),
    route(Method::DELETE, "/users/{userId}/schedulers", assistants::remove_all_hosts),
    route(Method::DELETE, "/users/{userId}/schedulers/{schedulerId}", assistants::remove_host),
    route(Method::GET, "/users/{userId}/collaboration_devices", devices::list),
    route(Method::GET, "/users/{userId}/collaboration_devices/{collaborationDeviceId}", devices::get),
    route(Method::PUT, "/users/{userId}/email", sign_in::email),
    route(Method::PUT, "/users/{userId}/password", sign_in::password),
    route(Method::PUT, "/users/{userId}/status", sign_in::status),
    route(Method::GET, "/users/{userId}/token", sign_in::token),
    route(Method::DELETE, "/users/{userId}/token", sign_in::revoke),
    route(Method::GET, "/users/{userId}/meeting_summary_templates", users::summary_templates),
    route(Method::GET, "/users/{userId}/meeting_templates/{meetingTemplateId}", templates::get),
    route(Method::GET, "/users/{userId}/permissions", users::permissions),
    route(Method::POST, "/users/{userId}/picture", picture::upload),
    route(Method::DELETE, "/users/{userId}/picture", picture::delete),
    route(Method::GET, "/users/{userId}/presence_status", presence::get),
    route(Method::PUT, "/users/{userId}/presence_status", presence::set),
    route(Method::GET, "/users/{userId}/settings", user_settings::get),
    route(Method::PATCH, "/users/{userId}/settings", user_settings::update),
    route(Method::POST, "/users/{userId}/settings/virtual_backgrounds", backgrounds::upload_for_person),
    route(Method::DELETE, "/users/{userId}/settings/virtual_backgrounds", backgrounds::delete_of_person),
];

/// The route of a request, with the decoded values of the path's parameters.
pub(super) fn find(method: &Method, path: &str) -> Option<(&'static Route, Vec<String>)> {
    ROUTES.iter().filter(|route| route.method == *method).find_map(|route| Some((route, fit(route.template, path)?)))
}
