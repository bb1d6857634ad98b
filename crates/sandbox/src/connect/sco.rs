//! A "sharable content object": a folder, a meeting or a piece of content, and how it is read.
//! Must not know who may see it.

use super::xml::Element;
use crate::clock::Timestamp;

/// What filters and orders of folders' contents may name.
pub(super) const FIELDS: [&str; 11] = [
    "sco-id",
    "folder-id",
    "type",
    "icon",
    "is-folder",
    "name",
    "url-path",
    "date-created",
    "date-modified",
    "date-begin",
    "date-end",
];
/// The same, of the report over all objects.
pub(super) const BULK_FIELDS: [&str; 7] = ["sco-id", "type", "icon", "url", "name", "date-created", "date-modified"];

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Folder,
    Meeting,
    Content,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Meeting => "meeting",
            Self::Content => "content",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Meeting => "meeting",
            Self::Content => "presentation",
        }
    }
}

pub(super) struct Sco {
    pub(super) id: u64,
    /// What it is in.
    pub(super) folder: u64,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) url_path: String,
    pub(super) created: Timestamp,
    pub(super) modified: Timestamp,
    /// From when to when a meeting is planned.
    pub(super) planned: Option<(Timestamp, Timestamp)>,
    /// Whether everybody may see it.
    pub(super) shared: bool,
    /// Whose folder it is, as the position in the list of people.
    pub(super) owner: Option<usize>,
    /// The same of a meeting's hosts and guests.
    pub(super) hosts: Vec<usize>,
    pub(super) guests: Vec<usize>,
    pub(super) passcode: Option<String>,
}

impl Sco {
    pub(super) fn row(&self) -> Element<'_> {
        self.dated(self.begun().text("name", &self.name))
    }

    /// The same with the description.
    pub(super) fn whole(&self) -> Element<'_> {
        self.dated(self.begun().text("name", &self.name).text("description", &self.description))
    }

    /// The same as the report over all objects has it.
    pub(super) fn bulk_row(&self) -> Element<'_> {
        Element::new("row")
            .attribute("sco-id", self.id.to_string())
            .attribute("type", self.kind.name())
            .attribute("icon", self.kind.icon())
            .text("url", &self.url_path)
            .text("name", &self.name)
            .text("date-created", written(self.created))
            .text("date-modified", written(self.modified))
    }

    fn begun(&self) -> Element<'_> {
        Element::new("sco")
            .attribute("sco-id", self.id.to_string())
            .attribute("folder-id", self.folder.to_string())
            .attribute("type", self.kind.name())
            .attribute("icon", self.kind.icon())
            .attribute("is-folder", if self.kind == Kind::Folder { "1" } else { "0" })
    }

    fn dated<'a>(&'a self, row: Element<'a>) -> Element<'a> {
        let row = row
            .text("url-path", &self.url_path)
            .text("date-created", written(self.created))
            .text("date-modified", written(self.modified));
        match self.planned {
            Some((begin, end)) => row.text("date-begin", written(begin)).text("date-end", written(end)),
            None => row,
        }
    }
}

/// ISO 8601 with milliseconds and the distance from UTC, as Connect writes dates.
pub(super) fn written(moment: Timestamp) -> String {
    let seconds = moment.to_string();
    format!("{}.{:03}+00:00", seconds.trim_end_matches('Z'), moment.millis() % 1000)
}
