//! Fuzzes `lint::fixes`.

#![no_main]

#[path = "../checks/lint.rs"]
#[allow(dead_code)]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::fixes(bytes));
