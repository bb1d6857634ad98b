//! Reads whatever a fuzzer makes as a text. What must hold is in `roomkey_sheet::fuzzing`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| roomkey_sheet::fuzzing::csv(data));
