//! Fuzzes `import::import`.

#![no_main]

#[path = "../checks/import.rs"]
#[allow(dead_code)]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::import(bytes));
