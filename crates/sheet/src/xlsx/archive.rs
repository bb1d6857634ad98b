//! The parts of a workbook's zip, by name, unpacked while they are read and counted together. Must not unpack a part
//! nobody asked for, nor believe the sizes that the zip declares.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::xml::{Overrun, Xml};
use crate::fault::SheetFault;

const PART: &str = "container";
/// A workbook with hundreds of sheets and pictures has some thousand parts.
const MOST_PARTS: usize = 10_000;
/// What each part has once in the zip's table of contents.
const ENTRY: &[u8] = b"PK\x01\x02";

pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    limit_bytes: u64,
    left_bytes: u64,
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8], limit_bytes: u64) -> Result<Self, SheetFault> {
        let damaged = SheetFault::Damaged { part: PART };
        // The table of contents is read whole, so it is counted before, whatever it says of itself.
        if bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).count() > MOST_PARTS {
            return Err(damaged);
        }
        let Ok(zip) = ZipArchive::new(Cursor::new(bytes)) else { return Err(damaged) };
        if zip.has_duplicate_names() {
            return Err(damaged);
        }
        let names: Result<_, _> = zip.file_names().map(|name| name.map(|name| normal(&name))).collect();
        let Ok(names) = names else { return Err(damaged) };
        Ok(Self { zip, names, limit_bytes, left_bytes: limit_bytes })
    }

    /// Whether there is a part of this name; some programs write names in another case or with backslashes.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(&normal(name))
    }

    /// Reads a part with `with`, or nothing when there is none. `part` is what it is called to people.
    pub(super) fn part<T>(
        &mut self,
        name: &str,
        part: &'static str,
        with: impl FnOnce(&mut Xml<'_>) -> Result<T, SheetFault>,
    ) -> Result<Option<T>, SheetFault> {
        let name = normal(name);
        let mut places = self.names.iter().enumerate().filter(|(_, other)| **other == name).map(|(at, _)| at);
        let Some(place) = places.next() else { return Ok(None) };
        // Programs differ in which of two parts of one name they read, so one would check what another runs.
        if places.next().is_some() {
            return Err(SheetFault::Damaged { part });
        }
        let inner = self.zip.by_index(place).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                SheetFault::Protected
            }
            _ => SheetFault::Damaged { part },
        })?;
        let counted = Counted { inner, left_bytes: &mut self.left_bytes };
        with(&mut Xml::new(Box::new(counted), part, self.limit_bytes)).map(Some)
    }
}

fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// Counts what comes out, over all parts.
struct Counted<'a, R> {
    inner: R,
    left_bytes: &'a mut u64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let left = self.left_bytes.checked_sub(count as u64);
        *self.left_bytes = left.ok_or_else(|| io::Error::other(Overrun::Inflated))?;
        Ok(count)
    }
}
