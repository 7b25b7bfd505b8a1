//! The files of an export, and what can go wrong with them.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use crate::Format;

/// A file of an export, in memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// The format that it belongs to.
    pub format: Format,
    /// Its name in the folder of the export.
    pub name: String,
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
        move |error| Self::new(path, format!("could not be {doing}: {error}"))
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path.display(), self.message)
    }
}
impl std::error::Error for FileError {}

impl File {
    /// Where it belongs: in the folder itself, never elsewhere.
    pub(crate) fn path_in(&self, folder: &Path) -> Result<PathBuf, FileError> {
        let path = folder.join(&self.name);
        let plain = !self.name.is_empty() && !self.name.contains(['/', '\\', ':']) && self.name != "..";
        if plain && self.name != "." && path.parent() == Some(folder) {
            Ok(path)
        } else {
            Err(FileError::new(Path::new(&self.name), "is not a plain file name, so it is not written"))
        }
    }
}
