//! The fields of a request's content, by the path of their names. Must not know what they mean.

use super::super::errors::XmlError;
use super::super::read::Element;

pub(super) struct Fields<'a>(Vec<(String, &'a str)>);

impl<'a> Fields<'a> {
    /// Reads the content; a field that is not among `known`, or stands twice without being among `many`, is refused.
    pub(super) fn read(content: &'a Element, known: &[&str], many: &[&str]) -> Result<Self, XmlError> {
        let mut fields = Self(Vec::new());
        for child in &content.children {
            fields.collect(child, "", known, many)?;
        }
        Ok(fields)
    }

    fn collect(&mut self, element: &'a Element, above: &str, known: &[&str], many: &[&str]) -> Result<(), XmlError> {
        let path = format!("{above}{}", element.name);
        let below = format!("{path}/");
        let is_group = known.iter().chain(many).any(|one| one.starts_with(&below));
        if is_group && element.text.is_empty() {
            return element.children.iter().try_for_each(|child| self.collect(child, &below, known, many));
        }
        let twice = self.one(&path).is_some() && !many.contains(&path.as_str());
        let fits = known.iter().chain(many).any(|one| *one == path) && element.children.is_empty();
        if twice || !fits {
            return Err(XmlError::Misplaced(path));
        }
        self.0.push((path, &element.text));
        Ok(())
    }

    pub(super) fn one(&self, path: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| known == path).map(|(_, text)| *text)
    }

    pub(super) fn all(&self, path: &str) -> Vec<&'a str> {
        self.0.iter().filter(|(known, _)| known == path).map(|(_, text)| *text).collect()
    }

    pub(super) fn wanted(&self, path: &'static str) -> Result<&'a str, XmlError> {
        self.one(path).filter(|text| !text.is_empty()).ok_or(XmlError::Missing(path))
    }

    pub(super) fn flag(&self, path: &'static str) -> Result<Option<bool>, XmlError> {
        match self.one(path) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(XmlError::Value(path)),
        }
    }

    pub(super) fn number(&self, path: &'static str) -> Result<Option<usize>, XmlError> {
        self.one(path).map(|text| text.parse().map_err(|_| XmlError::Value(path))).transpose()
    }
}
