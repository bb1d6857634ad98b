//! What stands between the cells of a text. Must not look at more than its beginning.

use super::records::Records;

/// From the least likely to stand in a cell to the most: where two fit equally well, the first is meant.
const CANDIDATES: [char; 4] = ['\t', ';', '|', ','];
const SAMPLE_BYTES: usize = 32 << 10;
const SAMPLE_RECORDS: usize = 50;

/// What the line `sep=;` says, which Excel obeys, and how many bytes to skip for it; the line's end stays, to be
/// counted.
pub(super) fn named(text: &str) -> (Option<char>, usize) {
    let Some((name, rest)) = text.split_at_checked(4) else { return (None, 0) };
    let mut rest = rest.chars();
    let (Some(separator), Some('\r' | '\n') | None) = (rest.next(), rest.next()) else { return (None, 0) };
    if name.eq_ignore_ascii_case("sep=") && can_separate(separator) { (Some(separator), 5) } else { (None, 0) }
}

/// Whether a character may stand between cells without being mistaken for anything else.
fn can_separate(c: char) -> bool {
    c == '\t' || c.is_ascii_punctuation() && c != '"'
}

/// The candidate that cuts the most lines into the same number of cells; none where there is one column.
pub(super) fn guess(text: &str, cell_chars: u32) -> Option<char> {
    let sample = sample(text);
    let cut_off = sample.len() < text.len();
    let mut best: Option<(bool, f64, char)> = None;
    for candidate in CANDIDATES {
        let Some((clean, share)) = score(sample, cut_off, candidate, cell_chars) else { continue };
        if best.is_none_or(|(best_clean, best_share, _)| (clean, share) > (best_clean, best_share)) {
            best = Some((clean, share, candidate));
        }
    }
    best.map(|(_, _, candidate)| candidate)
}

/// Whether quotation marks stand only where cells begin, and the share of lines that have the most common number of
/// cells; nothing when that number is one.
fn score(sample: &str, cut_off: bool, candidate: char, cell_chars: u32) -> Option<(bool, f64)> {
    let mut records = Records::new(sample, 0, Some(candidate), cell_chars);
    let mut widths: Vec<usize> = Vec::new();
    let mut clean = true;
    let mut goes_on = true;
    while goes_on && widths.len() < SAMPLE_RECORDS && records.begin().is_some() {
        let mut width = 0;
        loop {
            width += 1;
            // A field that goes on too long is one all the same; what comes behind it cannot be told.
            let Ok(Some(field)) = records.field() else {
                goes_on = false;
                break;
            };
            clean &= !field.has_stray_quote;
            if field.is_last {
                break;
            }
        }
        widths.push(width);
    }
    // The last one of a text that was cut off was cut off too.
    if cut_off && widths.len() > 1 && widths.len() < SAMPLE_RECORDS {
        widths.pop();
    }
    let count = |width: usize| widths.iter().filter(|other| **other == width).count();
    let common = widths.iter().copied().max_by_key(|width| (count(*width), *width)).filter(|width| *width > 1)?;
    #[expect(clippy::cast_precision_loss, reason = "at most fifty")]
    let share = count(common) as f64 / widths.len() as f64;
    Some((clean, share))
}

fn sample(text: &str) -> &str {
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}
