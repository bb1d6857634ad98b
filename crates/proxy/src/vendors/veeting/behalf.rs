//! On behalf of whom a call is made: parameters of ours become Veeting's headers. Must not decide who may act for whom.

use reqwest::header::{HeaderName, HeaderValue};

use crate::vendors::Trouble;

/// The parameter, and the header that it becomes.
static WAYS: [(&str, HeaderName); 2] =
    [("userId", HeaderName::from_static("x-user-id")), ("userEmail", HeaderName::from_static("x-user-email"))];

/// The header, when somebody is named, and the rest of the query. Both ways at once are refused: they may name two people.
#[expect(clippy::type_complexity, reason = "a header and a query, each in the form that its reader takes")]
pub(super) fn split(
    query: &[(String, String)],
) -> Result<(Option<(HeaderName, HeaderValue)>, Vec<(String, String)>), Trouble> {
    let way = |name: &str| WAYS.iter().find(|(known, _)| *known == name);
    let (named, rest): (Vec<_>, Vec<_>) = query.iter().cloned().partition(|(name, _)| way(name).is_some());
    let named: Vec<_> = named.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    match named.as_slice() {
        [] => Ok((None, rest)),
        [(name, named)] => match (way(name), HeaderValue::from_str(named)) {
            (Some((_, header)), Ok(value)) if named.is_ascii() => Ok((Some((header.clone(), value)), rest)),
            _ => Err(refused(name, "A header cannot hold this.")),
        },
        _ => Err(refused("userEmail", "Name the person by id or by e-mail address, not by both.")),
    }
}

fn refused(name: &str, said: &str) -> Trouble {
    Trouble::Refused { message: None, fields: vec![(name.to_owned(), said.to_owned())], absent: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(query: &[(&str, &str)]) -> Vec<(String, String)> {
        query.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn person_is_named_in_one_header_and_not_in_the_query() {
        for (name, value, header) in [("userId", "5e94", "x-user-id"), ("userEmail", "a@b.example", "x-user-email")] {
            let (behalf, rest) = split(&pairs(&[("start", "x"), (name, value)])).expect("a header");
            let (found, said) = behalf.expect("somebody");
            assert_eq!((found.as_str(), said.to_str().ok(), rest), (header, Some(value), pairs(&[("start", "x")])));
        }
        assert_eq!(split(&pairs(&[("userId", ""), ("userEmail", "")])), Ok((None, Vec::new())));
    }

    #[test]
    fn two_people_and_what_no_header_holds_are_refused_by_name() {
        for query in [
            pairs(&[("userId", "1"), ("userEmail", "a@b.example")]),
            pairs(&[("userEmail", "a\r\nx-api-key: other")]),
            pairs(&[("userEmail", "zoë@b.example")]),
        ] {
            let Err(Trouble::Refused { fields, .. }) = split(&query) else { panic!("{query:?}") };
            assert_eq!(fields[0].0, "userEmail");
        }
    }
}
