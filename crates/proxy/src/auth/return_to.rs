//! Where somebody goes on to after signing in: a place of the console, and nowhere else. Pure.

/// Where one goes who did not say where to.
const START: &str = "/";
const LONGEST: usize = 2_048;
/// What is no place of the console.
const CALLS: [&str; 2] = ["/api", "/auth"];

/// The place that was asked for if it is one of ours, else the start.
pub fn place(asked: Option<&str>) -> &str {
    asked.filter(|to| is_ours(to)).unwrap_or(START)
}

fn is_ours(to: &str) -> bool {
    let path = to.split(['?', '#']).next().unwrap_or_default();
    let is_call =
        CALLS.iter().any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    to.len() <= LONGEST
        && to.starts_with('/')
        && !to.starts_with("//")
        && to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && !path.split('/').any(|segment| matches!(segment, "." | ".."))
        && !is_call
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_place_of_ours_is_gone_on_to() {
        for good in ["/", "/zoom/groups/1/settings?q=a%20b#row", "/sign-in/done", "/apiary"] {
            assert_eq!(place(Some(good)), good);
        }
        let long = format!("/{}", "x".repeat(3_000));
        for bad in [
            "",
            "zoom",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "javascript:x",
            "/\t/evil.example",
            "/a\r\nSet-Cookie: x",
            "/api/zoom/users",
            "/auth/logout",
            "/auth",
            "/x/../auth/logout",
            "/ü",
            &long,
        ] {
            assert_eq!(place(Some(bad)), "/", "{bad:?}");
        }
        assert_eq!(place(None), "/");
    }
}
