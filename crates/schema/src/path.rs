//! Path templates such as `/groups/{groupId}/settings`: matching a raw path and filling one in. Segments are decoded
//! one by one and never joined again as text, so that a value can never become a path.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// Decoded values by parameter name.
pub type PathParams = LiteMap<String, String>;

/// A path with named parameters, and perhaps with parameters in its query: `/rooms?userEmail={userEmail}`.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(from = "String", into = "String")]
pub struct PathTemplate {
    segments: Vec<Segment>,
    /// Name in the query, and the parameter that stands there.
    query: Vec<(String, String)>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Segment {
    Fixed(String),
    Param(String),
}

impl PathTemplate {
    /// Reads a template; `{name}` is a parameter when it is a whole segment.
    pub fn parse(template: &str) -> Self {
        let (path, query) = template.split_once('?').unwrap_or((template, ""));
        let segments = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| match in_braces(segment) {
                Some(name) => Segment::Param(name.to_owned()),
                None => Segment::Fixed(segment.to_owned()),
            })
            .collect();
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=')?;
            Some((name.to_owned(), in_braces(value)?.to_owned()))
        };
        Self { segments, query: query.split('&').filter_map(pair).collect() }
    }

    /// The same path with these parameters in its query too.
    #[must_use]
    pub fn with_query(mut self, names: impl Iterator<Item = (String, String)>) -> Self {
        self.query.extend(names);
        self
    }

    /// Names of the parameters in the query, in order.
    pub fn query_params(&self) -> impl Iterator<Item = &str> {
        self.query.iter().map(|(_, param)| param.as_str())
    }

    /// Names of the parameters in the path, in order.
    pub fn params(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Param(name) => Some(name.as_str()),
            Segment::Fixed(_) => None,
        })
    }

    /// The parameters of path and query, by the names that stand there, as far as they have a value.
    #[must_use]
    pub fn given(&self, params: &PathParams) -> PathParams {
        let in_path = self.params().map(|name| (name, name));
        let in_query = self.query.iter().map(|(name, param)| (name.as_str(), param.as_str()));
        let mut given = PathParams::new();
        for (name, param) in in_path.chain(in_query) {
            if let Some(value) = params.get(param).filter(|value| !value.is_empty()) {
                given.insert(name.to_owned(), value.clone());
            }
        }
        given
    }

    /// How many segments are fixed; of two templates that match, the one with more of them wins.
    pub fn fixed_segments(&self) -> usize {
        self.segments.iter().filter(|segment| matches!(segment, Segment::Fixed(_))).count()
    }

    /// Compares with the raw, still encoded path. `None` when it does not match or when a segment decodes to something
    /// that could change the path: a slash, a backslash, a control character, `.` or `..`.
    pub fn matches(&self, raw_path: &str) -> Option<PathParams> {
        let mut raw = raw_path.strip_prefix('/')?.split('/');
        let mut params = PathParams::new();
        for segment in &self.segments {
            let decoded = decode_segment(raw.next()?)?;
            match segment {
                Segment::Fixed(text) if *text == decoded => {}
                Segment::Fixed(_) => return None,
                Segment::Param(name) => {
                    params.insert(name.clone(), decoded);
                }
            }
        }
        raw.next().is_none().then_some(params)
    }

    /// The decoded segments with the parameters put in; `None` when one is missing, empty or not allowed.
    pub fn fill(&self, params: &PathParams) -> Option<Vec<String>> {
        self.segments
            .iter()
            .map(|segment| match segment {
                Segment::Fixed(text) => Some(text.clone()),
                Segment::Param(name) => params.get(name).filter(|value| is_plain(value)).cloned(),
            })
            .collect()
    }

    /// The path as it goes into a URL, every parameter percent-encoded, those of the query only where they have a value;
    /// `None` as for [`Self::fill`].
    pub fn encode(&self, params: &PathParams) -> Option<String> {
        let mut path = String::new();
        for segment in self.fill(params)? {
            path.push('/');
            encode_into(&mut path, &segment);
        }
        let mut separator = '?';
        for (name, param) in &self.query {
            let Some(value) = params.get(param).filter(|value| !value.is_empty()) else { continue };
            path.push(separator);
            encode_into(&mut path, name);
            path.push('=');
            encode_into(&mut path, value);
            separator = '&';
        }
        Some(path)
    }
}

impl From<String> for PathTemplate {
    fn from(template: String) -> Self {
        Self::parse(&template)
    }
}

impl From<PathTemplate> for String {
    fn from(template: PathTemplate) -> Self {
        template.to_string()
    }
}

impl std::fmt::Display for PathTemplate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for segment in &self.segments {
            match segment {
                Segment::Fixed(text) => write!(formatter, "/{text}")?,
                Segment::Param(name) => write!(formatter, "/{{{name}}}")?,
            }
        }
        for (index, (name, param)) in self.query.iter().enumerate() {
            write!(formatter, "{}{name}={{{param}}}", if index == 0 { '?' } else { '&' })?;
        }
        Ok(())
    }
}

fn in_braces(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}')
}

/// Appends text percent-encoded, so that it can stand in a path segment or a query value.
pub fn encode_into(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// Decodes one segment; `None` when it is empty, not UTF-8, badly encoded or could change the path.
fn decode_segment(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| is_plain(text))
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text != "." && text != ".." && !text.chars().any(|c| c == '/' || c == '\\' || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(pairs: &[(&str, &str)]) -> PathParams {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn matches_decodes_each_segment() {
        let template = PathTemplate::parse("/users/{userId}/settings");
        assert_eq!(template.matches("/users/a%40b.c/settings"), Some(params(&[("userId", "a@b.c")])));
        assert_eq!(template.matches("/users/x/settings/"), None);
        assert_eq!(template.matches("/users//settings"), None);
    }

    #[test]
    fn matches_refuses_what_could_change_the_path() {
        let template = PathTemplate::parse("/users/{userId}");
        for raw in ["a%2fb", "a%5Cb", "%00", "..", ".", "%2e%2e", "%2", "%zz", "%ff"] {
            assert_eq!(template.matches(&format!("/users/{raw}")), None, "{raw}");
        }
    }

    #[test]
    fn encode_puts_parameters_of_the_query_where_they_have_a_value() {
        let template = PathTemplate::parse("/rooms?userEmail={email}&siteUrl={site}");
        assert_eq!(template.to_string(), "/rooms?userEmail={email}&siteUrl={site}");
        assert_eq!(template.encode(&params(&[("email", "a&b@c")])).as_deref(), Some("/rooms?userEmail=a%26b%40c"));
        assert_eq!(template.query_params().collect::<Vec<_>>(), ["email", "site"]);
    }

    #[test]
    fn encode_hostile_value_stays_one_segment() {
        let template = PathTemplate::parse("/users/{userId}");
        assert_eq!(template.encode(&params(&[("userId", "a b?c#ü")])).as_deref(), Some("/users/a%20b%3Fc%23%C3%BC"));
        assert_eq!(template.encode(&params(&[("userId", "../x")])), None);
        assert_eq!(template.encode(&PathParams::new()), None);
    }
}
