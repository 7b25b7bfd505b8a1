//! What comes before what.

pub(crate) mod missing_prerequisite;
pub(crate) mod one_sided;
pub(crate) mod order_cycle;
pub(crate) mod order_violation;
