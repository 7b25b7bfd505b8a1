//! What exercise content is.
pub mod wording;
