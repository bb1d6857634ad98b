//! Files that were uploaded: whether they are what they say, and how they are told afterwards.
//! Must not keep their bytes: nothing here gives a file back.

use serde_json::{Value, json};

use super::rules::Rule;
use crate::multipart::Part;

const MEGABYTE: usize = 1024 * 1024;

/// What an operation takes.
pub(super) struct Intake {
    /// The name of the form's part.
    pub(super) part: &'static str,
    pub(super) megabytes: usize,
    pub(super) kinds: &'static [Kind],
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Gif,
    /// MP4 or MOV.
    Video,
}

impl Kind {
    /// By the file's first bytes: a name and a media type are quickly wrong.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', ..] => Some(Self::Gif),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Self::Video),
            _ => None,
        }
    }

    /// As the vendor tells it.
    fn name(self) -> &'static str {
        if self == Self::Video { "video" } else { "image" }
    }
}

impl Intake {
    /// The files of a form, each judged.
    pub(super) fn files<'a>(&self, parts: &'a [Part]) -> Result<Vec<(&'a Part, Kind)>, Rule> {
        let sent: Vec<&Part> = parts.iter().filter(|part| part.name == self.part).collect();
        if sent.is_empty() {
            return Err(Rule::File("No file was uploaded."));
        }
        sent.into_iter().map(|part| Ok((part, self.judge(part)?))).collect()
    }

    fn judge(&self, part: &Part) -> Result<Kind, Rule> {
        if part.bytes.is_empty() {
            return Err(Rule::File("The file is empty."));
        }
        if part.bytes.len() > self.megabytes * MEGABYTE {
            return Err(Rule::File("The file is too large."));
        }
        let kind = Kind::of(&part.bytes).filter(|kind| self.kinds.contains(kind));
        kind.ok_or(Rule::File("A file of this kind is not taken."))
    }
}

/// A background as settings and the answer to an upload show it.
pub(super) fn background(id: String, part: &Part, kind: Kind) -> Value {
    json!({
        "id": id,
        "is_default": false,
        "name": part.file_name.as_deref().unwrap_or("background"),
        "size": part.bytes.len(),
        "type": kind.name(),
    })
}
