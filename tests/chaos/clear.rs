//! No PIN in clear in any file of the server: database, write-ahead log, logs. Four digits alone prove nothing, they stand
//! in every date; so it looks at where a PIN would stand: as a value between quotes or tags, behind the field's name, and near
//! its person's address, there compared with how often other people's PINs stand near it by chance.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::bench::Bench;
use crate::ledger;

/// The PINs of each person.
type Pins = BTreeMap<String, BTreeSet<String>>;

/// How PINs are called.
const NAMES: [&[u8]; 3] = [b"hostPin", b"hostPIN", b"host_pin"];
/// How far behind its name a value may stand.
const BEHIND_NAME: usize = 12;
/// How far from an address a PIN may stand.
const NEAR: usize = 160;
/// How many strangers' PINs are looked for near an address, to know what chance does.
const STRANGERS: usize = 20;
/// So many more than by chance are chance as well.
const SLACK: usize = 15;

/// What was found in a file.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    /// PINs that stand as values.
    values: usize,
    /// People near whose address their own PIN stands.
    own: BTreeSet<usize>,
    /// People near whose address another one's stands, and which one's.
    strangers: BTreeSet<(usize, usize)>,
}

/// Looks through the data directory and the log.
pub(crate) fn check(bench: &mut Bench) -> Outcome<()> {
    let read = bench.vendor.read()?;
    let (pins, _) = ledger::given(&bench.vendor.lines[..read]);
    let mut files = vec![bench.server.log.clone()];
    files_below(&bench.server.data, &mut files)?;
    let (mut all, mut bytes) = (Found::default(), 0);
    for file in &files {
        let content = std::fs::read(file)?;
        bytes += content.len();
        let found = look(&content, &pins);
        all.values += found.values;
        all.own.extend(found.own);
        all.strangers.extend(found.strangers);
    }
    // The same search must find them where they do stand.
    let control = look(&std::fs::read(&bench.vendor.ledger)?, &pins).values;
    let by_chance = all.strangers.len().div_ceil(STRANGERS);
    let held = control >= pins.len() && all.values == 0 && all.own.len() <= 3 * by_chance + SLACK;
    let said = format!(
        "{} files, {} MB, {} people's PINs: {} as a value, {} have theirs near their name (by \
         chance {by_chance}); the same search finds {control} in the ledger",
        files.len(),
        bytes >> 20,
        pins.len(),
        all.values,
        all.own.len()
    );
    bench.tally.check("in clear", held, &said);
    Ok(())
}

fn files_below(directory: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            files_below(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn look(content: &[u8], pins: &Pins) -> Found {
    let all: BTreeSet<&str> = pins.values().flatten().map(String::as_str).collect();
    let people: Vec<&String> = pins.keys().collect();
    let place: BTreeMap<&str, usize> = people.iter().enumerate().map(|(at, who)| (who.as_str(), at)).collect();
    let numbers = four_digits(content);
    let mut found = Found::default();
    for (at, digits) in &numbers {
        if all.contains(digits) && is_value(content, *at) {
            found.values += 1;
        }
    }
    for (at, _) in content.iter().enumerate().filter(|(_, byte)| **byte == b'@') {
        let Some((from, to, who)) = address(content, at, &place) else { continue };
        let first = numbers.partition_point(|(at, _)| *at + NEAR < from);
        let near = numbers[first..].iter().take_while(|(at, _)| *at < to + NEAR);
        for (_, digits) in near.filter(|(at, _)| *at + 4 <= from || *at >= to) {
            let has = |who: usize| pins[people[who % people.len()]].contains(*digits);
            found.own.extend(Some(who).filter(|who| has(*who)));
            found.strangers.extend((1..=STRANGERS).filter(|step| has(who + step * 7)).map(|step| (who, step)));
        }
    }
    found
}

/// Runs of exactly four digits, with where they begin.
fn four_digits(content: &[u8]) -> Vec<(usize, &str)> {
    let mut numbers = Vec::new();
    let mut begin = 0;
    for (at, byte) in content.iter().chain([&b' ']).enumerate() {
        if !byte.is_ascii_digit() {
            if at - begin == 4 {
                numbers.extend(std::str::from_utf8(&content[begin..at]).map(|digits| (begin, digits)));
            }
            begin = at + 1;
        }
    }
    numbers
}

/// Whether the digits there stand where only a value stands.
fn is_value(content: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| content.get(at)).copied().unwrap_or_default();
    let after = content.get(at + 4).copied().unwrap_or_default();
    let is_closed = matches!((before, after), (b'"', b'"' | b'\\') | (b'\'', b'\'') | (b'>', b'<') | (b'=', b'&'));
    let head = &content[at.saturating_sub(BEHIND_NAME)..at];
    is_closed || NAMES.iter().any(|name| head.windows(name.len()).any(|part| part == *name))
}

/// The address around the `@` there, where it begins and ends, and whose place it is. What stands before an address in a
/// database may look like a part of it.
fn address(content: &[u8], at: usize, place: &BTreeMap<&str, usize>) -> Option<(usize, usize, usize)> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let before = content[..at].iter().rev().take_while(|byte| is_part(byte)).count();
    let after = content[at + 1..].iter().take_while(|byte| is_part(byte)).count();
    let text = std::str::from_utf8(&content[at - before..=at + after]).ok()?;
    // Nor is what stands behind it.
    let end = text[before..].find(".com").map_or(text.len(), |at| before + at + ".com".len());
    let from = (0..before).find(|from| place.contains_key(&text[*from..end]))?;
    let begin = at - before + from;
    Some((begin, at - before + end, place[&text[from..end]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(content: &str) -> Found {
        let pins = |pin: &str| BTreeSet::from([pin.to_owned()]);
        let pins = Pins::from([("a@x.com".to_owned(), pins("0482")), ("b@x.com".to_owned(), pins("7351"))]);
        look(content.as_bytes(), &pins)
    }

    #[test]
    fn a_pin_as_a_value_is_found_and_a_date_is_not() {
        for leak in ["\"hostPin\":\"0482\"", "{\\\"p\\\":\\\"7351\\\"}", "<PIN>0482</PIN>", "hostPin: 0482", "?p=0482&"]
        {
            assert_eq!(found(leak).values, 1, "{leak}");
        }
        assert_eq!(found("0482-01-01 10482 \"1111\" row=0482 seq 7351,").values, 0);
    }

    #[test]
    fn a_pin_near_its_person_is_told_from_those_of_others() {
        assert_eq!(found("9fa@x.compending 0482 ").own.len(), 1);
        assert_eq!(found("a@x.com 7351").own.len(), 0);
        assert!(!found("a@x.com 7351").strangers.is_empty());
    }
}
