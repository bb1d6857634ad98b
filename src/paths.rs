//! Every route of the console and every fixed address it calls. Must not know what is shown at a route, and must not
//! build addresses of vendors' operations: those come from the index (`api::operations`).

use roomkey_schema::path::{PathParams, PathTemplate, encode_into};

/// Signs in; answers with the cookie.
pub(crate) const SIGN_IN_CALL: &str = "/auth/login";
/// Signs out.
pub(crate) const SIGN_OUT_CALL: &str = "/auth/logout";
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
/// People and meetings of all vendors, and below it each one.
pub(crate) const PEOPLE_CALL: &str = "/api/people";
/// How it stands with the vendors.
pub(crate) const CONNECTIONS_CALL: &str = "/api/connections";
/// The record, and below it each entry.
pub(crate) const RECORD_CALL: &str = "/api/audit";
/// What stands before an operation's own path.
pub(crate) const API: &str = "/api";
/// The words that a person reads.
pub(crate) const WORDS: &str = "/words/console.en.json";

const SIGN_IN: &str = "/sign-in";
/// Where signing out happens. Only a person who comes from another place of the console is signed out there.
pub(crate) const SIGN_OUT: &str = "/sign-out";
/// What the paths of the index's places begin with.
const VENDORS: [&str; 4] = ["/zoom/", "/webex/", "/connect/", "/veeting/"];
const FORM: &str = "/forms/{formId}";
const JOBS: &str = "/bulk";
const NEW_JOB: &str = "/bulk/new";
const JOB: &str = "/bulk/{jobId}";
const CONNECTIONS: &str = "/connections";
const PERSON: &str = "/people/{key}";
const PERSON_CALL: &str = "/api/people/{key}";
const RECORD: &str = "/audit";
const ENTRY: &str = "/audit/{seq}";
const ENTRY_CALL: &str = "/api/audit/{seq}";
const TEST_CALL: &str = "/api/connections/{vendor}/test";
const JOB_CALL: &str = "/api/jobs/{jobId}";
const JOB_TABLE_CALL: &str = "/api/jobs/tables/{tableId}";
const RETURN_TO: &str = "to";
/// What is looked for, in the address of every page that finds something.
pub(crate) const FIND: &str = "q";

/// A place that a person can be at.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) enum Place {
    /// The desk: where one arrives without saying where to, and finds people.
    #[default]
    Desk,
    /// One person, or one meeting.
    Person {
        /// Its key in the index of people.
        key: String,
    },
    /// The sign-in page.
    SignIn,
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
    /// The record.
    Record,
    /// One entry of it.
    Entry {
        /// Its number.
        seq: String,
    },
    /// A place of the index, if there is one at this path.
    Path(String),
}

impl Place {
    /// Which place a raw, still encoded path means.
    pub(crate) fn read(path: &str) -> Self {
        match path {
            "" | "/" => Self::Desk,
            SIGN_IN => Self::SignIn,
            SIGN_OUT => Self::SignOut,
            JOBS => Self::Jobs,
            NEW_JOB => Self::NewJob,
            CONNECTIONS => Self::Connections,
            RECORD => Self::Record,
            _ => None
                .or_else(|| only(FORM, "formId", path).map(|form_id| Self::Form { form_id }))
                .or_else(|| only(JOB, "jobId", path).map(|job_id| Self::Job { job_id }))
                .or_else(|| only(PERSON, "key", path).map(|key| Self::Person { key }))
                .or_else(|| only(ENTRY, "seq", path).map(|seq| Self::Entry { seq }))
                .unwrap_or_else(|| Self::Path(path.to_owned())),
        }
    }
}

/// Where one arrives: the desk, with nothing looked for.
pub(crate) fn start() -> String {
    "/".to_owned()
}

/// The desk, where somebody is looked for.
pub(crate) fn desk(typed: &str) -> String {
    with_query(&start(), &[(FIND, typed)])
}

/// One person, or one meeting.
pub(crate) fn person(key: &str) -> String {
    fill(PERSON, "key", key)
}

/// The call for a person.
pub(crate) fn person_call(key: &str) -> String {
    fill(PERSON_CALL, "key", key)
}

