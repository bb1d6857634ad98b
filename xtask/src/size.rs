//! The byte budget of the console: what a browser has to fetch before anything works, compressed as it is served.
//! Must not measure uncompressed bytes, which nobody waits for.

use std::path::PathBuf;

use crate::failure::{Result, sentence};
use crate::process::Process;
use crate::{say, setup, workspace};

/// JavaScript, style sheets and WebAssembly together, in bytes after Brotli (docs/decisions/005).
const BUDGET: u64 = 290_000;

const COUNTED: &[&str] = &["css", "js", "wasm"];

/// Node brings Brotli with it, at a speed that an unoptimised xtask would not have.
const COMPRESS: &str = "\
const { brotliCompressSync } = require('node:zlib');
const { readFileSync } = require('node:fs');
for (const file of process.argv.slice(1)) console.log(brotliCompressSync(readFileSync(file)).length);";

/// Measures dist/ and fails when it is over the budget.
pub(crate) fn check() -> Result<()> {
    setup::node()?;
    say::step("size");
    let files = files()?;
    let answer = Process::new("node").args(["--eval", COMPRESS, "--"]).args(&files).answer();
    let sizes: Vec<u64> = answer.unwrap_or_default().lines().filter_map(|line| line.parse().ok()).collect();
    if sizes.len() != files.len() || files.is_empty() {
        return Err(sentence("The console's files in dist/ could not be measured."));
    }
    for (file, size) in files.iter().zip(&sizes) {
        say::line(&format!("   {:>9} B  {}", grouped(*size), file.file_name().unwrap_or_default().to_string_lossy()));
    }
    say::line(&format!("   {}", verdict(sizes.iter().sum())?));
    Ok(())
}

fn verdict(total: u64) -> Result<String> {
    let told = format!("{} B of {} B, compressed with Brotli", grouped(total), grouped(BUDGET));
    if total > BUDGET {
        return Err(sentence(format!(
            "The console is too large: {told}. Take something out, or raise the budget with a reason."
        )));
    }
    Ok(told)
}

fn files() -> Result<Vec<PathBuf>> {
    let dist = workspace::dist_dir();
    let entries = dist.read_dir().map_err(|cause| sentence(format!("{} cannot be read: {cause}.", dist.display())))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| COUNTED.iter().any(|counted| ending == *counted)));
    files.sort();
    Ok(files)
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(200_000), "200,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn a_byte_over_the_budget_fails() {
        assert!(verdict(BUDGET).is_ok());
        assert!(verdict(BUDGET + 1).is_err());
    }
}
