//! A foreign exercise library becomes the files of a catalog in draft. This crate reads and writes no file.
//!
//! An import maps what can be mapped, proposes demands from the words and contraindications from the demands, and
//! keeps everything else under `import:`. What it made is read back before it is handed out: an import that would
//! lose or change anything of the library is refused.

pub mod free_exercise_db;
mod ids;
mod notes;
mod proposal;
mod yaml;

use std::fmt;

pub use notes::Tally;

/// A catalog, not yet written.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Its files: the path in the catalog's folder, with forward slashes, and the text.
    pub files: Vec<(String, String)>,
    /// What was done, in numbers.
    pub tally: Tally,
}

/// Why a library could not be imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportError {
    /// What is wrong, and where.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl ImportError {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for ImportError {}
