//! What a bundle was made from. Nothing here depends on the machine, the clock or the place of the files.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Date, Kind, Severity};

/// What a bundle was made from, so that anybody can make it again and compare.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Provenance {
    /// The version of nocere that made it.
    pub nocere: String,
    /// The knowledge packs that the catalog uses, by id.
    pub packs: Vec<PackHash>,
    /// The catalog's own documents, by kind and id.
    pub documents: Vec<DocumentHash>,
    /// The rules that it was linted with, and the severity that each has in this catalog. Rules that the catalog
    /// turned off are not here.
    pub rules: BTreeMap<String, Severity>,
    /// The SHA-256, in hexadecimal, of the catalog's settings (its `nocere.toml`) as canonical JSON (RFC 8785).
    pub settings_sha256: String,
    /// What the linter found. A bundle has no errors.
    pub findings: FindingCounts,
    /// The findings that people decided to allow, and why, by kind, id and rule.
    pub suppressions: Vec<Allowed>,
}

/// Findings that people decided to allow, in one place of a document.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Allowed {
    /// What the document is.
    pub kind: Kind,
    /// The document's id.
    pub id: String,
    /// The rule whose findings are allowed.
    pub rule: String,
    /// Why, in the words of the person who allowed it.
    pub reason: String,
    /// The last day on which it counts, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// How many findings it took away.
    pub findings: usize,
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
