//! From text to findings.
pub mod phrase;
pub mod prose;
