//! Writes new files and folders, whole or not at all, and never over something that is there.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    project::{Problem, shown},
    report::{STAGED, Staged},
};

/// Makes a folder with these files, by paths with forward slashes. A folder that is there must be empty.
pub(crate) fn create(folder: &Path, files: &[(String, String)]) -> Result<(), Problem> {
    let folder: PathBuf = folder.components().collect();
    let problem = |error| Problem::Path(folder.clone(), error);
    let there = match fs::symlink_metadata(&folder) {
        Ok(found) if !found.is_dir() => return Err(in_the_way(&folder)),
        Ok(_) if fs::read_dir(&folder).map_err(problem)?.next().is_some() => {
            let message = format!("`{}` is not empty, and nothing is written over", shown(&folder));
            return Err(Problem::Other(message, "name a folder that is new or empty".into()));
        }
        Ok(_) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(problem(error)),
    };
    let parent = parent(&folder);
    fs::create_dir_all(parent).map_err(problem)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(STAGED).suffix(".tmp");
    // A catalog is meant to be read by others; the user's mask still applies.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let building = builder.tempdir_in(parent).map_err(problem)?;
    for (path, text) in files {
        let path = building.path().join(path);
        write_new(&path, text).map_err(|error| Problem::Path(path, error))?;
    }
    if there {
        fs::remove_dir(&folder).map_err(problem)?;
    }
    fs::rename(building.path(), &folder).map_err(problem)?;
    // It has moved away, and there is nothing left to take down.
    let _ = building.keep();
    Ok(())
}

/// Adds files to a folder. Nothing that is there is written over; of a run that was stopped, the files that it had
/// written stay, and the others are added. When one cannot be written, the others are taken away again.
pub(crate) fn add(folder: &Path, files: &[(String, String)]) -> Result<(), Problem> {
    let says = |path: &Path, text: &str| {
        let length = fs::symlink_metadata(path).map(|found| (found.is_file(), found.len()));
        length.is_ok_and(|found| found == (true, text.len() as u64))
            && fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
    };
    let (done, missing): (Vec<_>, Vec<_>) =
        files.iter().partition(|(path, text)| says(&folder.join(path), text));
    if let (Some((path, _)), []) = (done.first(), missing.as_slice()) {
        return Err(in_the_way(&folder.join(path)));
    }
    for (path, _) in &missing {
        let mut at = folder.to_owned();
        for part in Path::new(path) {
            at.push(part);
            let last = at == folder.join(path);
            match fs::symlink_metadata(&at) {
                Ok(found) if last || !found.is_dir() => return Err(in_the_way(&at)),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => break,
                Err(error) => return Err(Problem::Path(at, error)),
            }
        }
    }
    fs::create_dir_all(folder).map_err(|error| Problem::Path(folder.to_owned(), error))?;
    for (done, (path, text)) in missing.iter().enumerate() {
        let path = folder.join(path);
        let folders = fs::create_dir_all(parent(&path)).map_err(|error| Problem::Path(path.clone(), error));
        let written = folders.and_then(|()| Staged::new(&path, text.as_bytes())?.put_in_free_place());
        if let Err(problem) = written {
            // What was there before was not touched, so only new files go.
            missing[..done].iter().for_each(|(path, _)| drop(fs::remove_file(folder.join(path))));
            return Err(problem);
        }
    }
    Ok(())
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."))
}

fn in_the_way(path: &Path) -> Problem {
    let message = format!("`{}` is there already, and nothing is written over", shown(path));
    Problem::Other(message, "take it away, or name another folder".into())
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
