//! Files made to break what reads them: each is refused or read within 256 MiB, counted by an allocator of this
//! program's own. One test, since tests side by side would count each other's memory.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bombs;

use peak_alloc::PeakAlloc;
use roomkey_sheet::{HeaderRow, Options, read};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MOST_MIB: usize = 256;

#[test]
fn every_bomb_is_refused_or_read_in_bounded_memory() {
    let options = Options { header: HeaderRow::Absent, ..Options::default() };
    let mut wrong = Vec::new();
    for (name, make, expected) in bombs::ALL {
        let bytes = make();
        assert!(bytes.len() <= 10 << 20, "{name} is sent at all");
        // What a caller holds counts, what made the file does not.
        let before = MEMORY.current_usage() - bytes.capacity();
        MEMORY.reset_peak_usage();
        let began = std::time::Instant::now();
        let result = read(&bytes, &options);
        let peak_mib = (MEMORY.peak_usage() - before) >> 20;
        println!("{name}: {} KiB in, {peak_mib} MiB at most, {:?}", bytes.len() >> 10, began.elapsed());
        let outcome = result.map_or_else(|fault| fault.kind().to_owned(), |sheet| format!("{} rows", sheet.len()));
        if outcome != *expected || peak_mib > MOST_MIB {
            wrong.push(format!("{name}: {outcome} instead of {expected}, with {peak_mib} MiB"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
