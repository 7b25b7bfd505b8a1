//! The formats that a bundle can take: one small file each, and one line here.

mod json;

use std::{fmt, str::FromStr};

use nocere_model::Bundle;

use crate::File;

/// A format that a bundle can take.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Format {
    /// One canonical JSON file, described by `schemas/bundle.schema.json`.
    Json,
}

/// A bundle could not be put into a format.
#[derive(Debug)]
pub struct FormatError {
    /// The format.
    pub format: Format,
    /// Why.
    pub message: String,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the bundle could not be written as {}: {}", self.format, self.message)
    }
}
impl std::error::Error for FormatError {}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[Self::Json];

    /// Its name, as on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
        }
    }

    /// The files of a bundle in this format. The same bundle always gives the same bytes.
    ///
    /// # Errors
    /// When the format cannot hold the bundle.
    pub fn files(self, bundle: &Bundle) -> Result<Vec<File>, FormatError> {
        let files = match self {
            Self::Json => json::files(bundle),
        };
        let named = |(name, bytes): (&str, Vec<u8>)| File { format: self, name: name.into(), bytes };
        match files {
            Ok(files) => Ok(files.into_iter().map(named).collect()),
            Err(message) => Err(FormatError { format: self, message }),
        }
    }

    /// How two files of this format that are not equal differ, in words; never empty.
    pub(crate) fn differences(self, old: &[u8], new: &[u8]) -> Vec<String> {
        match self {
            Self::Json => json::differences(old, new),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
        let known = Self::ALL.iter().copied().find(|format| format.name() == text);
        known.ok_or_else(|| format!("there is no format `{text}`; the formats are: {}", names()))
    }
}
