//! Which operation a request means, and whether the caller's role may call it. Must not read the body.

use axum::extract::Request;
use roomkey_schema::{NotFound, Operation, PathParams, Role};

use super::record::Record;
use crate::app::App;
use crate::http::fault::{Fault, Kind};
use crate::words::fill;

/// The operation that a request means.
pub(crate) struct Found<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) params: PathParams,
}

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Looks the raw path up in the operation table.
pub(crate) fn find<'a>(app: &'a App, role: Role, request: &Request) -> Result<Found<'a>, Fault> {
    let absent = || Fault::new(Kind::NotFound);
    let below = request.uri().path().strip_prefix("/api/").ok_or_else(absent)?;
    let slash = below.find('/').ok_or_else(absent)?;
    let (vendor, path) = below.split_at(slash);
    match app.catalog.find(vendor, request.method().as_str(), path) {
        Ok((operation, params)) => Ok(Found { operation, params }),
        Err(NotFound::Path) => Err(absent()),
        Err(NotFound::Method) => {
            let allowed: Vec<&str> = METHODS
                .into_iter()
                .filter(|method| {
                    app.catalog.find(vendor, method, path).is_ok_and(|(operation, _)| operation.roles.contains(&role))
                })
                .collect();
            // To a role that may do nothing here, the address does not exist.
            if allowed.is_empty() {
                return Err(absent());
            }
            Err(Fault::new(Kind::MethodNotAllowed).with(|parts| parts.allow = Some(allowed.join(", "))))
        }
    }
}

/// Lets the roles of the table through and nobody else.
pub(crate) async fn permit(app: &App, role: Role, found: &Found<'_>, record: &Record<'_>) -> Result<(), Fault> {
    if found.operation.roles.contains(&role) {
        return Ok(());
    }
    record.denied().await;
    Err(Fault::new(Kind::Forbidden).detail(fill(&app.words.details.forbidden, &[("role", role.as_str())])))
}
