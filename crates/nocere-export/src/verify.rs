//! Whether the bundle in a folder is whole, unchanged and safe, without the catalog that it was made from.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    path::Path,
};

use nocere_lint::verify as proof;
use nocere_model::{Bundle, bundle::Manifest};
use serde_json::Value;

use crate::{
    Export, Format, PublicKey,
    assemble::review,
    file::{is_plain, plain, sha256},
    formats::json::{self, canonical},
    former::paths,
    manifest::{PATH, SIGNATURE},
};

/// The most bytes of a manifest or a signature that are read.
const MOST_BYTES: u64 = 256 << 20;

/// What a bundle must be beyond being sound.
#[derive(Clone, Copy, Debug, Default)]
pub struct Expected<'e> {
    /// The key that it must be signed with.
    pub key: Option<&'e PublicKey>,
    /// The least version of its catalog.
    pub at_least: Option<&'e str>,
    /// A folder with an older bundle of the same catalog.
    pub newer_than: Option<&'e Path>,
}

/// A bundle that was verified.
#[derive(Debug)]
pub struct Verified {
    /// Its manifest.
    pub manifest: Manifest,
    /// Its content.
    pub bundle: Bundle,
    /// What a person should know all the same.
    pub notes: Vec<String>,
}

/// Verifies the bundle in a folder.
///
/// # Errors
/// Why the bundle is refused, in plain words; never empty.
pub fn verify(folder: &Path, expected: &Expected<'_>) -> Result<Verified, Vec<String>> {
    let (bytes, manifest) = manifest(folder)?;
    let mut faults = signature(folder, &bytes, &manifest, expected);
    faults.extend(versions(&manifest, expected));
    let files = files(folder, &manifest, &mut faults);
    let mut notes = Vec::new();
    let bundle = match files.get(json::PATH) {
        Some(bytes) => content(bytes, &manifest, &files, &mut faults, &mut notes),
        None => {
            // One that is missing or changed was reported.
            if !manifest.files.iter().any(|file| file.path == json::PATH) {
                faults.push(format!(
                    "the manifest lists no {}, with which the others are compared",
                    json::PATH
                ));
            }
            None
        }
    };
    if expected.key.is_none() && folder.join(SIGNATURE).exists() {
        notes.push("the bundle is signed; `--public-key` checks by whom".into());
    }
    match bundle {
        Some(bundle) if faults.is_empty() => Ok(Verified { manifest, bundle, notes }),
        _ => Err(faults),
    }
}

/// The manifest of a folder, with its bytes.
fn manifest(folder: &Path) -> Result<(Vec<u8>, Manifest), Vec<String>> {
    let bytes = read(folder, PATH)
        .map_err(|why| vec![format!("{PATH} {why}: nothing says which files belong to the bundle")])?;
    let value = parse(&bytes, PATH)?;
    if value["format"] != "nocere-manifest" {
        return Err(vec![format!("{PATH} is not the manifest of a bundle")]);
    }
    proof::version(&value, PATH).map_err(|fault| vec![fault])?;
    proof::schema(&value, &Manifest::schema(), PATH)?;
    let manifest: Manifest =
        serde_json::from_value(value).map_err(|error| vec![format!("{PATH} cannot be read: {error}")])?;
    match manifest.provenance.findings.error {
        0 => Ok((bytes, manifest)),
        _ => Err(vec![format!("{PATH} says that the linter found errors, and then there is no bundle")]),
    }
}

/// Canonical JSON, and nothing that only looks like it: keys that stand twice are read differently by different programs.
fn parse(bytes: &[u8], path: &str) -> Result<Value, Vec<String>> {
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| vec![format!("{path} is not JSON: {error}")])?;
    match canonical(&value) {
        Ok(written) if written == bytes => Ok(value),
        _ => Err(vec![format!("{path} is not canonical JSON, so it was changed after it was written")]),
    }
}

