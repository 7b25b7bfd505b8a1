//! Whether an export on disk is the one that would be written now.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    path::Path,
};

use serde_json::{Map, Value};

use crate::{File, FileError, formats::json, manifest};

/// How an export on disk compares with what would be written now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// The same to the byte.
    Current,
    /// Something differs: what, in words, each beginning with a file's name.
    Stale(Vec<String>),
    /// None of the files is there.
    Missing,
}

/// Compares a folder with the files that would be written into it. Other files in the folder do not matter, and
/// neither does the commit that the manifest names: content can be the same in two commits.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn check(folder: &Path, files: &[File]) -> Result<State, FileError> {
    let mut missing = 0;
    let mut differences = Vec::new();
    for file in files {
        let path = file.path_in(folder)?;
        match fs::read(&path) {
            Ok(bytes) => {
                let found = in_file(&file.path, &bytes, &file.bytes);
                differences.extend(found.into_iter().map(|words| format!("{}: {words}", file.path)));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                missing += 1;
                differences.push(format!("{}: is missing", file.path));
            }
            Err(error) => return Err(FileError::while_(&path, "read")(error)),
        }
    }
    Ok(match differences.is_empty() {
        true => State::Current,
        false if missing == files.len() => State::Missing,
        false => State::Stale(differences),
    })
}

/// How a file differs from what it should be, in words; empty when it does not.
fn in_file(path: &str, old: &[u8], new: &[u8]) -> Vec<String> {
    match path {
        _ if old == new => Vec::new(),
        json::PATH => differences(old, new, &[]),
        manifest::PATH => differences(old, new, &["source"]),
        _ => vec!["has changed".into()],
    }
}

/// How two objects that are not written the same differ.
fn differences(old: &[u8], new: &[u8], aside: &[&str]) -> Vec<String> {
    let (Ok(old), Ok(new)) = (object(old), object(new)) else {
        return vec!["is not readable as JSON".into()];
    };
    let nothing = Value::Null;
    let part = |object: &Map<String, Value>, key: &str| object.get(key).unwrap_or(&nothing).clone();
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let changed: Vec<&String> = keys.into_iter().filter(|key| old.get(*key) != new.get(*key)).collect();
    if changed.is_empty() {
        return vec!["says the same, but not in the same bytes".into()];
    }
    let changed = changed.into_iter().filter(|key| !aside.contains(&key.as_str()));
    changed.flat_map(|key| in_part(key, &part(&old, key), &part(&new, key))).collect()
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, serde_json::Error> {
    serde_json::from_slice(bytes)
}

/// What differs in a part of the bundle: which documents, where it is a list of them.
fn in_part(part: &str, old: &Value, new: &Value) -> Vec<String> {
    let (Some(old), Some(new)) = (by_id(old), by_id(new)) else {
        return vec![format!("the {part} has changed")];
    };
    let ids: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let words = ids.into_iter().filter_map(|id| {
        let what = match (old.get(id), new.get(id)) {
            (Some(old), Some(new)) if old == new => return None,
            (Some(_), Some(_)) => "has changed",
            (Some(_), None) => "is no longer",
            (None, _) => "is new",
        };
        Some(format!("`{id}` {what} among the {part}"))
    });
    words.collect()
}

/// A list by the id of its items, or by the path of files.
fn by_id(list: &Value) -> Option<BTreeMap<&str, &Value>> {
    list.as_array()?.iter().map(|item| Some((item["id"].as_str().or(item["path"].as_str())?, item))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write;

    #[test]
    fn an_export_is_current_stale_or_missing() {
        let folder = tempfile::tempdir().unwrap();
        let file =
            |text: &str| File { path: "bundle.json".into(), format: "json".into(), bytes: text.into() };
        let state = |text: &str| check(folder.path(), &[file(text)]).unwrap();
        assert_eq!(state("{}\n"), State::Missing);
        write(folder.path(), &[file(r#"{"exercises":[{"id":"a"},{"id":"b","x":1}],"version":1}"#)]).unwrap();
        fs::write(folder.path().join("another.txt"), "").unwrap();
        assert_eq!(state(r#"{"exercises":[{"id":"a"},{"id":"b","x":1}],"version":1}"#), State::Current);
        let State::Stale(words) = state(r#"{"exercises":[{"id":"b","x":2},{"id":"c"}],"version":2}"#) else {
            panic!("must be stale")
        };
        assert_eq!(
            words,
            [
                "bundle.json: `a` is no longer among the exercises",
                "bundle.json: `b` has changed among the exercises",
                "bundle.json: `c` is new among the exercises",
                "bundle.json: the version has changed",
            ]
        );
        let State::Stale(words) =
            state("{\"exercises\": [{\"id\":\"a\"},{\"id\":\"b\",\"x\":1}],\"version\":1}")
        else {
            panic!("must be stale")
        };
        assert_eq!(words, ["bundle.json: says the same, but not in the same bytes"]);
        fs::write(folder.path().join("bundle.json"), b"\xff{").unwrap();
        assert_eq!(state("{}"), State::Stale(vec!["bundle.json: is not readable as JSON".into()]));
        fs::remove_file(folder.path().join("bundle.json")).unwrap();
        fs::create_dir(folder.path().join("bundle.json")).unwrap();
        assert!(check(folder.path(), &[file("{}")]).unwrap_err().to_string().contains("could not be read"));
    }
}
