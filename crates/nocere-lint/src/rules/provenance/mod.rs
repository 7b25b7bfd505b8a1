//! Who says so.

pub(crate) mod missing_source;
pub(crate) mod uncited_limit;
