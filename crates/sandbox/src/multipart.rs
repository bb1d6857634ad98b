//! The parts of a multipart body, taken apart once for the ledger and the vendor.
//! Must not judge what is in a part: a vendor says which files it takes.

use std::convert::Infallible;

use axum::body::Bytes;
use futures_util::stream;
use serde_json::{Value, json};

/// One part of a form.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

impl Part {
    /// What the ledger tells of it: everything but the bytes, and how many these are.
    pub(crate) fn told(&self) -> Value {
        json!({
            "name": self.name,
            "file_name": self.file_name,
            "content_type": self.content_type,
            "size": self.bytes.len(),
        })
    }
}

/// The parts in their order; none when the body is not what its content type says.
pub(crate) async fn parts(content_type: &str, body: Bytes) -> Vec<Part> {
    let Ok(boundary) = multer::parse_boundary(content_type) else {
        return Vec::new();
    };
    let body = stream::iter([Ok::<Bytes, Infallible>(body)]);
    read(multer::Multipart::new(body, boundary)).await.unwrap_or_default()
}

async fn read(mut form: multer::Multipart<'_>) -> multer::Result<Vec<Part>> {
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await? {
        parts.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            file_name: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(ToString::to_string),
            bytes: field.bytes().await?,
        });
    }
    Ok(parts)
}
