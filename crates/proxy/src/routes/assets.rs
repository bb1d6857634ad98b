//! The console's files, and the page shell for every address that the console's own router knows. Must not answer below
//! `/api` or `/auth`.

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::app::App;
use crate::assets::Asset;
use crate::compress::{self, accepts_brotli, expand};
use crate::http::fault::{Fault, Kind};
use crate::http::headers::Reach;
use crate::http::language;

/// Below it are the console's places for frames of other pages.
const EMBED: &str = "/embed";
/// The script that portals load.
const EMBED_SCRIPT: &str = "/embed.js";
/// Where a frame lets people sign in.
const SIGN_IN_WINDOW: &str = "/sign-in/window";

/// Whatever no route took.
pub async fn serve(State(app): State<App>, request: Request) -> Result<Response, Fault> {
    let (path, headers) = (request.uri().path(), request.headers());
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_ours = ["/api", "/auth"]
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    if !is_read || is_ours {
        return Err(Fault::new(Kind::NotFound));
    }
    let mut response = match (app.assets.find(path), app.assets.index()) {
        (Some(asset), _) => answer(asset, headers),
        (None, Some(index)) if accepts_html(headers) => answer(index, headers),
        (None, None) if accepts_html(headers) => Ok(not_built(&app)),
        _ => Err(Fault::new(Kind::NotFound)),
    }?;
    response.extensions_mut().insert(reach(path));
    Ok(response)
}

/// What other origins may do with the file or the page at a path.
fn reach(path: &str) -> Reach {
    match path {
        EMBED_SCRIPT => Reach::Script,
        SIGN_IN_WINDOW => Reach::Window,
        _ if path.strip_prefix(EMBED).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) => Reach::Framed,
        _ => Reach::Closed,
    }
}

fn answer(asset: &'static Asset, asked: &HeaderMap) -> Result<Response, Fault> {
    let is_known = asked
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|tags| tags.to_str().ok())
        .any(|tags| tags.split(',').any(|tag| opaque(tag.trim()) == opaque(asset.etag)));
    let mut response = if is_known {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
        response
    } else if accepts_brotli(asked) {
        compress::answer(Bytes::from_static(asset.brotli), true)
    } else {
        let plain = expand(asset.brotli).ok_or_else(|| Fault::internal(&"an embedded file cannot be expanded"))?;
        compress::answer(plain.into(), false)
    };
    let caching = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(ETAG, HeaderValue::from_static(asset.etag));
    Ok(response)
}

/// Entity tags are compared weakly (RFC 9110 §8.8.3.2): both encodings of a file share one.
fn opaque(tag: &str) -> &str {
    tag.trim_start_matches("W/")
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).any(|value| value.contains("text/html"))
}

/// Plain HTML, when the program was built without the console.
fn not_built(app: &App) -> Response {
    let sentence = app.words.details.not_built.replace('&', "&amp;").replace('<', "&lt;");
    let language = language::reader().as_str();
    let page = format!("<!doctype html><html lang=\"{language}\"><title>Roomkey</title><p>{sentence}</p></html>");
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (headers, page).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
    use http_body_util::BodyExt;

    use super::*;

    /// `hello` in Brotli's own form for what is not compressed.
    static BROTLI: &[u8] = &[0x0b, 0x02, 0x80, b'h', b'e', b'l', b'l', b'o', 0x03];

    static SCRIPT: Asset = Asset {
        path: "/console-0123456789abcdef.js",
        content_type: "text/javascript; charset=utf-8",
        etag: "W/\"abc\"",
        immutable: true,
        brotli: BROTLI,
    };
    static SHELL: Asset =
        Asset { path: "/index.html", content_type: "text/html; charset=utf-8", immutable: false, ..SCRIPT };

    fn asked(name: http::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    async fn body(response: Response) -> Vec<u8> {
        response.into_body().collect().await.expect("body").to_bytes().to_vec()
    }

    #[tokio::test]
    async fn a_file_is_sent_compressed_to_those_who_want_it_and_plain_to_others() {
        let compressed = answer(&SCRIPT, &asked(ACCEPT_ENCODING, "gzip, br")).expect("answer");
        assert_eq!(compressed.headers()[CONTENT_ENCODING], "br");
        assert_eq!(compressed.headers()[VARY], "accept-encoding");
        assert_eq!(body(compressed).await, BROTLI);
        let plain = answer(&SCRIPT, &HeaderMap::new()).expect("answer");
        assert!(!plain.headers().contains_key(CONTENT_ENCODING));
        assert_eq!(body(plain).await, b"hello");
    }

    #[test]
    fn a_hashed_name_is_kept_for_ever_and_the_page_shell_asked_for_again() {
        let caching = |asset| answer(asset, &HeaderMap::new()).expect("answer").headers()[CACHE_CONTROL].clone();
        assert_eq!(caching(&SCRIPT), "public, max-age=31536000, immutable");
        assert_eq!(caching(&SHELL), "no-cache");
    }

    #[test]
    fn only_places_for_frames_may_be_framed() {
        for path in ["/embed", "/embed/", "/embed/desk", "/embed/zoom/groups/7/settings"] {
            assert_eq!(reach(path), Reach::Framed, "{path}");
        }
        for path in
            ["/", "/embedded", "/embed.json", "/sign-in", "/sign-in/", "/zoom/groups", "/index.html", "/x/embed"]
        {
            assert_eq!(reach(path), Reach::Closed, "{path}");
        }
        assert_eq!((reach("/embed.js"), reach("/sign-in/window")), (Reach::Script, Reach::Window));
    }

    #[test]
    fn a_known_file_is_not_sent_again() {
        let status = |tags| answer(&SHELL, &asked(IF_NONE_MATCH, tags)).expect("answer").status();
        assert_eq!(status("\"x\", W/\"abc\""), StatusCode::NOT_MODIFIED);
        assert_eq!(status("\"x\""), StatusCode::OK);
    }
}
