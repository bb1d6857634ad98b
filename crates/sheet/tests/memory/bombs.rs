//! The bombs. Zips are made here byte by byte, so that they can say what is not true.

use flate2::{Compress, Compression, Crc, FlushCompress};
use roomkey_sheet::fuzzing::{PARTS, workbook};

const MIB: usize = 1 << 20;
const FILE: usize = 10 * MIB;
const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

/// What it is called, how it is made, and what comes of it.
pub(crate) type Bomb = (&'static str, fn() -> Vec<u8>, &'static str);

pub(crate) const ALL: &[Bomb] = &[
    ("commas only", || vec![b','; FILE], "empty"),
    ("cells in one line", || b"a,".repeat(FILE / 2), "too_many_columns"),
    ("ends of lines only", || vec![b'\n'; FILE], "empty"),
    ("lines of one letter", || b"a\n".repeat(FILE / 2), "too_many_rows"),
    ("a quotation mark that is never closed", || [b"a,\"".to_vec(), vec![b'x'; FILE - 3]].concat(), "cell_too_long"),
    ("quotation marks only", || vec![b'"'; FILE], "cell_too_long"),
    ("quoted lines without an end", || [b"a,\"".to_vec(), b"x\n".repeat(FILE / 2 - 2)].concat(), "unterminated_quote"),
    ("the fullest text", || format!("{}\n", ["a"; 100].join(",")).repeat(50_000).into_bytes(), "50000 rows"),
    (
        "letters of three bytes",
        || [b"\x80,\x80,\x80,".repeat(30), b"\x80\n".to_vec()].concat().repeat(48_000),
        "48000 rows",
    ),
    ("UTF-16 without a mark", || b"a\0\n\0".repeat(FILE / 4), "too_many_rows"),
    ("zeros only", || vec![0; FILE], "not_a_table"),
    ("a cell of a gigabyte of zeros", || endless(SHEET, "<worksheet><sheetData><row><c><v>", &[0; 64]), "damaged"),
    ("a gigabyte of rows", || endless(SHEET, "<worksheet><sheetData>", b"<row></row>"), "damaged"),
    ("a gigabyte of rows that says it is ten bytes", liar, "damaged"),
    ("a gigabyte of cells", || endless(SHEET, "<worksheet><sheetData><row>", b"<c/>"), "damaged"),
    ("a gigabyte of comments", || endless(SHEET, "<worksheet>", &comment()), "inflated_too_large"),
    ("a gigabyte in one name", || endless(SHEET, "<worksheet><", b"aaaaaaaa"), "damaged"),
    ("a gigabyte of attributes", || endless(SHEET, "<worksheet ", b"a=\"\" "), "damaged"),
    ("rows of a thousand attributes", || endless(SHEET, "<worksheet><sheetData>", &attributes()), "inflated_too_large"),
    ("a gigabyte of shared texts", || endless(STRINGS, "<sst>", b"<si><t>ab</t></si>"), "text_too_large"),
    ("a gigabyte of empty texts", || endless(STRINGS, "<sst>", b"<si/>"), "text_too_large"),
    ("one shared text without an end", || endless(STRINGS, "<sst><si><t>", b"a&#97;"), "text_too_large"),
    ("a gigabyte of styles", || endless("xl/styles.xml", "<styleSheet><cellXfs>", b"<xf/>"), "damaged"),
    ("a gigabyte of sheets", || endless("xl/workbook.xml", "<workbook>", b"<sheet name='a' r:id='b'/>"), "damaged"),
    ("a long text named a million times", named_often, "text_too_large"),
    ("the fullest workbook", fullest_workbook, "50000 rows"),
    ("a dimension of all cells", dimension, "1 rows"),
    ("a nest without an end", || endless(SHEET, "<worksheet>", b"<a>"), "too_deep"),
    ("billion laughs", billion_laughs, "doctype"),
    ("parts beyond counting", many_parts, "damaged"),
    ("ends of zips only", || [b"PK\x03\x04".to_vec(), b"PK\x05\x06".repeat(FILE / 4 - 1)].concat(), "damaged"),
    ("ends of zips that fit", many_ends, "damaged"),
];

/// A workbook of which one part begins like this and then repeats something for a gigabyte.
fn endless(path: &str, begin: &str, again: &[u8]) -> Vec<u8> {
    let part = |(name, content)| {
        if name == path { Part::new(name, begin.as_bytes(), again) } else { Part::new(name, content, b"") }
    };
    zip(&PARTS.map(part))
}

/// The same, but it says that it is short.
fn liar() -> Vec<u8> {
    let mut parts = PARTS.map(|(name, content)| Part::new(name, content, b""));
    let part = parts.iter_mut().find(|part| part.name == SHEET).unwrap();
    *part = Part { says: 10, ..Part::new(SHEET, b"<worksheet><sheetData>", b"<row></row>") };
    zip(&parts)
}

