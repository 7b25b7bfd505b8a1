//! The formats that a bundle can take: one small file each, and two lines here.
//!
//! A format's file holds a `FORMAT` and nothing public besides. Command line, manifest, `export --check`, `verify` and
//! the tests of all formats then know it.

mod fhir;
pub(crate) mod json;
mod ndjson;
mod site;
mod sqlite;

use std::{borrow::Cow, fmt};

use nocere_model::{Bundle, bundle::Provenance};

use crate::File;

/// A format that a bundle can take.
#[derive(Debug)]
pub struct Format {
    /// Its name, as on the command line.
    pub name: &'static str,
    /// What it is, in a few words that start in lower case.
    pub about: &'static str,
    files: fn(&Export) -> Result<Vec<Named>, String>,
}

/// The path of a file in the folder of the bundle, with forward slashes, and its bytes.
type Named = (&'static str, Vec<u8>);

/// What every format is made from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Export {
    /// What front ends show.
    pub bundle: Bundle,
    /// What it was made from and with. The manifest holds it; a format may show it.
    pub provenance: Provenance,
}

/// A bundle could not be put into a format.
#[derive(Debug)]
pub struct FormatError {
    /// The name of the format.
    pub format: &'static str,
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
    pub const ALL: &'static [Self] =
        &[json::FORMAT, ndjson::FORMAT, sqlite::FORMAT, fhir::FORMAT, site::FORMAT];

    /// The format that every bundle has, which the others are made from and compared with.
    pub const CANONICAL: &'static Self = &json::FORMAT;

    /// The format of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|format| format.name == name)
    }

    /// The files of an export in this format. The same export always gives the same bytes.
    ///
    /// # Errors
    /// When the format cannot hold the bundle.
    pub fn files(&self, export: &Export) -> Result<Vec<File>, FormatError> {
        let files = (self.files)(export).map_err(|message| FormatError { format: self.name, message })?;
        let file = |(path, bytes): Named| File { path: path.into(), format: self.name.into(), bytes };
        Ok(files.into_iter().map(file).collect())
    }
}

/// A text without the control characters that formats forbid or trip over: each becomes U+FFFD, so that nothing
/// vanishes unseen. Line ends and tabs stay.
fn printable(text: &str) -> Cow<'_, str> {
    let forbidden = |letter: char| letter < ' ' && !matches!(letter, '\t' | '\n' | '\r');
    if text.contains(forbidden) { text.replace(forbidden, "\u{fffd}").into() } else { text.into() }
}
