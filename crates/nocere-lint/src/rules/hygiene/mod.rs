//! Whether the files can be read and agree with each other.

pub(crate) mod duplicate_id;
pub(crate) mod invalid_pattern;
pub(crate) mod invalid_schema;
pub(crate) mod invalid_syntax;
pub(crate) mod placeholder_text;
pub(crate) mod unknown_reference;
