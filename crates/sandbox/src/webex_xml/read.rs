//! XML as clients send it, read into a tree without namespaces: prefixes may be undeclared, others, or none.
//! Must not resolve anything outside of the document: a DOCTYPE is refused, and so is deep nesting.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, escape};

use super::errors::XmlError;

const DEPTH: usize = 64;
const SIZE: usize = 1024 * 1024;

/// An element with the name behind its prefix.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// The attribute `xsi:type`.
    pub(super) kind: Option<String>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Refuses children with other names, and such as stand twice.
    pub(super) fn allow(&self, names: &[&str]) -> Result<(), XmlError> {
        for (index, child) in self.children.iter().enumerate() {
            let twice = self.children[..index].iter().any(|other| other.name == child.name);
            if twice || !names.contains(&child.name.as_str()) {
                return Err(XmlError::Misplaced(child.name.clone()));
            }
        }
        Ok(())
    }
}

/// The text of a document in the encoding that it declares: UTF-8, which needs no word, or ISO-8859-1.
pub(super) fn decoded(bytes: &[u8]) -> Result<String, XmlError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match declared(bytes).to_ascii_lowercase().as_str() {
        "" | "utf-8" | "utf8" => {
            String::from_utf8(bytes.to_vec()).map_err(|_| malformed("it is not the UTF-8 that it should be."))
        }
        "iso-8859-1" | "latin1" => Ok(bytes.iter().copied().map(char::from).collect()),
        other => Err(malformed(format!("the encoding {other} is not read here."))),
    }
}

/// The encoding named in the declaration, if there is one.
fn declared(bytes: &[u8]) -> String {
    let head: String = bytes.iter().take(200).copied().map(char::from).collect();
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let value = declaration.and_then(|text| text.split("encoding").nth(1)).unwrap_or_default();
    let value = value.trim_start().trim_start_matches('=').trim_start();
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
    quote.and_then(|quote| value.split(quote).nth(1)).unwrap_or_default().to_owned()
}

/// Reads a document; the answer is its root.
pub(super) fn document(bytes: &[u8]) -> Result<Element, XmlError> {
    if bytes.len() > SIZE {
        return Err(malformed("it is longer than a megabyte."));
    }
    let text = decoded(bytes)?;
    let mut reader = Reader::from_str(text.trim_start());
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        match reader.read_event().map_err(|problem| malformed(format!("{problem}.")))? {
            Event::Start(start) => {
                if open.len() == DEPTH {
                    return Err(malformed(format!("it is nested deeper than {DEPTH}.")));
                }
                open.push(opened(&start)?);
            }
            Event::Empty(start) => place(opened(&start)?, &mut open, &mut root)?,
            Event::End(_) => {
                let mut closed = open.pop().ok_or_else(|| malformed("an element is closed that was not opened."))?;
                closed.text = closed.text.trim().into();
                place(closed, &mut open, &mut root)?;
            }
            Event::Text(text) => write(&text.xml10_content(), &mut open)?,
            Event::CData(text) => write(&text.xml10_content(), &mut open)?,
            Event::GeneralRef(reference) => write(&resolved(&reference)?, &mut open)?,
            Event::DocType(_) => return Err(malformed("a DOCTYPE is not read here.")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if !open.is_empty() {
        return Err(malformed("it ends too early."));
    }
    root.ok_or_else(|| malformed("it has no element."))
}

fn opened(start: &BytesStart<'_>) -> Result<Element, XmlError> {
    let mut element = Element { name: start.local_name().as_ref().to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|problem| malformed(format!("{problem}.")))?;
        if attribute.key.local_name().as_ref() == "type" {
            element.kind = Some(attribute.value.trim().to_owned());
        }
    }
    Ok(element)
}

/// Puts a finished element into the one around it, or makes it the root.
fn place(element: Element, open: &mut [Element], root: &mut Option<Element>) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None if root.is_some() => return Err(malformed("it has two roots.")),
        None => *root = Some(element),
    }
    Ok(())
}

fn write(text: &str, open: &mut [Element]) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(malformed("there is text outside of its elements.")),
    }
    Ok(())
}

fn resolved(reference: &BytesRef<'_>) -> Result<String, XmlError> {
    let unknown = || malformed("it has a reference that is not known.");
    if let Some(letter) = reference.resolve_char_ref().map_err(|_| unknown())? {
        return Ok(letter.to_string());
    }
    escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned).ok_or_else(unknown)
}

fn malformed(problem: impl Into<String>) -> XmlError {
    XmlError::Malformed(problem.into())
}

#[cfg(test)]
mod tests {
    use super::{declared, document};

    #[test]
    fn encoding_is_read_in_either_quotes_and_missing_is_empty() {
        assert_eq!(declared(b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>"), "ISO-8859-1");
        assert_eq!(declared(b"<?xml version='1.0' encoding = 'utf-8' ?><a/>"), "utf-8");
        assert_eq!(declared(b"<?xml version='1.0'?><a encoding='x'/>"), "");
        assert_eq!(declared(b"<a/>"), "");
    }

    #[test]
    fn prefixes_references_and_sections_come_out_as_plain_text() {
        let root = document(b"<x:a><b y:type=' T '>1 &lt; &#50;<![CDATA[ & 3]]></b><c/></x:a>").expect("a tree");
        assert_eq!((root.name.as_str(), root.children.len()), ("a", 2));
        assert_eq!((root.children[0].text.as_str(), root.children[0].kind.as_deref()), ("1 < 2 & 3", Some("T")));
    }
}
