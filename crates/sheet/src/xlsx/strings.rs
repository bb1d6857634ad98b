//! The texts that cells share, which Excel keeps in one part. Must not hold more than all cells together may.

use super::escape;
use super::xml::{Node, Xml};
use crate::fault::SheetFault;

/// More than a workbook of 10 MiB has different texts.
const MOST_TEXTS: usize = 2_000_000;

/// All texts in one, with where each ends.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.text.get(start..end)
    }
}

pub(super) fn read(xml: &mut Xml<'_>, limit_bytes: u32) -> Result<Strings, SheetFault> {
    let too_large = SheetFault::TextTooLarge { limit_bytes: u64::from(limit_bytes) };
    let mut strings = Strings::default();
    let mut one = RichText::default();
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name() == "si" => one = RichText::default(),
            Node::Open(tag) => one.open(tag.name(), tag.attribute("xml:space")?.as_deref()),
            Node::Text(text) => one.text(&text),
            Node::Close(name) if name == "si" => {
                strings.text.push_str(&escape::undo(&one.text));
                strings.ends.push(u32::try_from(strings.text.len()).unwrap_or(u32::MAX));
                one = RichText::default();
            }
            Node::Close(name) => one.close(&name),
            Node::End => return Ok(strings),
        }
        if strings.text.len() + one.text.len() > limit_bytes as usize || strings.ends.len() > MOST_TEXTS {
            return Err(too_large);
        }
    }
}

/// Puts together a text that may be cut into runs of different looks, without what says how it is pronounced.
#[derive(Default)]
pub(super) struct RichText {
    pub(super) text: String,
    in_run: bool,
    in_phonetic: bool,
    keeps_space: bool,
    /// Where the run begins in `text`.
    start: usize,
}

impl RichText {
    pub(super) fn open(&mut self, name: &str, space: Option<&str>) {
        match name {
            "rPh" => self.in_phonetic = true,
            "t" if !self.in_phonetic => {
                self.in_run = true;
                self.keeps_space = space == Some("preserve");
                self.start = self.text.len();
            }
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.in_run {
            self.text.push_str(text);
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        match name {
            "rPh" => self.in_phonetic = false,
            "t" if self.in_run => {
                self.in_run = false;
                if !self.keeps_space {
                    self.trim();
                }
            }
            _ => {}
        }
    }

    /// As Excel does where a writer forgot to say that space matters.
    fn trim(&mut self) {
        let run = self.text.split_off(self.start.min(self.text.len()));
        self.text.push_str(run.trim_matches([' ', '\t', '\r', '\n']));
    }
}
