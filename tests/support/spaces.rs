//! A settings document that nobody has heard of, with a field of every kind. Must not be known to the product.

/// File name and text, as they would be dropped into the schemas folder.
pub fn document() -> (String, String) {
    ("spaces.openapi.json".to_owned(), include_str!("spaces.openapi.json").to_owned())
}

/// Where the proxy serves one of its objects.
pub const PATH: &str = "/api/zoom/spaces/atrium/options";
/// Its form.
pub const FORM: &str = "zoom.spaces.get";
