//! How long the people index takes among 100,000 people, and what it weighs: writing all lines of three vendors, and
//! searches by one, two, three and more letters. Prints a table; asserts nothing, as machines differ.
//! `cargo bench -p roomkey-proxy --bench people [-- PEOPLE]`
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints, and stops where something is wrong")]

use std::time::{Duration, Instant};

use roomkey_proxy::people::query::Query;
use roomkey_proxy::store::Store;
use roomkey_proxy::store::sqlite::SqliteStore;
use roomkey_schema::path::PathParams;
use roomkey_schema::people_build::Line;
use roomkey_schema::scope::Unit;

const PEOPLE: usize = 100_000;
/// Lines that come at once.
const PAGE: usize = 1_000;
const SEARCHES: usize = 300;
const UNITS: usize = 40;

const FIRST: [&str; 24] = [
    "Aisha", "Alan", "André", "Anna", "Astrid", "Ben", "Björn", "Chidi", "Clara", "Daniel", "Elena", "Fatima", "Hana",
    "Ibrahim", "João", "Laura", "Łukasz", "Maya", "Nadia", "Omar", "Priya", "Søren", "Tomás", "Zoë",
];
const START: [&str; 20] = [
    "Ack", "Bau", "Brink", "Dor", "Eber", "Fisch", "Grün", "Hoff", "Jans", "Kö", "Lind", "Mül", "Nowa", "Ols", "Pet",
    "Ros", "Schnei", "Strau", "Wag", "Wój",
];
const END: [&str; 16] = [
    "berg", "cik", "dahl", "er", "feld", "gaard", "hauser", "ier", "kamp", "ler", "mann", "nson", "owski", "ström",
    "thal", "ß",
];

struct Named {
    name: String,
    email: String,
}

/// The same person for the same number.
fn named(number: usize) -> Named {
    // Spreads neighbours over all names.
    let mixed = number.wrapping_mul(2_654_435_761) >> 3;
    let of = |list: &[&'static str], by: usize| list[mixed / by % list.len()];
    let first = of(&FIRST, 1);
    let last = format!("{}{}", of(&START, 24), of(&END, 480));
    let plain = |text: &str| roomkey_proxy::people::fold::fold(text);
    Named { email: format!("{}.{}{number}@example.com", plain(first), plain(&last)), name: format!("{first} {last}") }
}

fn line(vendor: &str, number: usize) -> Line {
    let Named { name, email } = named(number);
    let unit = Unit { vendor: vendor.to_owned(), kind: "group".to_owned(), id: (number % UNITS).to_string() };
    Line {
        id: format!("{vendor}-{number:08}"),
        name,
        emails: vec![email],
        department: format!("Department {}", number % UNITS),
        units: [unit].into(),
        place: format!("{vendor}.user"),
        params: PathParams::from_iter([("userId".to_owned(), format!("{vendor}-{number:08}"))]),
        ..Line::default()
    }
}

#[tokio::main]
async fn main() {
    let people = std::env::args().filter_map(|text| text.parse().ok()).next().unwrap_or(PEOPLE);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.db");
    let store = SqliteStore::open(&path).await.unwrap();
    let rest_kib = resident_kib();
    for (vendor, percent) in [("zoom", 100), ("webex", 90), ("connect", 80)] {
        read(&store, vendor, people * percent / 100, "first reading").await;
    }
    read(&store, "zoom", people, "reading again, nothing changed").await;
    println!("resident after reading: {} KiB, {} KiB before", resident_kib(), rest_kib);
    let size = std::fs::metadata(&path).unwrap().len();
    println!("database: {} MiB", size / 1024 / 1024);

    println!("{:<34}{:>9}{:>9}{:>9}{:>8}", "search", "p50", "p95", "longest", "hits");
    let part = |letters: usize, skip: usize| {
        move |number: usize| named(number * 331).name.chars().skip(skip).take(letters).collect::<String>()
    };
    search(&store, "1 letter, beginning", &part(1, 0), &[]).await;
    search(&store, "1 letter, any", &part(1, 3), &[]).await;
    search(&store, "2 letters, beginning", &part(2, 0), &[]).await;
    search(&store, "2 letters, middle", &part(2, 2), &[]).await;
    search(&store, "3 letters, beginning", &part(3, 0), &[]).await;
    search(&store, "3 letters, middle", &part(3, 1), &[]).await;
    search(&store, "8 letters", &part(8, 1), &[]).await;
    search(&store, "two words", &|number| named(number * 331).name, &[]).await;
    search(&store, "two short words", &|number| format!("{} {}", part(1, 0)(number), part(2, 8)(number)), &[]).await;
    search(&store, "whole address", &|number| named(number * 31).email, &[]).await;
    search(&store, "what everybody has", &|_| "example.com".to_owned(), &[]).await;
    search(&store, "what nobody has", &|number| format!("xq{number}zj"), &[]).await;
    let unit: Unit = "zoom.group:7".parse().unwrap();
    search(&store, "1 letter, in one unit of 40", &part(1, 0), std::slice::from_ref(&unit)).await;
    search(&store, "what everybody has, in one unit", &|_| "example.com".to_owned(), std::slice::from_ref(&unit)).await;
    println!("resident after searching: {} KiB", resident_kib());
    store.close().await;
}

async fn read(store: &SqliteStore, vendor: &str, lines: usize, what: &str) {
    let begun = Instant::now();
    let pass = store.people().begin_reading(vendor, "{}").await.unwrap();
    let mut slowest = Duration::ZERO;
    for from in (0..lines).step_by(PAGE) {
        let page: Vec<Line> = (from..lines.min(from + PAGE)).map(|number| line(vendor, number)).collect();
        let begun = Instant::now();
        store.people().put_lines(vendor, pass, &page, Some("{}")).await.unwrap();
        slowest = slowest.max(begun.elapsed());
    }
    store.people().end_reading(vendor, pass, 1).await.unwrap();
    println!("{what}: {lines} lines of {vendor} in {:.1?}; slowest page {slowest:.0?}", begun.elapsed());
}

async fn search(store: &SqliteStore, what: &str, text: &dyn Fn(usize) -> String, units: &[Unit]) {
    let mut times = Vec::with_capacity(SEARCHES);
    let mut hits = 0;
    for number in 0..SEARCHES {
        let query = Query::new(&text(number), 20, units);
        let begun = Instant::now();
        let (found, _) = store.people().search(&query).await.unwrap();
        times.push(begun.elapsed());
        hits += found.len();
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1_000.0);
    println!("{what:<34}{:>9}{:>9}{:>9}{:>8}", ms(at(50)), ms(at(95)), ms(at(100)), hits / SEARCHES);
}

/// What of this process is in memory.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or_default()
}
