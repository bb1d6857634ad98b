//! A reader of well-formed XML for the tests, so that they do not depend on how it was written.
//! Must not forgive anything.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Node {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    /// The text right inside.
    pub(crate) content: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    #[track_caller]
    pub(crate) fn read(text: &str) -> Self {
        let mut reader = Reader::from_str(text);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(start) => open.push(Self::opened(&start)),
                Event::Empty(start) => last(&mut open).children.push(Self::opened(&start)),
                Event::End(_) => {
                    let closed = open.pop().expect("an open element");
                    last(&mut open).children.push(closed);
                }
                Event::Text(text) => last(&mut open).content.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content();
                    let letter = escape::resolve_predefined_entity(&name).expect("a known reference");
                    last(&mut open).content.push_str(letter);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!((open.len(), open[0].children.len()), (1, 1), "one root: {text}");
        open.remove(0).children.remove(0)
    }

    fn opened(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("a sound attribute");
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("a sound value");
            (attribute.key.as_ref().to_owned(), value.into_owned())
        });
        Self { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), ..Self::default() }
    }

    /// An attribute; empty when there is none.
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the child of this name, which has to be there.
    #[track_caller]
    pub(crate) fn text(&self, name: &str) -> &str {
        &self.child(name).unwrap_or_else(|| panic!("{name} in {self:?}")).content
    }

    /// Every element of this name further in.
    pub(crate) fn all(&self, name: &str) -> Vec<&Self> {
        let further = self.children.iter().flat_map(|child| {
            let own = (child.name == name).then_some(child);
            own.into_iter().chain(child.all(name)).collect::<Vec<_>>()
        });
        further.collect()
    }
}

fn last(open: &mut [Node]) -> &mut Node {
    open.last_mut().expect("an open element")
}
