//! Which sheets a workbook has and where its parts are. Must not read cells.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::xml::{Node, Xml};
use crate::fault::{Content, SheetFault};

const PART: &str = "list of sheets";
/// Excel sets no limit but memory; people do.
const MOST_SHEETS: usize = 10_000;
/// Excel names sheets with at most 31 characters; paths are somewhat longer.
const MOST_NAME_BYTES: usize = 1_024;

pub(super) struct Workbook {
    /// Those that can be seen and hold cells.
    pub(super) sheets: Vec<SheetPart>,
    pub(super) styles: Option<String>,
    pub(super) strings: Option<String>,
}

pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) path: String,
}

impl Workbook {
    /// The sheet of this name, or the first.
    pub(super) fn choose(&self, name: Option<&str>) -> Result<&SheetPart, SheetFault> {
        let first = self.sheets.first().ok_or(SheetFault::NoSheet)?;
        let Some(name) = name else { return Ok(first) };
        self.sheets.iter().find(|sheet| sheet.name == name).ok_or_else(|| SheetFault::NoSuchSheet {
            sheets: self.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        })
    }
}

/// Where a part points to.
struct Relationship {
    kind: String,
    path: String,
}

pub(super) fn read(archive: &mut Archive<'_>) -> Result<Workbook, SheetFault> {
    let roots = relationships(archive, "")?;
    let path = roots
        .into_values()
        .find(|one| one.kind == "officeDocument")
        .map_or("xl/workbook.xml".to_owned(), |one| one.path);
    if !archive.has(&path) || path.to_ascii_lowercase().ends_with(".bin") {
        return Err(something_else(archive, &path));
    }
    let parts = relationships(archive, &path)?;
    let named = archive.part(&path, PART, sheets)?.ok_or(SheetFault::Damaged { part: PART })?;
    let sheets = named.into_iter().filter_map(|(name, id)| {
        let part = parts.get(&id).filter(|part| part.kind == "worksheet")?;
        Some(SheetPart { name, path: part.path.clone() })
    });
    let one = |kind: &str| parts.values().find(|part| part.kind == kind).map(|part| part.path.clone());
    Ok(Workbook { sheets: sheets.collect(), styles: one("styles"), strings: one("sharedStrings") })
}

/// The sheets that are not hidden, with their relationships.
fn sheets(xml: &mut Xml<'_>) -> Result<Vec<(String, String)>, SheetFault> {
    let mut sheets = Vec::new();
    let mut is_workbook = false;
    let damaged = xml.damaged();
    loop {
        match xml.next()? {
            // A letter or slides come in the same kind of zip.
            Node::Open(tag) if !is_workbook && tag.name() != "workbook" => {
                return Err(SheetFault::NotATable { content: Content::Archive });
            }
            Node::Open(_) if !is_workbook => is_workbook = true,
            Node::Open(tag) if tag.name() == "sheet" => {
                let state = tag.attribute("state")?;
                let is_seen = state.is_none_or(|state| state == "visible");
                let (name, id) = (tag.attribute("name")?, tag.relationship()?);
                let (Some(name), Some(id)) = (name, id) else { return Err(damaged) };
                if name.len().max(id.len()) > MOST_NAME_BYTES {
                    return Err(damaged);
                }
                if is_seen {
                    sheets.push((name.into_owned(), id.into_owned()));
                }
            }
            Node::End => return Ok(sheets),
            _ => {}
        }
        if sheets.len() > MOST_SHEETS {
            return Err(damaged);
        }
    }
}

/// What a part points to inside the file, by the name it uses for it. The zip as a whole is the part without a name.
fn relationships(archive: &mut Archive<'_>, path: &str) -> Result<BTreeMap<String, Relationship>, SheetFault> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let found = archive.part(&join(folder, &format!("_rels/{file}.rels")), PART, |xml| {
        let mut found = BTreeMap::new();
        let damaged = xml.damaged();
        loop {
            match xml.next()? {
                Node::Open(tag) if tag.name() == "Relationship" => {
                    let (id, kind, target) = (tag.attribute("Id")?, tag.attribute("Type")?, tag.attribute("Target")?);
                    let (Some(id), Some(kind), Some(target)) = (id, kind, target) else { return Err(damaged) };
                    let is_inside = tag.attribute("TargetMode")?.is_none_or(|mode| mode != "External");
                    // Links to the web may be as long as they like; nobody reads them here.
                    if is_inside && id.len().max(target.len()) <= MOST_NAME_BYTES {
                        // The strict and the usual dialect differ in what stands before.
                        let kind = kind.rsplit('/').next().unwrap_or_default().chars().take(32).collect();
                        found.insert(id.into_owned(), Relationship { kind, path: join(folder, &target) });
                    }
                }
                Node::End => return Ok(found),
                _ => {}
            }
            if found.len() > MOST_SHEETS {
                return Err(damaged);
            }
        }
    })?;
    Ok(found.unwrap_or_default())
}

/// A path from a folder, or from the top when it begins with a slash.
fn join(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in from.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// What a zip is that is no workbook of ours.
fn something_else(archive: &Archive<'_>, path: &str) -> SheetFault {
    let content = if path.to_ascii_lowercase().ends_with(".bin") || archive.has("xl/workbook.bin") {
        Content::BinaryWorkbook
    } else if archive.has("mimetype") && archive.has("content.xml") {
        Content::OpenDocument
    } else {
        Content::Archive
    };
    SheetFault::NotATable { content }
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn a_target_is_found_from_its_folder_or_from_the_top() {
        assert_eq!(join("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(join("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(join("xl/sub", "../styles.xml"), "xl/styles.xml");
        assert_eq!(join("", "../../etc"), "etc");
    }
}
