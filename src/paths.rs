//! Every route of the console and every fixed address it calls. Must not know what is shown at a route, and must not
//! build addresses of vendors' operations: those come from the index (`api::operations`).

use roomkey_schema::path::{PathParams, PathTemplate, encode_into};

/// Signs in; answers with the cookie.
pub(crate) const SIGN_IN_CALL: &str = "/auth/login";
/// Signs out.
pub(crate) const SIGN_OUT_CALL: &str = "/auth/logout";
/// Whose pages may have the console in a frame.
pub(crate) const EMBED_CALL: &str = "/auth/embed";
/// Gives the sign-in window a code for the frame that opened it.
pub(crate) const EMBED_CODE_CALL: &str = "/auth/embed-code";
/// Exchanges that code for a session of the frame.
pub(crate) const EMBED_SESSION_CALL: &str = "/auth/embed-session";
/// Says who is signed in; nobody is no error.
pub(crate) const ME_CALL: &str = "/auth/me?quiet";
/// The index of forms and operations, and below it each form.
pub(crate) const SCHEMA_CALL: &str = "/api/schema";
/// Bulk jobs, and below it each job.
pub(crate) const JOBS_CALL: &str = "/api/jobs";
/// What can be done to many rows.
pub(crate) const JOB_KINDS_CALL: &str = "/api/jobs/kinds";
/// Tables that rows come from, and below it each table.
pub(crate) const JOB_TABLES_CALL: &str = "/api/jobs/tables";
/// Shows a secret.
pub(crate) const REVEAL_CALL: &str = "/api/reveal";
/// How it stands with the vendors.
pub(crate) const CONNECTIONS_CALL: &str = "/api/connections";
/// What stands before an operation's own path.
pub(crate) const API: &str = "/api";
/// The words that a person reads.
pub(crate) const WORDS: &str = "/words/console.en.json";

const SIGN_IN: &str = "/sign-in";
const SIGN_IN_WINDOW: &str = "/sign-in/window";
const CHALLENGE: &str = "challenge";
const AGAIN: &str = "again";
/// What stands before the address of every place in a frame of another page.
const EMBED: &str = "/embed";
/// How the start is called there, where `/` would say nothing.
const DESK: &str = "/desk";
/// Where signing out happens. Only a person who comes from another place of the console is signed out there.
pub(crate) const SIGN_OUT: &str = "/sign-out";
/// What the paths of the index's places begin with.
const VENDORS: [&str; 4] = ["/zoom/", "/webex/", "/connect/", "/veeting/"];
const FORM: &str = "/forms/{formId}";
const JOBS: &str = "/bulk";
const NEW_JOB: &str = "/bulk/new";
const JOB: &str = "/bulk/{jobId}";
const CONNECTIONS: &str = "/connections";
const TEST_CALL: &str = "/api/connections/{vendor}/test";
const JOB_CALL: &str = "/api/jobs/{jobId}";
const JOB_TABLE_CALL: &str = "/api/jobs/tables/{tableId}";
const RETURN_TO: &str = "to";

/// A place that a person can be at.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) enum Place {
    /// Where one arrives without saying where to.
    #[default]
    Start,
    /// The sign-in page.
    SignIn,
    /// The window in which one signs in for a frame of another page.
    SignInWindow,
    /// Where signing out happens.
    SignOut,
    /// A form that has no place of its own. Its path parameters are in the query.
    Form {
        /// The form's id in the index.
        form_id: String,
    },
    /// All bulk jobs.
    Jobs,
    /// Where a bulk job is made.
    NewJob,
    /// One bulk job.
    Job {
        /// Its id.
        job_id: String,
    },
    /// How it stands with the vendors.
    Connections,
    /// A place of the index, if there is one at this path.
    Path(String),
}

