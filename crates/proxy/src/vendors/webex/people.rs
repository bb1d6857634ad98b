//! Pages of people, in the form that both of Webex's adapters answer with. The way to the next page comes as an address in
//! a `Link` header (RFC 8288); only its query is taken, so that no answer leads to another host. Must not call Webex.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use crate::vendors::paging::NEXT_PAGE;

/// What a row of the list may say.
const MEMBERS: [&str; 9] =
    ["id", "emails", "displayName", "firstName", "lastName", "department", "title", "status", "lastActivity"];
/// What asks for other people rather than for another page: a token must not bring it in.
const FILTERS: [&str; 9] =
    ["callingData", "displayName", "email", "excludeStatus", "id", "locationId", "max", "orgId", "roles"];
/// A token beyond this is not Webex's.
const LONGEST_TOKEN: usize = 4_096;

/// The query with which Webex is asked: a token becomes the parameters that it holds. None when it holds none.
pub(super) fn query(asked: &[(String, String)]) -> Option<Vec<(String, String)>> {
    let mut query = Vec::new();
    for (name, value) in asked {
        if name == NEXT_PAGE {
            query.extend(parameters(value)?);
        } else {
            query.push((name.clone(), value.clone()));
        }
    }
    Some(query)
}

/// The page as people see it; none when it is no list of people.
pub(super) fn page(body: &Value, links: &[String]) -> Option<Value> {
    let rows = body.get("items")?.as_array()?;
    let items = rows.iter().map(row).collect::<Option<Vec<Value>>>()?;
    let mut page = json!({"items": items});
    if let Some(token) = links.iter().find_map(|link| next(link)).and_then(token) {
        page[NEXT_PAGE] = token.into();
    }
    Some(page)
}

fn row(row: &Value) -> Option<Value> {
    let row = row.as_object()?;
    let told = |name: &&str| Some(((*name).to_owned(), row.get(*name)?.clone()));
    Some(Value::Object(MEMBERS.iter().filter_map(told).collect::<Map<_, _>>()))
}

/// The address with the relation `next` in a header's value; there may be several addresses, and commas within them.
fn next(link: &str) -> Option<&str> {
    let mut rest = link;
    while let Some((_, from)) = rest.split_once('<') {
        let (address, after) = from.split_once('>')?;
        let parameters = after.split('<').next().unwrap_or_default();
        if parameters.split([';', ',']).any(is_next) {
            return Some(address);
        }
        rest = after;
    }
    None
}

fn is_next(parameter: &str) -> bool {
    parameter.split_once('=').is_some_and(|(name, value)| {
        let mut relations = value.trim().trim_matches('"').split_whitespace();
        name.trim().eq_ignore_ascii_case("rel") && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
    })
}

/// What of an address's query is the way to the page, in one word; none when there is nothing.
fn token(address: &str) -> Option<String> {
    let (_, query) = address.split('#').next()?.split_once('?')?;
    let parameters = pairs(query.as_bytes());
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&parameters).finish();
    (!parameters.is_empty()).then(|| URL_SAFE_NO_PAD.encode(query))
}

fn parameters(token: &str) -> Option<Vec<(String, String)>> {
    if token.len() > LONGEST_TOKEN {
        return None;
    }
    Some(pairs(&URL_SAFE_NO_PAD.decode(token).ok()?)).filter(|pairs| !pairs.is_empty())
}

fn pairs(query: &[u8]) -> Vec<(String, String)> {
    let pairs = form_urlencoded::parse(query).into_owned();
    pairs.filter(|(name, _)| !FILTERS.contains(&name.as_str()) && name != NEXT_PAGE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn of_a_link_only_the_cursor_is_kept_and_sent_back() {
        let link = "<https://evil.example/v1/people?max=2&email=a&cursor=x%2Cy%3D&before&orgId=o#f>; rel=\"next\"";
        let page = page(&json!({"items": []}), &[link.to_owned()]).expect("a page");
        let token = page[NEXT_PAGE].as_str().expect("a token");
        let asked = query(&[pair("max", "5"), pair(NEXT_PAGE, token)]).expect("a query");
        assert_eq!(asked, [pair("max", "5"), pair("cursor", "x,y="), pair("before", "")]);
    }

    #[test]
    fn the_next_page_is_found_among_other_links() {
        let link = "<https://a/?p=1,2>; rel=first, <https://a/?p=3>;title=x; rel=\"prev NEXT\"";
        assert_eq!(next(link), Some("https://a/?p=3"));
        for link in ["<https://a/?p=1>; rel=\"prev\"", "rel=next", "<https://a/?p=1", "", "<>"] {
            assert_eq!(next(link), None, "{link}");
        }
        let last = page(&json!({"items": []}), &["<https://a/people?max=3>; rel=next".to_owned()]);
        assert_eq!(last, Some(json!({"items": []})), "an address without a cursor would lead in a circle");
    }

    #[test]
    fn a_token_that_is_none_is_refused() {
        let long = "A".repeat(LONGEST_TOKEN + 1);
        for token in ["", "%", "bWF4PTE", long.as_str()] {
            assert_eq!(query(&[pair(NEXT_PAGE, token)]), None, "{token}");
        }
    }

    #[test]
    fn rows_say_what_both_adapters_know() {
        let body =
            json!({"items": [{"id": "1", "emails": ["a@b"], "displayName": "A", "orgId": "o"}], "notFoundIds": null});
        let rows = json!({"items": [{"id": "1", "emails": ["a@b"], "displayName": "A"}]});
        assert_eq!(page(&body, &[]), Some(rows));
        assert_eq!(page(&json!({"items": ["a"]}), &[]), None);
        assert_eq!(page(&json!([]), &[]), None);
    }
}
