//! A linted catalog becomes a [`Bundle`](nocere_model::Bundle), and a bundle becomes the files of each [`Format`].
//!
//! Nothing here judges content: that is done by the rules, and a catalog with errors has no bundle. Only
//! [`write`] and [`check`] touch files.

mod assemble;
mod check;
mod file;
mod formats;
mod write;

pub use assemble::{Blocked, Unresolved, bundle};
pub use check::{State, check};
pub use file::{File, FileError};
pub use formats::{Format, FormatError};
pub use write::write;
