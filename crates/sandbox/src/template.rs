//! Paths with parameters in braces, as the tables of routes have them. Must not know what is at a path.

use percent_encoding::percent_decode_str;

/// The decoded values of the parameters, in order, when a path is of that form; an empty value is none.
pub(crate) fn fit(template: &str, path: &str) -> Option<Vec<String>> {
    let mut parameters = Vec::new();
    let mut segments = path.split('/');
    for wanted in template.split('/') {
        let segment = segments.next()?;
        if wanted.starts_with('{') {
            let value = percent_decode_str(segment).decode_utf8().ok()?;
            parameters.push(Some(value.into_owned()).filter(|value| !value.is_empty())?);
        } else if segment != wanted {
            return None;
        }
    }
    segments.next().is_none().then_some(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded_and_empty_or_further_segments_do_not_fit() {
        let values = |path: &str| fit("/meeting/{id}/{wholeSeries}", path);
        assert_eq!(values("/meeting/a%40b/true"), Some(vec!["a@b".to_owned(), "true".to_owned()]));
        for other in ["/meeting/a", "/meeting//true", "/meeting/a/true/x", "/account/a/true", "/meeting/%ff/true"] {
            assert_eq!(values(other), None, "{other}");
        }
    }
}
