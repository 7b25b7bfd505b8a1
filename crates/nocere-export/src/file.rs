//! The files of an export, and what can go wrong with them.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

/// A file of an export, in memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Where it is in the folder of the bundle, with forward slashes.
    pub path: String,
    /// The name of the format that it belongs to.
    pub format: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why the files of an export could not be written or read.
#[derive(Debug)]
pub struct FileError {
    /// The file or folder.
    pub path: PathBuf,
    /// What was wrong with it.
    pub message: String,
}

impl FileError {
    pub(crate) fn new(path: &Path, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), message: message.into() }
    }

    /// What the operating system said, while doing something.
    pub(crate) fn while_(path: &Path, doing: &str) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::new(path, format!("could not be {doing}: {}", plain(&error)))
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path.display(), self.message)
    }
}
impl std::error::Error for FileError {}

impl File {
    /// Where it belongs: in the folder itself or below it, never elsewhere.
    pub(crate) fn path_in(&self, folder: &Path) -> Result<PathBuf, FileError> {
        if is_plain(&self.path) {
            Ok(folder.join(&self.path))
        } else {
            Err(FileError::new(Path::new(&self.path), "is not a plain file name, so it is not written"))
        }
    }
}

/// Whether a path leads to a file below the folder that it is joined to, on every system and in every spelling.
pub(crate) fn is_plain(path: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.chars().all(good))
}

/// The SHA-256 of bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An error of the system without its number.
pub(crate) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_ascii_lowercase()
}
