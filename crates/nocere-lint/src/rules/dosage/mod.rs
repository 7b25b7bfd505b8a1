//! How much, how long, how often.

pub(crate) mod duration_mismatch;
pub(crate) mod implausible_dosage;
pub(crate) mod missing_dosage;
