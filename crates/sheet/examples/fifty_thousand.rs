//! Prints how long tables of 50,000 rows take, and how much memory: `cargo run --release --example fifty_thousand`.
#![expect(clippy::print_stdout, reason = "it is for looking at")]

use std::ops::ControlFlow;
use std::time::Instant;

use peak_alloc::PeakAlloc;
use roomkey_sheet::{Options, SheetFault, read, stream, write_csv, write_xlsx};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let header = ["E-mail", "Name", "PIN", "Department", "Note", "Result"];
    let rows = || {
        (0..50_000).map(|at| {
            let email = format!("person.{at}@example.com");
            [
                email,
                format!("Jördis Müller {at}"),
                format!("{:06}", at * 7 % 1_000_000),
                format!("Unit {}", at % 40),
                String::new(),
                "changed".into(),
            ]
        })
    };
    let (mut text, mut book) = (Vec::new(), Vec::new());
    measured("write CSV", || write_csv(&header, rows(), &mut text))?;
    measured("write XLSX", || write_xlsx("People", &header, rows(), &mut book))?;
    println!("CSV {} KiB, XLSX {} KiB", text.len() >> 10, book.len() >> 10);
    let options = Options::default();
    for (name, bytes) in [("CSV", &text), ("XLSX", &book)] {
        let sheet = measured(&format!("read {name}"), || read(bytes, &options))?;
        println!("{sheet:?}");
        measured(&format!("stream {name}"), || -> Result<_, SheetFault> {
            stream(bytes, &options, |_, _| ControlFlow::Continue(()))
        })?;
    }
    Ok(())
}

fn measured<T>(what: &str, run: impl FnOnce() -> T) -> T {
    MEMORY.reset_peak_usage();
    let (before, began) = (MEMORY.current_usage(), Instant::now());
    let value = run();
    let (took, peak) = (began.elapsed(), MEMORY.peak_usage() - before);
    println!("{what}: {took:?}, {} KiB more at most", peak >> 10);
    value
}