impl Place {
    /// Which place a raw, still encoded path means.
    pub(crate) fn read(path: &str) -> Self {
        match path {
            "" | "/" => Self::Start,
            SIGN_IN => Self::SignIn,
            SIGN_IN_WINDOW => Self::SignInWindow,
            SIGN_OUT => Self::SignOut,
            JOBS => Self::Jobs,
            NEW_JOB => Self::NewJob,
            CONNECTIONS => Self::Connections,
            _ => match (only(FORM, "formId", path), only(JOB, "jobId", path)) {
                (Some(form_id), _) => Self::Form { form_id },
                (None, Some(job_id)) => Self::Job { job_id },
                (None, None) => Self::Path(path.to_owned()),
            },
        }
    }
}

/// The start page.
pub(crate) fn start() -> String {
    "/".to_owned()
}

/// The sign-in page, which then goes on to `return_to` (a path of ours with its query).
pub(crate) fn sign_in(return_to: &str) -> String {
    if Place::read(path_of(return_to)) == Place::Start {
        SIGN_IN.to_owned()
    } else {
        with_query(SIGN_IN, &[(RETURN_TO, return_to)])
    }
}

/// Where the sign-in page should go on to, from its query. Only a place of ours is believed.
pub(crate) fn return_to(query: &str) -> String {
    query_value(query, RETURN_TO).filter(|to| may_lead_to(to)).unwrap_or_else(start)
}

/// Whether somebody else may lead a person there: a place of ours, and none where signing in or out happens.
pub(crate) fn may_lead_to(url: &str) -> bool {
    let inside = url.starts_with('/') && !url.starts_with("//") && !url.contains('\\');
    let place = Place::read(path_of(url));
    inside && is_ours(path_of(url)) && !matches!(place, Place::SignIn | Place::SignInWindow | Place::SignOut)
}

/// The window in which one signs in for a frame that made this challenge; `again` when being signed in is not enough.
pub(crate) fn sign_in_window(challenge: &str, again: bool) -> String {
    with_query(SIGN_IN_WINDOW, &[(CHALLENGE, challenge), (AGAIN, if again { "yes" } else { "" })])
}

/// The challenge of the frame that opened the window, and whether being signed in is not enough for it.
pub(crate) fn asked_of_window(query: &str) -> (String, bool) {
    (query_value(query, CHALLENGE).unwrap_or_default(), query_value(query, AGAIN).is_some())
}

