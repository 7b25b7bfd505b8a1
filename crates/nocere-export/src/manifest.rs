//! Every file of a bundle, and the manifest that lists them.

use std::{fs, io::ErrorKind, path::Path};

use nocere_model::bundle::{FileHash, Manifest, Revision};

use crate::{Export, File, FileError, Format, FormatError, file::sha256, formats::json};

/// Where the manifest is in the folder of a bundle.
pub(crate) const PATH: &str = "manifest.json";

/// Where its signature is, if it is signed.
pub(crate) const SIGNATURE: &str = "manifest.json.minisig";

/// The files of a bundle in these formats, each once, and the canonical one whatever was asked for: the others are
/// compared with it when the bundle is verified. The manifest comes last.
///
/// # Errors
/// When a format cannot hold the bundle.
pub fn files(
    export: &Export,
    formats: &[&Format],
    source: Option<Revision>,
) -> Result<Vec<File>, FormatError> {
    let wanted = |format: &&Format| {
        format.name == Format::CANONICAL.name || formats.iter().any(|wanted| wanted.name == format.name)
    };
    let mut files = Vec::new();
    for format in Format::ALL.iter().filter(wanted) {
        files.extend(format.files(export)?);
    }
    let hashes = files.iter().map(|file| FileHash {
        path: file.path.clone(),
        format: file.format.clone(),
        size: file.bytes.len() as u64,
        sha256: sha256(&file.bytes),
    });
    let manifest = Manifest::of(&export.bundle, source, export.provenance.clone(), hashes.collect());
    let bytes =
        json::canonical(&manifest).map_err(|message| FormatError { format: "a manifest", message })?;
    files.push(File { path: PATH.into(), format: String::new(), bytes });
    Ok(files)
}

/// The formats of the bundle in a folder, as far as they are known, by its manifest; none where there is no bundle.
///
/// # Errors
/// When the manifest is there and cannot be read.
pub fn formats_in(folder: &Path) -> Result<Vec<&'static Format>, FileError> {
    let path = folder.join(PATH);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(FileError::while_(&path, "read")(error)),
    };
    // A manifest that cannot be understood is not current, and the comparison says so.
    let Ok(manifest) = serde_json::from_slice::<Manifest>(&bytes) else { return Ok(Vec::new()) };
    let has = |format: &&Format| manifest.files.iter().any(|file| file.format == format.name);
    Ok(Format::ALL.iter().filter(has).collect())
}
