//! Fuzzes `bundle::verify`.

#![no_main]

#[path = "../checks/bundle.rs"]
#[allow(dead_code)]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::verify(bytes));