/// Whether a document's address is that of a frame of another page.
pub(crate) fn is_framed(path: &str) -> bool {
    path.strip_prefix(EMBED).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The address of a place in a frame.
pub(crate) fn framed(url: &str) -> String {
    let rest = url.strip_prefix('/').unwrap_or(url);
    if rest.is_empty() || rest.starts_with(['?', '#']) {
        format!("{EMBED}{DESK}{rest}")
    } else {
        format!("{EMBED}/{rest}")
    }
}

/// The place that an address in a frame means, as it is called elsewhere. Others mean themselves.
pub(crate) fn unframed(path: &str) -> &str {
    match path.strip_prefix(EMBED) {
        Some("" | "/" | DESK) => "/",
        Some(rest) if rest.starts_with('/') => rest,
        _ => path,
    }
}

/// Whether a call that went well has changed something that a page around the console may show, too.
pub(crate) fn changes(method: &str, path: &str) -> bool {
    let below = path.strip_prefix(API).unwrap_or_default();
    let is_job = path.starts_with(JOBS_CALL) && !path.starts_with(JOB_TABLES_CALL);
    method != "GET" && (is_job || VENDORS.iter().any(|vendor| below.starts_with(vendor)))
}

/// Where a place of the index is, for those parameters and that tab.
pub(crate) fn place(template: &str, params: &PathParams, tab: &str) -> String {
    let path = PathTemplate::parse(template).encode(params).unwrap_or_else(start);
    if tab.is_empty() { path } else { format!("{path}/{tab}") }
}

/// What a path means to a place: its parameters and the tab, which is the first one when the path names none.
pub(crate) fn find(template: &str, path: &str) -> Option<(PathParams, String)> {
    let template = PathTemplate::parse(template);
    if let Some(params) = template.matches(path) {
        return Some((params, String::new()));
    }
    let (above, tab) = path.rsplit_once('/')?;
    Some((template.matches(above)?, tab.to_owned()))
}

/// Whether a path is the console's own, and not a file or a call.
pub(crate) fn is_ours(path: &str) -> bool {
    match Place::read(path) {
        Place::Path(path) => VENDORS.iter().any(|vendor| path.starts_with(vendor)),
        _ => true,
    }
}

/// A form that has no place of its own.
pub(crate) fn form(form_id: &str) -> String {
    fill(FORM, "formId", form_id)
}

/// All bulk jobs.
pub(crate) fn jobs() -> String {
    JOBS.to_owned()
}

/// Where a bulk job is made.
pub(crate) fn new_job() -> String {
    NEW_JOB.to_owned()
}

/// One bulk job.
pub(crate) fn job(job_id: &str) -> String {
    fill(JOB, "jobId", job_id)
}

/// How it stands with the vendors.
pub(crate) fn connections() -> String {
    CONNECTIONS.to_owned()
}

/// The call that tests a vendor.
pub(crate) fn test_call(vendor: &str) -> String {
    fill(TEST_CALL, "vendor", vendor)
}

/// The call for a bulk job, or for something below it.
pub(crate) fn job_call(job_id: &str, below: &str) -> String {
    let path = fill(JOB_CALL, "jobId", job_id);
    if below.is_empty() { path } else { format!("{path}/{below}") }
}

/// The call for a sheet of a table that was read before.
pub(crate) fn job_table_call(table_id: &str, sheet: &str) -> String {
    with_query(&fill(JOB_TABLE_CALL, "tableId", table_id), &[("sheet", sheet)])
}

/// A path with a query behind it; pairs with an empty value are left out.
pub(crate) fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut url = path.to_owned();
    let mut separator = if path.contains('?') { '&' } else { '?' };
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        url.push(separator);
        encode_into(&mut url, name);
        url.push('=');
        encode_into(&mut url, value);
        separator = '&';
    }
    url
}

/// The decoded value of that name in a query, with or without its `?`.
pub(crate) fn query_value(query: &str, name: &str) -> Option<String> {
    query_pairs(query).into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// Every pair of a query, decoded. What cannot be decoded is left out.
pub(crate) fn query_pairs(query: &str) -> Vec<(String, String)> {
    query
        .trim_start_matches('?')
        .split('&')
        .filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(value)?)).filter(|(name, _)| !name.is_empty())
        })
        .collect()
}

