//! Whether the files can be read and agree with each other.

pub(crate) mod duplicate_id;
pub(crate) mod expired_suppression;
pub(crate) mod failing_example;
pub(crate) mod invalid_pattern;
pub(crate) mod invalid_schema;
pub(crate) mod invalid_syntax;
pub(crate) mod placeholder_text;
pub(crate) mod stale_baseline;
pub(crate) mod suppression_without_reason;
pub(crate) mod swallowed_item;
pub(crate) mod unknown_reference;
pub(crate) mod unused_suppression;