/// A file of a bundle: a regular file, which no link leads away from.
fn read(folder: &Path, path: &str) -> Result<Vec<u8>, String> {
    let full = folder.join(path);
    match fs::symlink_metadata(&full) {
        Ok(found) if !found.is_file() => Err("is no regular file".into()),
        Ok(found) if found.len() > MOST_BYTES => Err(format!("is larger than {} MiB", MOST_BYTES >> 20)),
        Ok(_) => fs::read(&full).map_err(|error| format!("could not be read: {}", plain(&error))),
        Err(error) if error.kind() == ErrorKind::NotFound => Err("is missing".into()),
        Err(error) => Err(format!("could not be read: {}", plain(&error))),
    }
}

fn signature(folder: &Path, bytes: &[u8], manifest: &Manifest, expected: &Expected<'_>) -> Vec<String> {
    let Some(key) = expected.key else { return Vec::new() };
    let refused = match read(folder, SIGNATURE) {
        Ok(signature) => match String::from_utf8(signature) {
            Ok(signature) => key.refuses(bytes, &signature, &manifest.catalog),
            Err(_) => Some(format!("{SIGNATURE} is not a signature of minisign")),
        },
        Err(why) => Some(format!("{SIGNATURE} {why}: nobody has signed this bundle")),
    };
    refused.into_iter().collect()
}

/// Whether the version of the catalog is one that may follow.
fn versions(manifest: &Manifest, expected: &Expected<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let here = &manifest.catalog;
    let number = |text: &str| {
        let parts: Option<Vec<u64>> = text.split('.').map(|part| part.parse().ok()).collect();
        parts.filter(|parts| parts.len() == 3).ok_or_else(|| format!("`{text}` is not a version like 1.4.0"))
    };
    let mut compare = |least: &str, allowed: &dyn Fn(&Vec<u64>, &Vec<u64>) -> bool, words: &str| {
        match (number(&here.version), number(least)) {
            (Ok(version), Ok(least)) if allowed(&version, &least) => {}
            (Ok(_), Ok(_)) => faults.push(format!(
                "the catalog's version is {}, {words} {least}: an older bundle may lack contraindications that a newer one has",
                here.version
            )),
            (Err(fault), _) | (_, Err(fault)) => faults.push(fault),
        }
    };
    compare(&here.version, &|a, b| a >= b, "");
    if let Some(least) = expected.at_least {
        compare(least, &|version, least| version >= least, "and must be at least");
    }
    if let Some(old) = expected.newer_than {
        match self::manifest(old) {
            Ok((_, old)) if old.catalog.id != here.id => {
                faults.push(format!(
                    "the older bundle is of another catalog, `{}`, and this one of `{}`",
                    old.catalog.id, here.id
                ));
            }
            Ok((_, old)) => {
                compare(&old.catalog.version, &|version, old| version > old, "which is not newer than")
            }
            Err(old) => faults.extend(old.into_iter().map(|fault| format!("in the older bundle: {fault}"))),
        }
    }
    faults
}

/// The listed files that are there and unchanged, by path.
fn files<'m>(folder: &Path, manifest: &'m Manifest, faults: &mut Vec<String>) -> BTreeMap<&'m str, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for listed in &manifest.files {
        let path = listed.path.as_str();
        if !is_plain(path) || path == PATH || path == SIGNATURE || !seen.insert(path.to_ascii_lowercase()) {
            faults.push(format!(
                "the manifest lists `{path}`, which cannot be a file of the bundle, or is listed twice"
            ));
            continue;
        }
        let linked = Path::new(path)
            .ancestors()
            .skip(1)
            .any(|above| folder.join(above).is_symlink() && above != Path::new(""));
        match read(folder, path) {
            _ if linked => faults.push(format!("{path} is reached through a symbolic link")),
            Ok(bytes) if bytes.len() as u64 != listed.size => faults.push(format!(
                "{path} has {} bytes, and the manifest says {}: it was changed or cut off",
                bytes.len(),
                listed.size
            )),
            Ok(bytes) if sha256(&bytes) != listed.sha256 => {
                faults.push(format!(
                    "{path} is not the file that the manifest lists: its SHA-256 differs, so it was changed"
                ));
            }
            Ok(bytes) => {
                files.insert(path, bytes);
            }
            Err(why) => faults.push(format!("{path} {why}, and the manifest lists it")),
        }
    }
    let listed = |path: &String| manifest.files.iter().any(|file| file.path == *path);
    match paths(folder) {
        Ok(found) => {
            let others = found.iter().filter(|path| *path != PATH && *path != SIGNATURE && !listed(path));
            faults.extend(
                others.map(|path| format!("{path} is in the folder, and the manifest does not list it")),
            );
        }
        Err(error) => faults.push(format!("the folder could not be looked through: {}", plain(&error))),
    }
    files
}

