//! Every route of the console and every fixed address it calls. Must not know what is shown at a route, and must not
//! build addresses of vendors' operations: those come from the index (`api::operations`).

use roomkey_schema::Language;
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
/// How one can sign in.
pub(crate) const WAYS_CALL: &str = "/auth/ways";
/// Signs in whom a reverse proxy names.
pub(crate) const TRUSTED_CALL: &str = "/auth/trusted";
/// Sessions, and below it each one.
pub(crate) const SESSIONS_CALL: &str = "/api/sessions";
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
/// The words that a person reads; `index.html` names them, too, so that they are on their way early.
const WORDS_CALL: &str = "/words/{file}";

const SIGN_IN: &str = "/sign-in";
/// Where a window arrives that was opened for signing in.
const SIGNED_IN: &str = "/sign-in/done";
/// To the provider that signs people in: an address of the server, which sends the browser there.
const PROVIDER: &str = "/auth/oidc";
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
const SESSIONS: &str = "/sessions";
const SESSION_CALL: &str = "/api/sessions/{sessionId}";
const PERSON: &str = "/people/{key}";
const PERSON_CALL: &str = "/api/people/{key}";
const RECORD: &str = "/audit";
const ENTRY: &str = "/audit/{seq}";
const ENTRY_CALL: &str = "/api/audit/{seq}";
const TEST_CALL: &str = "/api/connections/{vendor}/test";
const JOB_CALL: &str = "/api/jobs/{jobId}";
const JOB_TABLE_CALL: &str = "/api/jobs/tables/{tableId}";
const RETURN_TO: &str = "to";
/// Says on the sign-in page that somebody has just signed out.
pub(crate) const OUT: &str = "out";
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
    /// Where a window arrives that was opened for signing in.
    SignedIn,
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
    /// Where one is signed in.
    Sessions,
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
            SIGNED_IN => Self::SignedIn,
            SIGN_IN_WINDOW => Self::SignInWindow,
            SIGN_OUT => Self::SignOut,
            JOBS => Self::Jobs,
            NEW_JOB => Self::NewJob,
            CONNECTIONS => Self::Connections,
            RECORD => Self::Record,
            SESSIONS => Self::Sessions,
            _ => (only(FORM, "formId", path).map(|form_id| Self::Form { form_id }))
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

/// The sign-in page for somebody who has just signed out.
pub(crate) fn signed_out() -> String {
    with_query(SIGN_IN, &[(OUT, "1")])
}

/// Where a window arrives that was opened for signing in.
pub(crate) fn signed_in() -> String {
    SIGNED_IN.to_owned()
}

/// To the provider, which then goes on to `return_to`; with `prove` it asks the person again.
pub(crate) fn provider(return_to: &str, prove: bool) -> String {
    with_query(PROVIDER, &[(RETURN_TO, return_to), ("prove", if prove { "1" } else { "" })])
}

/// Where one is signed in.
pub(crate) fn sessions() -> String {
    SESSIONS.to_owned()
}

/// The call that ends a session.
pub(crate) fn session_call(session_id: &str) -> String {
    fill(SESSION_CALL, "sessionId", session_id)
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

/// The call for the words of a language.
pub(crate) fn words_call(language: Language) -> String {
    fill(WORDS_CALL, "file", &format!("console.{}.json", language.as_str()))
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
#[path = "paths_test.rs"]
mod tests;
