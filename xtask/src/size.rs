//! The byte budgets of the console: what a browser has to fetch before anything works, and the parts that it fetches
//! when they are wanted, compressed as they are served. Must not measure uncompressed bytes, which nobody waits for.

use std::path::{Path, PathBuf};

use crate::failure::{Result, sentence};
use crate::process::Process;
use crate::{parts, say, setup, workspace};

/// JavaScript, style sheets and the WebAssembly that begins, in bytes after Brotli (docs/decisions/005 and 010).
const FIRST_BUDGET: u64 = 150_000;

/// All parts together.
const PARTS_BUDGET: u64 = 290_000;

const COUNTED: &[&str] = &["css", "js", "wasm"];

/// For pages of others: the console does not fetch it.
const NOT_OURS: &str = "embed.js";

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
    let measured: Vec<(String, u64)> = files.iter().map(|file| name_of(file)).zip(sizes).collect();
    let (parts, first): (Vec<_>, Vec<_>) = measured.into_iter().partition(|(name, _)| is_part(name));
    // Both are measured before one fails.
    let verdicts = [tell("The console", &first, FIRST_BUDGET), tell("All that comes in parts", &parts, PARTS_BUDGET)];
    verdicts.into_iter().collect()
}

/// Prints the files and what they come to.
fn tell(what: &str, files: &[(String, u64)], budget: u64) -> Result<()> {
    for (name, size) in files {
        say::line(&format!("   {:>9} B  {name}", grouped(*size)));
    }
    say::line(&format!("   {}", verdict(what, files.iter().map(|(_, size)| size).sum(), budget)?));
    Ok(())
}

fn verdict(what: &str, total: u64, budget: u64) -> Result<String> {
    let told = format!("{} B of {} B, compressed with Brotli", grouped(total), grouped(budget));
    if total > budget {
        return Err(sentence(format!(
            "{what} is too large: {told}. Take something out, or raise the budget with a reason."
        )));
    }
    Ok(told)
}

/// Whether the console begins without this file.
fn is_part(name: &str) -> bool {
    parts::is_wasm(name) && !name.ends_with(parts::FIRST)
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn files() -> Result<Vec<PathBuf>> {
    let dist = workspace::dist_dir();
    let entries = dist.read_dir().map_err(|cause| sentence(format!("{} cannot be read: {cause}.", dist.display())))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| !file.ends_with(NOT_OURS));
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
        assert!(verdict("It", 150, 150).is_ok());
        assert!(verdict("It", 151, 150).is_err());
    }

    #[test]
    fn what_is_fetched_later_has_a_budget_of_its_own() {
        assert!(is_part("roomkey-console-00ff00ff00ff00ff_split_bulk.wasm"));
        assert!(is_part("roomkey-console-00ff00ff00ff00ff_chunk_3.wasm"));
        for first in ["roomkey-console-00ff00ff00ff00ff_bg.wasm", "roomkey-console-00ff00ff00ff00ff.js", "console.css"]
        {
            assert!(!is_part(first), "{first}");
        }
    }
}
