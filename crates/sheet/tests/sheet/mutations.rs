//! The fuzz targets, where there is no fuzzer: over the corpus, over changes of it, and over any bytes. The same every
//! time. `src/fuzzing.rs` tells how to run the real thing.

use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use roomkey_sheet::fuzzing::{PARTS, csv, xlsx};

/// What means something to one of the readers.
const TOKENS: [&[u8]; 20] = [
    b"\"",
    b",",
    b";",
    b"\r",
    b"\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"<row>",
    b"</c>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"&#0;",
    b"&amp",
    b"<!DOCTYPE a>",
    b"1E+308",
];

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let files = paths.iter().map(|path| std::fs::read(path).unwrap());
    files.chain(PARTS.iter().map(|(_, content)| content.to_vec())).collect()
}

/// Cuts, doubles, overwrites or inserts something.
fn changed(seed: &[u8], changes: &[(usize, u8, usize)]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for (place, what, length) in changes {
        let at = place % (bytes.len() + 1);
        let end = (at + length % 32).min(bytes.len());
        match what % 5 {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let again = bytes.get(at..end).unwrap_or_default().to_vec();
                bytes.splice(at..at, again);
            }
            2 => bytes.splice(at..end, vec![*what; end - at]).for_each(drop),
            3 => bytes.splice(at..end, TOKENS.get(length % TOKENS.len()).unwrap().iter().copied()).for_each(drop),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value)) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::XorShift, &[7; 16]);
    let outcome = TestRunner::new_with_rng(config, random).run(strategy, |value| {
        test(value);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

fn changes() -> impl Strategy<Value = (usize, Vec<(usize, u8, usize)>)> {
    (any::<usize>(), prop::collection::vec(any::<(usize, u8, usize)>(), 1..6))
}

#[test]
fn the_corpus_is_read_or_refused() {
    for file in corpus() {
        csv(&file);
        xlsx(&file);
    }
}

#[test]
fn changes_of_the_corpus_are_read_or_refused_as_text() {
    let corpus = corpus();
    run(3_000, &changes(), |(file, changes)| csv(&changed(corpus.get(file % corpus.len()).unwrap(), &changes)));
}

#[test]
fn changes_of_the_corpus_are_read_or_refused_as_workbooks() {
    let corpus = corpus();
    run(2_000, &changes(), |(file, changes)| xlsx(&changed(corpus.get(file % corpus.len()).unwrap(), &changes)));
}

#[test]
fn any_bytes_are_read_or_refused() {
    run(500, &prop::collection::vec(any::<u8>(), 0..400), |bytes| {
        csv(&bytes);
        xlsx(&bytes);
    });
}