/// What stands before the query and the fragment.
pub(crate) fn path_of(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// The one parameter of a template that a path fits.
fn only(template: &str, name: &str, path: &str) -> Option<String> {
    PathTemplate::parse(template).matches(path)?.remove(name)
}

fn fill(template: &str, name: &str, value: &str) -> String {
    let mut params = PathParams::new();
    params.insert(name.to_owned(), value.to_owned());
    PathTemplate::parse(template).encode(&params).unwrap_or_else(start)
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_reads_back_as_its_place() {
        assert_eq!(Place::read(&start()), Place::Start);
        assert_eq!(Place::read(&sign_in("/")), Place::SignIn);
        assert_eq!(Place::read(SIGN_OUT), Place::SignOut);
        let window = sign_in_window("a-b_c", true);
        assert_eq!(Place::read(path_of(&window)), Place::SignInWindow);
        assert_eq!(asked_of_window(path_query(&window)), ("a-b_c".to_owned(), true));
        assert_eq!(asked_of_window(path_query(&sign_in_window("x", false))), ("x".to_owned(), false));
        assert_eq!(Place::read(&form("zoom.ten")), Place::Form { form_id: "zoom.ten".into() });
        assert_eq!(Place::read(&jobs()), Place::Jobs);
        assert_eq!(Place::read(&new_job()), Place::NewJob);
        assert_eq!(Place::read(&job("a b")), Place::Job { job_id: "a b".into() });
        assert!(is_ours(&job("7")) && !is_ours(&job_call("7", "export")));
        assert_eq!(Place::read(&connections()), Place::Connections);
        assert_eq!(test_call("zoom"), "/api/connections/zoom/test");
        assert!(is_ours("/zoom/groups") && !is_ours("/api/zoom/groups") && !is_ours("/healthz"));
    }

    #[test]
    fn place_of_an_object_reads_back_with_its_tab_and_hostile_ids_lead_to_the_start() {
        let group = |id: &str| PathParams::from_iter([("groupId".to_owned(), id.to_owned())]);
        let template = "/zoom/groups/{groupId}";
        let path = place(template, &group("a b?c#ü"), "settings");
        assert_eq!(find(template, &path), Some((group("a b?c#ü"), "settings".to_owned())));
        assert_eq!(find(template, "/zoom/groups/a"), Some((group("a"), String::new())));
        assert_eq!(find(template, "/zoom/groups"), None);
        assert_eq!(find("/zoom/groups", "/zoom/groups"), Some((PathParams::default(), String::new())));
        assert_eq!(place(template, &group("a/../b"), ""), "/");
    }

    #[test]
    fn return_to_foreign_address_becomes_the_start_page() {
        for to in [
            "https://example.com/",
            "//example.com",
            "/\\example.com",
            "/sign-in",
            "/sign-out",
            "/nowhere",
            "zoom/groups",
        ] {
            let query = with_query("", &[("to", to)]);
            assert_eq!(return_to(&query), "/", "{to}");
        }
        assert_eq!(return_to(path_query(&sign_in("/zoom/groups?q=a b&c"))), "/zoom/groups?q=a b&c");
    }

    #[test]
    fn every_place_is_the_same_in_a_frame() {
        for place in ["/", "/?q=a", "/zoom/groups/7/settings?q=a#b", "/people/a%40b", "/bulk"] {
            let address = framed(place);
            assert!(is_framed(path_of(&address)), "{address}");
            assert_eq!(unframed(path_of(&address)), path_of(place));
        }
        assert_eq!((framed("/").as_str(), framed("/?q=a").as_str()), ("/embed/desk", "/embed/desk?q=a"));
        for start in ["/embed", "/embed/", "/embed/desk"] {
            assert_eq!(unframed(start), "/");
        }
        for other in ["/embedded/x", "/zoom/groups", "/"] {
            assert_eq!((unframed(other), is_framed(other)), (other, false));
        }
        assert!(!is_ours("/embed/zoom/groups") && !may_lead_to("/sign-out") && may_lead_to("/zoom/groups?q=x"));
    }

    #[test]
    fn only_writes_are_told_as_changes() {
        for (method, path) in [("PATCH", "/api/zoom/groups/7"), ("POST", "/api/jobs"), ("POST", "/api/jobs/7/pause")] {
            assert!(changes(method, path), "{method} {path}");
        }
        for (method, path) in [
            ("GET", "/api/zoom/groups/7"),
            ("POST", "/api/reveal"),
            ("POST", "/api/jobs/tables"),
            ("POST", "/api/connections/zoom/test"),
            ("POST", "/auth/login"),
        ] {
            assert!(!changes(method, path), "{method} {path}");
        }
    }

    #[test]
    fn query_pairs_are_decoded_and_broken_ones_left_out() {
        assert_eq!(query_pairs("?a=1%202&b&=x&c=%zz"), [("a".into(), "1 2".into()), ("b".into(), String::new())]);
        assert_eq!(with_query("/p", &[("q", "a&b"), ("none", ""), ("s", "ü")]), "/p?q=a%26b&s=%C3%BC");
    }

    fn path_query(url: &str) -> &str {
        url.split_once('?').map_or("", |(_, query)| query)
    }
}
