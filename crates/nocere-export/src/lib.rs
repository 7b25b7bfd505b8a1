//! A linted catalog becomes a [`Bundle`](nocere_model::Bundle), and a bundle becomes the files of each [`Format`] and a
//! manifest of them.
//!
//! Nothing here judges content: that is done by the rules, and a catalog with errors has no bundle. Only
//! [`write`], [`check`] and [`verify`] touch files.

mod assemble;
mod check;
mod file;
mod formats;
mod former;
mod manifest;
mod signature;
mod verify;
mod write;

pub use assemble::{Blocked, Unreadable, Unresolved, as_written, bundle, provenance};
pub use check::{State, check};
pub use file::{File, FileError};
pub use formats::{Export, Format, FormatError, json::PATH as BUNDLE};
pub use former::{is_bundle, is_manifest};
pub use manifest::{files, formats_in};
pub use signature::{KeyError, PublicKey, sign};
pub use verify::{Expected, Verified, verify};
pub use write::write;
