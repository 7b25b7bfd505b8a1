//! Writes an export so that a reader never sees half a file.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::{File, FileError};

/// Writes the files of an export into a folder, which is made when it is not there.
///
/// Every file is written whole beside its place and flushed to the disk before the first one takes its name. A run
/// that is stopped before that leaves the folder's files as they were, and each file is always either the old one or
/// the new one.
///
/// # Errors
/// When something cannot be written, or when the folder or one of the files is a symbolic link: what is written
/// stays in the folder that was named.
pub fn write(folder: &Path, files: &[File]) -> Result<(), FileError> {
    stage(folder, files)?.into_iter().try_for_each(Staged::put_in_place)?;
    flush(folder)
}

/// A file with its whole content, not yet in its place.
struct Staged {
    temporary: NamedTempFile,
    path: PathBuf,
}

fn stage(folder: &Path, files: &[File]) -> Result<Vec<Staged>, FileError> {
    // A trailing slash would make the system look through a link.
    let folder: PathBuf = folder.components().collect();
    refuse_unless(&folder, "folder", fs::FileType::is_dir)?;
    let paths: Vec<PathBuf> = files.iter().map(|file| file.path_in(&folder)).collect::<Result<_, _>>()?;
    for path in &paths {
        refuse_unless(path, "file", fs::FileType::is_file)?;
    }
    fs::create_dir_all(&folder).map_err(FileError::while_(&folder, "made"))?;
    paths.into_iter().zip(files).map(|(path, file)| stage_one(&folder, path, &file.bytes)).collect()
}

fn stage_one(folder: &Path, path: PathBuf, bytes: &[u8]) -> Result<Staged, FileError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".nocere-").suffix(".tmp");
    // An export is meant to be read by others; the user's mask still applies.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let place = path.parent().unwrap_or(folder);
    fs::create_dir_all(place).map_err(FileError::while_(place, "made"))?;
    let mut temporary = builder.tempfile_in(place).map_err(FileError::while_(&path, "written"))?;
    let written = temporary.write_all(bytes).and_then(|()| temporary.as_file().sync_all());
    written.map_err(FileError::while_(&path, "written"))?;
    Ok(Staged { temporary, path })
}

impl Staged {
    fn put_in_place(self) -> Result<(), FileError> {
        let Self { temporary, path } = self;
        temporary.persist(&path).map(drop).map_err(|error| FileError::while_(&path, "replaced")(error.error))
    }
}

/// Refuses what stands in the place of a file or folder and is something else.
fn refuse_unless(
    path: &Path,
    wanted: &str,
    is_wanted: impl Fn(&fs::FileType) -> bool,
) -> Result<(), FileError> {
    match fs::symlink_metadata(path).map(|found| found.file_type()) {
        Ok(found) if is_wanted(&found) => Ok(()),
        Ok(found) if found.is_symlink() => Err(FileError::new(
            path,
            format!("is a symbolic link; name the {wanted} that it points to, or take the link away"),
        )),
        Ok(_) => Err(FileError::new(path, format!("is in the way: it is not a {wanted}"))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(FileError::while_(path, "looked at")(error)),
    }
}

/// Makes the new names last through a power cut, where the system can.
fn flush(folder: &Path) -> Result<(), FileError> {
    if cfg!(unix) {
        let flushed = fs::File::open(folder).and_then(|folder| folder.sync_all());
        flushed.map_err(FileError::while_(folder, "flushed to the disk"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> File {
        File { path: name.into(), format: "json".into(), bytes: text.into() }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn makes_the_folder_and_replaces_files() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        write(&folder, &[file("bundle.json", "old")]).unwrap();
        write(&folder, &[file("bundle.json", "new")]).unwrap();
        assert_eq!(fs::read_to_string(folder.join("bundle.json")).unwrap(), "new");
        assert_eq!(names(&folder), ["bundle.json"], "nothing is left over");
    }

    #[test]
    fn a_run_that_is_stopped_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[file("bundle.json", "old")]).unwrap();
        let staged = stage(folder.path(), &[file("bundle.json", "new")]).unwrap();
        // As if the process were killed here: nothing is cleaned up.
        std::mem::forget(staged);
        assert_eq!(fs::read_to_string(folder.path().join("bundle.json")).unwrap(), "old");
    }

    #[test]
    fn one_bad_file_means_that_none_is_written() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("dist");
        for name in
            ["../out.json", "/tmp/out.json", "a//b.json", ".hidden", "a/../b", "..", ".", "", "a\\b", "c:d"]
        {
            let error = write(&folder, &[file("bundle.json", ""), file(name, "")]).unwrap_err();
            assert!(error.to_string().contains("plain file name"), "{name}: {error}");
        }
        assert_eq!(names(root.path()), [""; 0]);
    }

    #[test]
    fn what_is_in_the_way_is_named() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("dist"), "").unwrap();
        let error = write(&root.path().join("dist"), &[file("bundle.json", "")]).unwrap_err();
        assert!(error.to_string().contains("dist` is in the way: it is not a folder"), "{error}");
        let error = write(&root.path().join("dist/deeper"), &[file("bundle.json", "")]).unwrap_err();
        assert!(error.to_string().contains("dist/deeper` could not be"), "{error}");
        fs::create_dir(root.path().join("bundle.json")).unwrap();
        let error = write(root.path(), &[file("bundle.json", "")]).unwrap_err();
        assert!(error.to_string().contains("it is not a file"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_written_through() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        let (elsewhere, folder) = (root.path().join("elsewhere"), root.path().join("dist"));
        fs::create_dir(&elsewhere).unwrap();
        fs::write(elsewhere.join("bundle.json"), "theirs").unwrap();
        symlink(&elsewhere, &folder).unwrap();
        for folder in [folder.clone(), folder.join("")] {
            let error = write(&folder, &[file("bundle.json", "ours")]).unwrap_err();
            assert!(error.to_string().contains("is a symbolic link"), "{error}");
        }
        fs::remove_file(&folder).unwrap();
        fs::create_dir(&folder).unwrap();
        symlink(elsewhere.join("bundle.json"), folder.join("bundle.json")).unwrap();
        let error = write(&folder, &[file("bundle.json", "ours")]).unwrap_err();
        assert!(error.to_string().contains("is a symbolic link"), "{error}");
        assert_eq!(fs::read_to_string(elsewhere.join("bundle.json")).unwrap(), "theirs");
    }

    #[cfg(unix)]
    #[test]
    fn a_read_only_folder_is_a_clear_error() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[file("bundle.json", "old")]).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
        // The superuser may write everywhere; then there is nothing to see.
        if fs::write(folder.path().join("probe"), "").is_err() {
            let error = write(folder.path(), &[file("bundle.json", "new")]).unwrap_err();
            assert!(error.to_string().contains("bundle.json` could not be written"), "{error}");
            assert_eq!(fs::read_to_string(folder.path().join("bundle.json")).unwrap(), "old");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    }
}
