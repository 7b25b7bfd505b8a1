//! The manifest: which files a bundle consists of, and what it was made from. It is the one file that is signed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Bundle, Provenance, VERSION};

/// Lists every file of a bundle with its hash, and says what the bundle was made from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Manifest {
    /// What this file is.
    pub format: ManifestFormat,
    /// The version of the format, the same as the bundle's. Readers refuse a version that they do not know.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// The catalog, and which version of it.
    pub catalog: CatalogVersion,
    /// The commit that the catalog was read from; absent when it is in no git repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Revision>,
    /// What the bundle was made from and with.
    pub provenance: Provenance,
    /// Every file of the bundle but this one and its signature, by path.
    pub files: Vec<FileHash>,
}

/// The name of the format.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub enum ManifestFormat {
    /// A manifest of nocere.
    #[serde(rename = "nocere-manifest")]
    NocereManifest,
}

/// A version of a catalog.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CatalogVersion {
    /// The catalog's id, in kebab-case.
    pub id: String,
    /// Its version, `MAJOR.MINOR.PATCH`.
    pub version: String,
}

/// A commit of a git repository.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Revision {
    /// The commit's full name.
    pub revision: String,
    /// Whether files of the catalog differed from that commit.
    pub dirty: bool,
}

/// A file of a bundle, and exactly which bytes of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FileHash {
    /// Where it is in the folder, with forward slashes.
    pub path: String,
    /// The format that it belongs to.
    pub format: String,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// The manifest of a bundle that consists of these files.
    #[must_use]
    pub fn of(
        bundle: &Bundle,
        source: Option<Revision>,
        provenance: Provenance,
        mut files: Vec<FileHash>,
    ) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let catalog =
            CatalogVersion { id: bundle.catalog.id.clone(), version: bundle.catalog.version.clone() };
        Self {
            format: ManifestFormat::NocereManifest,
            version: bundle.version,
            catalog,
            source,
            provenance,
            files,
        }
    }

    /// The JSON Schema (2020-12) of a manifest.
    #[must_use]
    pub fn schema() -> Value {
        super::written_schema::<Self>("manifest")
    }
}
