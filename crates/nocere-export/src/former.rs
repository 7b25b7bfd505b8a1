//! What is in a folder that a bundle is to be written into, and how it is taken away: never more than a manifest lists.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use serde_json::Value;

use crate::{
    FileError,
    file::is_plain,
    manifest::{PATH, SIGNATURE},
};

/// The most bytes of a manifest that is looked for in a folder; one of 100,000 documents has about 15 MiB.
const MOST_BYTES: u64 = 64 << 20;

/// What a folder holds.
pub(crate) enum Former {
    /// A bundle, or what is left of one, and nothing else; or nothing at all.
    Bundle,
    /// Files that are not of a bundle; their paths.
    Others(Vec<String>),
}

/// Whether a folder is that of a bundle, by its manifest: its files are no content.
#[must_use]
pub fn is_bundle(folder: &Path) -> bool {
    !listed(folder).is_empty()
}

/// What a folder holds.
pub(crate) fn former(folder: &Path) -> Result<Former, FileError> {
    let found = match paths(folder) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Former::Bundle),
        Err(error) => return Err(FileError::while_(folder, "looked at")(error)),
    };
    let listed = listed(folder);
    let others: Vec<String> = found.into_iter().filter(|path| !listed.contains(path)).collect();
    Ok(if others.is_empty() { Former::Bundle } else { Former::Others(others) })
}

/// Removes a former bundle, and fails when anything else is in its folder.
pub(crate) fn remove(folder: &Path) -> io::Result<()> {
    // A run that was stopped while it wrote the manifest left only that.
    let unfinished = paths(folder)? == [PATH];
    let listed = if unfinished { BTreeSet::from([PATH.to_owned()]) } else { listed(folder) };
    let mut folders = BTreeSet::new();
    // The manifest goes last: as long as anything is there, it tells what.
    for path in listed.iter().filter(|path| *path != PATH).chain(listed.get(PATH)) {
        match fs::remove_file(folder.join(path)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => folders.extend(Path::new(path).ancestors().skip(1).filter(|above| *above != Path::new(""))),
        }
    }
    for below in folders.iter().rev() {
        match fs::remove_dir(folder.join(below)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::remove_dir(folder)
}

/// The files that belong to the bundle in a folder, by its manifest, with the manifest itself; none where there is none.
fn listed(folder: &Path) -> BTreeSet<String> {
    let path = folder.join(PATH);
    // No link is followed, and what is far too large for a manifest is none.
    let read = |found: fs::Metadata| match found.is_file() && found.len() <= MOST_BYTES {
        true => fs::read(&path).ok(),
        false => None,
    };
    let manifest = fs::symlink_metadata(&path).ok().and_then(read);
    manifest.map(|bytes| lists(&bytes)).unwrap_or_default()
}

/// Whether a file is the manifest of a bundle, by its path and its bytes.
#[must_use]
pub fn is_manifest(path: &Path, bytes: &[u8]) -> bool {
    path.ends_with(PATH) && !lists(bytes).is_empty()
}

/// The files that a manifest lists, whatever version it is of, and those that go with every manifest; none when it is no manifest.
fn lists(manifest: &[u8]) -> BTreeSet<String> {
    match serde_json::from_slice::<Value>(manifest).ok() {
        Some(manifest) if manifest["format"] == "nocere-manifest" => {
            let files = manifest["files"].as_array().into_iter().flatten();
            let paths = files.filter_map(|file| file["path"].as_str()).filter(|path| is_plain(path));
            paths.chain([PATH, SIGNATURE]).map(str::to_owned).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// Everything below a folder but folders that hold something, with forward slashes, sorted.
pub(crate) fn paths(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((at, prefix)) = open.pop() {
        let mut empty = true;
        for entry in fs::read_dir(&at)? {
            let entry = entry?;
            empty = false;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                open.push((entry.path(), path + "/"));
            } else {
                found.push(path);
            }
        }
        if empty && !prefix.is_empty() {
            found.push(prefix);
        }
    }
    found.sort();
    Ok(found)
}
