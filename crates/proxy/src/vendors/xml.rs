//! XML as vendors answer it, read into a tree without prefixes: elements are found by the path of their names. Must not
//! resolve anything outside of the document: a DOCTYPE is refused, and so is deep nesting. Must not know a vendor.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};

/// Elements within elements.
const DEEPEST: usize = 64;
/// Attributes of an element.
const MOST_ATTRIBUTES: usize = 64;
/// Within so many bytes a declaration ends.
const DECLARATION: usize = 256;

/// An element with its name behind the prefix.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    fn begun(start: &BytesStart<'_>) -> Option<Self> {
        let mut attributes = Vec::new();
        // Names that stand there twice would be compared with each other; the first one counts.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok().filter(|_| attributes.len() < MOST_ATTRIBUTES)?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
        }
        Some(Self { name: start.local_name().as_ref().to_owned(), attributes, ..Self::default() })
    }

    /// The attribute of that name, without its prefix; none when it is empty.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Every element of that name, at any depth.
    pub(crate) fn all<'a>(&'a self, name: &str) -> Vec<&'a Self> {
        let (mut found, mut ahead) = (Vec::new(), vec![self]);
        while let Some(element) = ahead.pop() {
            if element.name == name {
                found.push(element);
            }
            ahead.extend(element.children.iter().rev());
        }
        found
    }

    /// The element at the end of a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.children.iter().find(|child| child.name == *name))
    }

    /// The text at the end of a path, without space around it; none when it is empty.
    pub(crate) fn text(&self, path: &[&str]) -> Option<&str> {
        Some(self.at(path)?.text.trim()).filter(|text| !text.is_empty())
    }

    /// The element at the end of a path of names, without what is around it.
    pub(crate) fn take(mut self, path: &[&str]) -> Option<Self> {
        for name in path {
            let index = self.children.iter().position(|child| child.name == *name)?;
            self = self.children.swap_remove(index);
        }
        Some(self)
    }
}

/// The root of a document; none when it is no document that can be read.
pub(crate) fn read(bytes: &[u8]) -> Option<Element> {
    let text = decoded(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii())?;
    let mut reader = Reader::from_str(&text);
    let (mut open, mut root): (Vec<Element>, Option<Element>) = (Vec::new(), None);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                if open.len() == DEEPEST {
                    return None;
                }
                open.push(Element::begun(&start)?);
            }
            Event::Empty(start) => {
                place(Element::begun(&start)?, &mut open, &mut root)?;
            }
            Event::End(_) => {
                let closed = open.pop()?;
                place(closed, &mut open, &mut root)?;
            }
            Event::Text(text) => write(&text.xml10_content(), &mut open)?,
            Event::CData(text) => write(&text.xml10_content(), &mut open)?,
            Event::GeneralRef(reference) => write(&resolved(&reference)?, &mut open)?,
            Event::DocType(_) => return None,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return root.filter(|_| open.is_empty()),
        }
    }
}

/// The text in the encoding that the document declares: UTF-8, which needs no word, or ISO-8859-1.
fn decoded(bytes: &[u8]) -> Option<String> {
    match declared(bytes)?.to_ascii_lowercase().as_str() {
        "" | "utf-8" | "utf8" | "us-ascii" => String::from_utf8(bytes.to_vec()).ok(),
        "iso-8859-1" | "iso8859-1" | "latin1" => Some(latin1(bytes)),
        _ => None,
    }
}

/// Each byte is the letter of its number.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// The encoding named in the declaration, which is ASCII in all of them; empty without one.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = latin1(bytes.get(..DECLARATION).unwrap_or(bytes));
    match Reader::from_str(&head).read_event() {
        Ok(Event::Decl(declaration)) => match declaration.encoding() {
            Some(encoding) => Some(encoding.ok()?.into_owned()),
            None => Some(String::new()),
        },
        _ => Some(String::new()),
    }
}

/// Puts a finished element into the one around it, or makes it the root.
fn place(element: Element, open: &mut [Element], root: &mut Option<Element>) -> Option<()> {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None if root.is_none() => *root = Some(element),
        None => return None,
    }
    Some(())
}

fn write(text: &str, open: &mut [Element]) -> Option<()> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return None,
    }
    Some(())
}

fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref().ok()? {
        Some(letter) => Some(letter.to_string()),
        None => escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_path_whatever_their_prefix() {
        let text = "<?xml version=\"1.0\"?><x:a xmlns:x='u'><y:b><c>false</c></y:b><z:c> 1 &lt; &#50;<![CDATA[ & 3]]> </z:c></x:a>";
        let root = read(text.as_bytes()).expect("a tree");
        assert_eq!((root.name.as_str(), root.text(&["c"])), ("a", Some("1 < 2 & 3")));
        assert_eq!(root.text(&["b", "c"]), Some("false"));
        assert_eq!((root.text(&["b"]), root.text(&["c", "d"])), (None, None));
    }

    #[test]
    fn attributes_are_found_by_name_whatever_their_prefix() {
        let root = read(b"<a><b id='1' x:code=' no &amp; &lt; ' empty=''/><c><b id='2'/></c></a>").expect("a tree");
        let ids: Vec<_> = root.all("b").into_iter().map(|element| element.attribute("id")).collect();
        assert_eq!(ids, [Some("1"), Some("2")]);
        let first = root.at(&["b"]).expect("an element");
        assert_eq!((first.attribute("code"), first.attribute("empty")), (Some("no & <"), None));
        let many = |count: usize| format!("<a {}/>", "x='1' ".repeat(count));
        assert!(read(many(MOST_ATTRIBUTES).as_bytes()).is_some());
        assert_eq!(read(many(MOST_ATTRIBUTES + 1).as_bytes()), None);
        assert_eq!(read(b"<a x='&unknown;'/>"), None);
        assert_eq!(read(b"<a x=1/>"), None);
    }

    #[test]
    fn the_declared_encoding_counts() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>M\xfcller</a>";
        assert_eq!(read(latin).and_then(|root| Some(root.text(&[])?.to_owned())).as_deref(), Some("Müller"));
        let utf8 = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\" ?><a>Müller Łucja</a>";
        assert_eq!(read(utf8.as_bytes()).expect("a tree").text(&[]), Some("Müller Łucja"));
        assert_eq!(read(b"<a>M\xfcller</a>"), None, "undeclared is UTF-8");
        assert_eq!(read(b"<?xml version='1.0' encoding='UTF-16'?><a/>"), None);
    }

    #[test]
    fn what_is_no_plain_document_is_not_read() {
        for text in [
            "",
            "text",
            "<html><p>Sorry</html>",
            "<a/><b/>",
            "<a>",
            "</a>",
            "<a/>text",
            "<a>&unknown;</a>",
            "<!DOCTYPE a><a/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
            "<?xml version='1.0'?><!DOCTYPE a SYSTEM 'http://h/'><a/>",
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
        let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(read(nested(DEEPEST).as_bytes()).is_some());
        assert_eq!(read(nested(DEEPEST + 1).as_bytes()), None);
    }
}