/// The call that finds people: what was typed, and how many at most.
pub(crate) fn people_call(typed: &str, most: usize) -> String {
    // It has to be said even when it is nothing.
    let path = if typed.is_empty() { format!("{PEOPLE_CALL}?{FIND}=") } else { PEOPLE_CALL.to_owned() };
    with_query(&path, &[(FIND, typed), ("limit", &most.to_string())])
}

/// The sign-in page, which then goes on to `return_to` (a path of ours with its query).
pub(crate) fn sign_in(return_to: &str) -> String {
    if return_to == start() { SIGN_IN.to_owned() } else { with_query(SIGN_IN, &[(RETURN_TO, return_to)]) }
}

/// Where the sign-in page should go on to, from its query. Only a place of ours is believed.
pub(crate) fn return_to(query: &str) -> String {
    query_value(query, RETURN_TO)
        .filter(|to| to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'))
        .filter(|to| is_ours(path_of(to)) && !matches!(Place::read(path_of(to)), Place::SignIn | Place::SignOut))
        .unwrap_or_else(start)
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

/// The record, narrowed down to these.
pub(crate) fn record(pairs: &[(&str, &str)]) -> String {
    with_query(RECORD, pairs)
}

/// One entry of the record.
pub(crate) fn entry(seq: u64) -> String {
    fill(ENTRY, "seq", &seq.to_string())
}

/// The call for an entry, or for something below it.
pub(crate) fn entry_call(seq: &str, below: &str) -> String {
    let path = fill(ENTRY_CALL, "seq", seq);
    if below.is_empty() { path } else { format!("{path}/{below}") }
}

/// The call that looks through the record.
pub(crate) fn verify_call() -> String {
    format!("{RECORD_CALL}/verify")
}

/// The file of what was found in the record.
pub(crate) fn record_export(pairs: &[(&str, &str)], format: &str) -> String {
    with_query(&with_query(&format!("{RECORD_CALL}/export"), pairs), &[("format", format)])
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
        assert_eq!(Place::read(&start()), Place::Desk);
        assert_eq!(Place::read(path_of(&desk("a b"))), Place::Desk);
        assert_eq!(Place::read(&person("a b")), Place::Person { key: "a b".into() });
        assert_eq!(people_call("", 1), "/api/people?q=&limit=1");
        assert_eq!(people_call("a b", 8), "/api/people?q=a%20b&limit=8");
        assert!(is_ours(&person("7")) && !is_ours(&person_call("7")) && !is_ours(&people_call("a", 8)));
        assert_eq!(Place::read(&sign_in("/")), Place::SignIn);
        assert_eq!(Place::read(SIGN_OUT), Place::SignOut);
        assert_eq!(Place::read(&form("zoom.ten")), Place::Form { form_id: "zoom.ten".into() });
        assert_eq!(Place::read(&jobs()), Place::Jobs);
        assert_eq!(Place::read(&new_job()), Place::NewJob);
        assert_eq!(Place::read(&job("a b")), Place::Job { job_id: "a b".into() });
        assert!(is_ours(&job("7")) && !is_ours(&job_call("7", "export")));
        assert_eq!(Place::read(&connections()), Place::Connections);
        assert_eq!(Place::read(&record(&[])), Place::Record);
        assert_eq!(Place::read(&entry(7)), Place::Entry { seq: "7".into() });
        assert_eq!(record(&[("actor", "d a"), ("q", "")]), "/audit?actor=d%20a");
        assert_eq!(record_export(&[("q", "x")], "csv"), "/api/audit/export?q=x&format=csv");
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
    fn query_pairs_are_decoded_and_broken_ones_left_out() {
        assert_eq!(query_pairs("?a=1%202&b&=x&c=%zz"), [("a".into(), "1 2".into()), ("b".into(), String::new())]);
        assert_eq!(with_query("/p", &[("q", "a&b"), ("none", ""), ("s", "ü")]), "/p?q=a%26b&s=%C3%BC");
    }

    fn path_query(url: &str) -> &str {
        url.split_once('?').map_or("", |(_, query)| query)
    }
}
