//! The envelope around every answer, of success and of failure. Must not decide which of both it is.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::message::Reply;

pub(super) fn done(data: Value) -> Reply {
    Reply::json(StatusCode::OK, &json!({"responseCode": 0, "data": data}))
}

pub(super) fn failed(status: StatusCode, code: i32, message: &str) -> Reply {
    Reply::json(status, &json!({"responseCode": code, "data": null, "message": message}))
}
