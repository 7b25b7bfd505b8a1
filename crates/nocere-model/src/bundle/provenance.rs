//! What a bundle was made from. Nothing here depends on the machine, the clock or the place of the files.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Kind;

/// What a bundle was made from, so that anybody can make it again and compare.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Provenance {
    /// The version of nocere that made it.
    pub nocere: String,
    /// The knowledge packs that the catalog uses, by id.
    pub packs: Vec<PackHash>,
    /// The catalog's own documents, by kind and id.
    pub documents: Vec<DocumentHash>,
    /// What the linter found. A bundle has no errors.
    pub findings: FindingCounts,
}

/// A knowledge pack, and exactly which content of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PackHash {
    /// Its id.
    pub id: String,
    /// Its version, `MAJOR.MINOR.PATCH`.
    pub version: String,
    /// The SHA-256, in hexadecimal, of a list with one line for each of its documents: the SHA-256 of the file, a
    /// space, the kind, a space, the id, and a line feed; sorted by kind and id.
    pub sha256: String,
}

/// A document of the catalog, and exactly which content of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DocumentHash {
    /// What the document is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// The SHA-256 of its file, in hexadecimal.
    pub sha256: String,
}

/// How many findings of each severity the linter reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FindingCounts {
    /// Errors. They block an export, so there are none.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Notes.
    pub note: usize,
}
