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
/// What stands before an operation's own path.
pub(crate) const API: &str = "/api";
/// The words that a person reads.
pub(crate) const WORDS: &str = "/words/console.en.json";

const SIGN_IN: &str = "/sign-in";
const GROUPS: &str = "/zoom/groups";
const GROUP_SETTINGS: &str = "/zoom/groups/{groupId}/settings";
const FORM: &str = "/forms/{formId}";
const RETURN_TO: &str = "to";

/// A place that a person can be at.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) enum Place {
    /// Where one arrives without saying where to.
    #[default]
    Start,
    /// The sign-in page.
    SignIn,
    /// All groups.
    Groups,
    /// The settings of one group.
    GroupSettings {
        /// The vendor's id of the group.
        group_id: String,
    },
    /// A form that has no place of its own. Its path parameters are in the query.
    Form {
        /// The form's id in the index.
        form_id: String,
    },
    /// Nothing is here.
    Unknown,
}

impl Place {
    /// Which place a raw, still encoded path means.
    pub(crate) fn read(path: &str) -> Self {
        let param = |template: &str, name: &str| PathTemplate::parse(template).matches(path)?.remove(name);
        match path {
            "" | "/" => Self::Start,
            SIGN_IN => Self::SignIn,
            GROUPS => Self::Groups,
            _ => param(GROUP_SETTINGS, "groupId")
                .map(|group_id| Self::GroupSettings { group_id })
                .or_else(|| param(FORM, "formId").map(|form_id| Self::Form { form_id }))
                .unwrap_or(Self::Unknown),
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
    query_value(query, RETURN_TO)
        .filter(|to| to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'))
        .filter(|to| !matches!(Place::read(path_of(to)), Place::Unknown | Place::SignIn))
        .unwrap_or_else(start)
}

/// All groups.
pub(crate) fn groups() -> String {
    GROUPS.to_owned()
}

/// The settings of one group.
pub(crate) fn group_settings(group_id: &str) -> String {
    fill(GROUP_SETTINGS, "groupId", group_id)
}

/// A form that has no place of its own.
pub(crate) fn form(form_id: &str) -> String {
    fill(FORM, "formId", form_id)
}

/// A path with a query behind it; pairs with an empty value are left out.
pub(crate) fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut url = path.to_owned();
    let mut separator = '?';
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
        let hostile = "a/../b?c#d ü%";
        assert_eq!(Place::read(&start()), Place::Start);
        assert_eq!(Place::read(&sign_in("/")), Place::SignIn);
        assert_eq!(Place::read(&groups()), Place::Groups);
        assert_eq!(Place::read(&group_settings("a b?c#ü")), Place::GroupSettings { group_id: "a b?c#ü".into() });
        assert_eq!(Place::read(&form("zoom.ten")), Place::Form { form_id: "zoom.ten".into() });
        assert_eq!(Place::read(&group_settings(hostile)), Place::Start);
        assert_eq!(Place::read("/zoom/nothing"), Place::Unknown);
    }

    #[test]
    fn return_to_foreign_address_becomes_the_start_page() {
        for to in ["https://example.com/", "//example.com", "/\\example.com", "/sign-in", "/nowhere", "zoom/groups"] {
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