/// The content: that it is sound in itself, and that every other file says the same.
fn content(
    bytes: &[u8],
    manifest: &Manifest,
    files: &BTreeMap<&str, Vec<u8>>,
    faults: &mut Vec<String>,
    notes: &mut Vec<String>,
) -> Option<Bundle> {
    let read = parse(bytes, json::PATH).and_then(|value| proof::bundle(&value));
    let bundle = match read {
        Ok(bundle) => bundle,
        Err(found) => {
            faults.extend(found);
            return None;
        }
    };
    if (&bundle.catalog.id, &bundle.catalog.version) != (&manifest.catalog.id, &manifest.catalog.version) {
        faults.push(format!(
            "the manifest is of {} {}, and the bundle of {} {}: they do not belong together",
            manifest.catalog.id, manifest.catalog.version, bundle.catalog.id, bundle.catalog.version
        ));
    }
    if bundle.review != review(&bundle.exercises, &bundle.routines) {
        faults
            .push("what the bundle says about its review is not what its exercises and routines say".into());
    }
    let export = Export { bundle, provenance: manifest.provenance.clone() };
    renderings(&export, manifest, files, faults, notes);
    Some(export.bundle)
}

/// Every file is what this release makes of the canonical form.
fn renderings(
    export: &Export,
    manifest: &Manifest,
    files: &BTreeMap<&str, Vec<u8>>,
    faults: &mut Vec<String>,
    notes: &mut Vec<String>,
) {
    let made_by = manifest.provenance.nocere.as_str();
    let other = made_by != env!("CARGO_PKG_VERSION");
    let hint = match other {
        true => format!("; it was made by nocere {made_by}: verify it with that release"),
        false => String::new(),
    };
    let names: BTreeSet<&str> = manifest.files.iter().map(|file| file.format.as_str()).collect();
    for name in names {
        let listed: BTreeSet<&str> =
            manifest.files.iter().filter(|file| file.format == name).map(|file| file.path.as_str()).collect();
        let Some(format) = Format::named(name) else {
            faults.push(format!("this nocere knows no format `{name}`, so it cannot compare it{hint}"));
            continue;
        };
        let made = match format.files(export) {
            Ok(made) => made,
            Err(error) => {
                faults.push(error.to_string());
                continue;
            }
        };
        if listed != made.iter().map(|file| file.path.as_str()).collect() {
            faults.push(format!(
                "the bundle in the format {name} consists of other files than it should{hint}"
            ));
        }
        for file in made {
            // A file that is missing or changed was reported.
            let Some(bytes) = files.get(file.path.as_str()).filter(|bytes| ***bytes != file.bytes) else {
                continue;
            };
            match file.path.as_str() {
                json::PATH if other => notes.push(format!(
                    "{} holds keys that this release does not know, and were not verified{hint}",
                    json::PATH
                )),
                json::PATH => {
                    faults.push(format!("{} holds keys that no bundle of this release has", json::PATH))
                }
                path => faults.push(format!(
                    "{path} ({} bytes) does not say the same as {}: it is not what is made from it{hint}",
                    bytes.len(),
                    json::PATH
                )),
            }
        }
    }
}