fn with(path: &str, content: &str) -> Vec<u8> {
    let mut parts = PARTS;
    parts.iter_mut().find(|(name, _)| *name == path).unwrap().1 = content.as_bytes();
    workbook(&parts).unwrap()
}

fn comment() -> Vec<u8> {
    [b"<!--".to_vec(), vec![b' '; 400 << 10], b"-->".to_vec()].concat()
}

fn attributes() -> Vec<u8> {
    [b"<row ".to_vec(), b"a=\"\" ".repeat(1_000), b"/>".to_vec()].concat()
}

fn named_often() -> Vec<u8> {
    let mut parts = PARTS;
    let text = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(4_000));
    let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(100));
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(10_000));
    for (path, content) in &mut parts {
        match *path {
            SHEET => *content = sheet.as_bytes(),
            STRINGS => *content = text.as_bytes(),
            _ => {}
        }
    }
    workbook(&parts).unwrap()
}

/// As many cells as there may be, written as short as can be.
fn fullest_workbook() -> Vec<u8> {
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(100));
    with(SHEET, &format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(50_000)))
}

fn dimension() -> Vec<u8> {
    let cells = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>";
    let rest = format!("<dimension ref=\"A1:XFD1048576\"/><sheetData>{cells}</sheetData>");
    with(SHEET, &format!("<worksheet>{rest}</worksheet>"))
}

fn billion_laughs() -> Vec<u8> {
    let entity = |at: usize| format!("<!ENTITY l{at} \"{}\">", format!("&l{};", at - 1).repeat(10));
    let entities: String = (1..10).map(entity).collect();
    with(STRINGS, &format!("<!DOCTYPE l [<!ENTITY l0 \"lol\">{entities}]><sst><si><t>&l9;</t></si></sst>"))
}

fn many_parts() -> Vec<u8> {
    let parts: Vec<_> = (0..90_000).map(|at| Part::new(&format!("{at:x}"), b"", b"")).collect();
    zip(&parts)
}

/// Ends of zips, each of which says that the zip's table of contents is as long as everything before.
fn many_ends() -> Vec<u8> {
    let mut out = b"PK\x03\x04".to_vec();
    while out.len() < FILE - 22 {
        let size = u32::try_from(out.len()).unwrap();
        out.extend(end(9_000, size, 0));
    }
    out
}

/// A part of a zip.
struct Part {
    name: String,
    sum: u32,
    /// How long it says that it is.
    says: u32,
    deflated: Vec<u8>,
}

impl Part {
    /// Bytes, then others again and again up to a gigabyte. Each repeat is a block that knows nothing of those before,
    /// so it is made once. The sum is that of what it begins with: nobody gets to the end.
    fn new(name: &str, begin: &[u8], again: &[u8]) -> Self {
        let mut sum = Crc::new();
        sum.update(begin);
        let (mut length, mut deflated) = (begin.len(), block(begin, FlushCompress::Full));
        if !again.is_empty() {
            let one = again.repeat((MIB / again.len()).max(1));
            let block = block(&one, FlushCompress::Full);
            for _ in 0..1_024 {
                deflated.extend(&block);
            }
            length += one.len() * 1_024;
        }
        deflated.extend(block(&[], FlushCompress::Finish));
        Self { name: name.to_owned(), sum: sum.sum(), says: u32::try_from(length).unwrap(), deflated }
    }
}

fn block(bytes: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 1_024);
    Compress::new(Compression::best(), false).compress_vec(bytes, &mut out, flush).unwrap();
    out
}

fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let at = u32::try_from(out.len()).unwrap();
        let mut about = vec![20, 0, 0, 0, 8, 0, 0, 0, 33, 0];
        about.extend(part.sum.to_le_bytes());
        about.extend(u32::try_from(part.deflated.len()).unwrap().to_le_bytes());
        about.extend(part.says.to_le_bytes());
        about.extend(u16::try_from(part.name.len()).unwrap().to_le_bytes());
        about.extend([0; 2]);
        let name = part.name.as_bytes();
        out.extend([&b"PK\x03\x04"[..], &about, name, &part.deflated].concat());
        directory.extend([&b"PK\x01\x02\x14\0"[..], &about, &[0; 10], &at.to_le_bytes(), name].concat());
    }
    let (size, at) = (u32::try_from(directory.len()).unwrap(), u32::try_from(out.len()).unwrap());
    // With more parts than fit its field the number goes round, and says too few.
    let count = u16::try_from(parts.len() % 65_536).unwrap();
    out.extend(directory);
    out.extend(end(count, size, at));
    out
}

fn end(count: u16, size: u32, at: u32) -> Vec<u8> {
    let count = count.to_le_bytes();
    [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size.to_le_bytes(), &at.to_le_bytes(), &[0; 2]].concat()
}
