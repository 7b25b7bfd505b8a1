//! Whether an export on disk is the one that would be written now.

use std::{fs, io::ErrorKind, path::Path};

use crate::{File, FileError};

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

/// Compares a folder with the files that would be written into it. Other files in the folder do not matter.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn check(folder: &Path, files: &[File]) -> Result<State, FileError> {
    let mut missing = 0;
    let mut differences = Vec::new();
    for file in files {
        let path = file.path_in(folder)?;
        match fs::read(&path) {
            Ok(bytes) if bytes == file.bytes => {}
            Ok(bytes) => {
                let found = file.format.differences(&bytes, &file.bytes);
                differences.extend(found.into_iter().map(|words| format!("{}: {words}", file.name)));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                missing += 1;
                differences.push(format!("{}: is missing", file.name));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, write};

    #[test]
    fn an_export_is_current_stale_or_missing() {
        let folder = tempfile::tempdir().unwrap();
        let file = |text: &str| File { format: Format::Json, name: "bundle.json".into(), bytes: text.into() };
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
