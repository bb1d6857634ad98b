//! XML, one element or text at a time. Must not hold more than one tag or text, resolve an entity of the file's own, or
//! go deeper than [`MOST_DEPTH`].

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::fault::SheetFault;

const MOST_DEPTH: u32 = 64;
/// Excel's longest text is 32,767 characters; with everything escaped that is some 200 KiB.
const MOST_TOKEN_BYTES: usize = 512 << 10;
const BUFFER_BYTES: usize = 16 << 10;

/// Why reading stopped below the XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Overrun {
    /// Everything together is too much.
    #[error("inflated to more than may be")]
    Inflated,
    /// One tag or text is too much.
    #[error("a token longer than may be")]
    Token,
}

/// What comes next.
pub(super) enum Node<'e> {
    Open(Tag<'e>),
    /// The local name of an element that ends here; one without content opens and closes too.
    Close(Cow<'e, str>),
    /// Some of a text, which comments and references cut into several; it may be empty.
    Text(Cow<'e, str>),
    End,
}

pub(super) struct Xml<'a> {
    reader: Reader<Tokens<Box<dyn Read + 'a>>>,
    buffer: Vec<u8>,
    depth: u32,
    part: &'static str,
    limit_bytes: u64,
}

impl<'a> Xml<'a> {
    pub(super) fn new(source: Box<dyn Read + 'a>, part: &'static str, limit_bytes: u64) -> Self {
        let inner = BufReader::with_capacity(BUFFER_BYTES, source);
        let mut reader = Reader::from_reader(Tokens { inner, left_bytes: 0 });
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0, part, limit_bytes }
    }

    /// The fault of a part that is not as it must be.
    pub(super) fn damaged(&self) -> SheetFault {
        SheetFault::Damaged { part: self.part }
    }

    pub(super) fn next(&mut self) -> Result<Node<'_>, SheetFault> {
        let (part, limit_bytes) = (self.part, self.limit_bytes);
        let damaged = || SheetFault::Damaged { part };
        self.buffer.clear();
        self.reader.get_mut().left_bytes = MOST_TOKEN_BYTES;
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| fault(&error, part, limit_bytes))?;
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > MOST_DEPTH {
                    return Err(SheetFault::TooDeep { part, limit: MOST_DEPTH });
                }
                Ok(Node::Open(Tag { tag, part }))
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Node::Close(Cow::Owned(tag.local_name().as_ref().to_owned())))
            }
            Event::Text(text) => Ok(Node::Text(text.xml10_content())),
            Event::CData(text) => Ok(Node::Text(text.xml10_content())),
            Event::GeneralRef(name) => {
                let c = match &*name {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => name.resolve_char_ref().ok().flatten().ok_or_else(damaged)?,
                };
                Ok(Node::Text(Cow::Owned(c.into())))
            }
            Event::DocType(_) => Err(SheetFault::Doctype { part }),
            // A file that was cut off.
            Event::Eof if self.depth > 0 => Err(damaged()),
            Event::Eof => Ok(Node::End),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Ok(Node::Text(Cow::Borrowed(""))),
        }
    }
}

/// An element that begins here.
pub(super) struct Tag<'e> {
    tag: BytesStart<'e>,
    part: &'static str,
}

impl Tag<'_> {
    /// Its name without a prefix: programs differ in which they use.
    pub(super) fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// An attribute by its whole name.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<Cow<'_, str>>, SheetFault> {
        self.find(|key| key == name)
    }

    /// The relationship that it names, by whatever prefix.
    pub(super) fn relationship(&self) -> Result<Option<Cow<'_, str>>, SheetFault> {
        self.find(|key| key.split_once(':').is_some_and(|(_, name)| name == "id"))
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Result<Option<Cow<'_, str>>, SheetFault> {
        // Not checked for names that stand twice: that takes the square of their number, and a tag may have thousands.
        for attribute in self.tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| SheetFault::Damaged { part: self.part })?;
            if wanted(attribute.key.as_ref()) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                return value.map(Some).map_err(|_| SheetFault::Damaged { part: self.part });
            }
        }
        Ok(None)
    }
}

fn fault(error: &quick_xml::Error, part: &'static str, limit_bytes: u64) -> SheetFault {
    if let quick_xml::Error::Io(error) = error
        && error.get_ref().and_then(|inner| inner.downcast_ref()) == Some(&Overrun::Inflated)
    {
        return SheetFault::InflatedTooLarge { limit_bytes };
    }
    SheetFault::Damaged { part }
}

/// Stops a tag or a text that goes on for ever, which the parser would collect whole.
struct Tokens<R> {
    inner: BufReader<R>,
    left_bytes: usize,
}

impl<R: Read> BufRead for Tokens<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left_bytes == 0 {
            return Err(io::Error::other(Overrun::Token));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.left_bytes = self.left_bytes.saturating_sub(count);
        self.inner.consume(count);
    }
}

impl<R: Read> Read for Tokens<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}
