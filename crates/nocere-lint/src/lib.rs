//! Text becomes spans, spans become a catalog, a catalog becomes findings.
//!
//! One engine serves every surface: `Session::new(config).lint(inputs)`. This crate reads no file, prints nothing
//! and knows no command line.

pub mod document;
pub mod phrase;
pub mod position;
pub mod prose;
