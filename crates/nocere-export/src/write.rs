//! Writes a bundle so that its folder always holds the old one or the new one, as a set.
//!
//! The new bundle is written whole into a folder beside the one that was named and flushed to the disk; then the two
//! change places in one step. Linux and macOS can do that. Elsewhere, and on file systems that cannot, the old folder is
//! moved aside and the new one into its place; a run that is stopped between the two leaves the old bundle beside, and
//! the next run puts it back.
//!
//! A run works in a folder with a name of its own, `.NAME.nocere-RANDOM`, and holds a lock on a file in it for as long as
//! it lives. What dead runs left is known by the lock that nobody holds, and is taken away by the next run: only files
//! that a manifest lists are ever removed.

use std::{
    fs::{self, TryLockError},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use crate::{
    File, FileError,
    former::{Former, former, remove},
    manifest,
};

/// Writes the files of a bundle as the whole content of a folder, which is made when it is not there.
///
/// # Errors
/// When something cannot be written, when the folder is a symbolic link, or when it holds files that are not those of a
/// former bundle. What was there is then there still.
pub fn write(folder: &Path, files: &[File]) -> Result<(), FileError> {
    let place = Place::of(folder)?;
    place.refuse_others()?;
    place.clean_up();
    let stage = Stage::new(&place)?;
    stage.fill(files)?;
    stage.put_in_place()?;
    stage.clear()
}

/// The name of what a run works in, inside its own folder: the new bundle, which becomes the old one.
const BUNDLE: &str = "bundle";
/// Where the old bundle is while a system that cannot exchange folders moves the new one into its place.
const ASIDE: &str = "aside";
const LOCK: &str = "lock";

/// Where a bundle goes.
struct Place {
    folder: PathBuf,
    parent: PathBuf,
    name: String,
}

impl Place {
    fn of(folder: &Path) -> Result<Self, FileError> {
        // A trailing slash would make the system look through a link.
        let given: PathBuf = folder.components().collect();
        refuse_unless_folder(&given)?;
        let whole = std::path::absolute(&given).map_err(FileError::while_(&given, "found"))?;
        // `..` at the end names a folder only through the file system.
        let whole = if given.ends_with("..") { fs::canonicalize(&whole).unwrap_or(whole) } else { whole };
        let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
            return Err(FileError::new(folder, "is the root of the file system; name a folder in it"));
        };
        let name = name.to_string_lossy().into_owned();
        Ok(Self { parent: parent.to_owned(), name, folder: whole })
    }

    /// Refuses a folder with files of somebody else: they would be gone afterwards.
    fn refuse_others(&self) -> Result<(), FileError> {
        if fs::metadata(&self.folder).is_ok_and(|found| found.permissions().readonly()) {
            return Err(FileError::new(&self.folder, "is read-only; allow writing, or name another folder"));
        }
        let mut found = former(&self.folder)?;
        // Another run may have exchanged the bundle between the look at its files and the look at its manifest.
        for _ in 0..3 {
            if matches!(found, Former::Others(_)) {
                found = former(&self.folder)?;
            }
        }
        match found {
            Former::Bundle => Ok(()),
            Former::Others(names) => {
                let (some, more) = names.split_at(names.len().min(3));
                let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
                Err(FileError::new(
                    &self.folder,
                    format!(
                        "holds files that are not of a bundle: {}{more}. A bundle takes the whole folder, so they would be lost; name an empty or new folder",
                        some.join(", ")
                    ),
                ))
            }
        }
    }

    fn prefix(&self) -> String {
        format!(".{}.nocere-", self.name)
    }

    /// Takes away what dead runs left, and puts back an old bundle that one of them moved aside. What cannot be taken away
    /// is left: it harms nobody.
    fn clean_up(&self) {
        let Ok(entries) = fs::read_dir(&self.parent) else { return };
        let prefix = self.prefix();
        for entry in entries.flatten() {
            let ours = entry.file_name().to_string_lossy().starts_with(&prefix);
            if !ours || !entry.file_type().is_ok_and(|found| found.is_dir()) {
                continue;
            }
            let stage = entry.path();
            match fs::File::open(stage.join(LOCK)) {
                Ok(lock) if lock.try_lock().is_ok() => {
                    let _ = fs::rename(stage.join(ASIDE), &self.folder);
                    let _ = discard(&stage);
                }
                // A run that was stopped before it had a lock left an empty folder; others are not removed by this.
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    let _ = fs::remove_dir(&stage);
                }
                _ => {}
            }
        }
    }
}

/// Removes the folder that a run worked in, when nothing is in it but what runs put there.
fn discard(stage: &Path) -> io::Result<()> {
    for name in [BUNDLE, ASIDE] {
        if stage.join(name).is_dir() {
            remove(&stage.join(name))?;
        }
    }
    fs::remove_file(stage.join(LOCK))?;
    // Without its lock another run may take the empty folder for what a dead one left, and be faster.
    match fs::remove_dir(stage) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A run's own folder, beside the one that is written. It is gone when the run is over, however it ends.
struct Stage<'p> {
    place: &'p Place,
    folder: PathBuf,
    /// Held for as long as the run lives.
    _lock: fs::File,
}

impl<'p> Stage<'p> {
    fn new(place: &'p Place) -> Result<Self, FileError> {
        let wrong = |doing| FileError::while_(&place.folder, doing);
        fs::create_dir_all(&place.parent).map_err(wrong("made"))?;
        for _ in 0..16 {
            let made = tempfile::Builder::new().prefix(&place.prefix()).tempdir_in(&place.parent);
            let folder = made.map_err(wrong("written"))?.keep();
            match lock(&folder.join(LOCK)) {
                Ok(Some(lock)) => return Ok(Self { place, folder, _lock: lock }),
                // Another run took it for what a dead one left.
                Ok(None) => {}
                Err(error) => {
                    let _ = fs::remove_file(folder.join(LOCK));
                    let _ = fs::remove_dir(&folder);
                    return Err(wrong("written")(error));
                }
            }
        }
        Err(FileError::new(&place.folder, "is being written by too many others at once"))
    }

    /// Writes the new bundle, the list of its files first, and flushes it to the disk.
    fn fill(&self, files: &[File]) -> Result<(), FileError> {
        let bundle = self.folder.join(BUNDLE);
        let paths: Vec<PathBuf> = files.iter().map(|file| file.path_in(&bundle)).collect::<Result<_, _>>()?;
        let mut folders = vec![bundle.clone()];
        fs::create_dir(&bundle).map_err(FileError::while_(&self.place.folder, "written"))?;
        let is_list = |(file, _): &(&File, &PathBuf)| file.path == manifest::PATH;
        let all = || files.iter().zip(&paths);
        for (file, path) in all().filter(is_list).chain(all().filter(|one| !is_list(one))) {
            let place = self.place.folder.join(&file.path);
            let within = path.parent().unwrap_or(&bundle);
            if !folders.iter().any(|known| known == within) {
                fs::create_dir_all(within).map_err(FileError::while_(&place, "written"))?;
                folders.extend(within.ancestors().take_while(|above| *above != bundle).map(Path::to_owned));
            }
            write_whole(path, &file.bytes).map_err(FileError::while_(&place, "written"))?;
        }
        if let Ok(old) = fs::metadata(&self.place.folder) {
            let _ = fs::set_permissions(&bundle, old.permissions());
        }
        folders
            .iter()
            .try_for_each(|folder| flush(folder))
            .map_err(FileError::while_(&self.place.folder, "written"))
    }

    /// The new bundle takes the place, and the old one, if there is one, goes into this folder.
    fn put_in_place(&self) -> Result<(), FileError> {
        let (new, folder) = (self.folder.join(BUNDLE), &self.place.folder);
        // Succeeds where there is nothing yet, or an empty folder.
        let placed = match fs::rename(&new, folder) {
            Err(_) if folder.is_dir() => {
                exchange(&new, folder).or_else(|error| match cannot_exchange(&error) {
                    true => self.move_aside(&new, folder),
                    false => Err(error),
                })
            }
            placed => placed,
        };
        placed.map_err(FileError::while_(folder, "replaced"))?;
        flush(&self.place.parent).map_err(FileError::while_(&self.place.parent, "flushed to the disk"))
    }

    /// Two steps where one cannot be had.
    fn move_aside(&self, new: &Path, folder: &Path) -> io::Result<()> {
        let aside = self.folder.join(ASIDE);
        fs::rename(folder, &aside)?;
        fs::rename(new, folder).inspect_err(|_| {
            let _ = fs::rename(&aside, folder);
        })
    }

    /// Takes the old bundle away. Files that somebody put into the folder meanwhile are kept, and named.
    fn clear(&self) -> Result<(), FileError> {
        discard(&self.folder).map_err(|error| {
            let why = crate::file::plain(&error);
            FileError::new(
                &self.folder,
                format!("holds the former bundle, or files that were put into its folder meanwhile, and could not be removed ({why}); the new bundle is in its place"),
            )
        })
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        let _ = discard(&self.folder);
    }
}

/// Makes a lock file and locks it; `None` when another run was faster.
fn lock(path: &Path) -> io::Result<Option<fs::File>> {
    let file = match fs::File::create_new(path) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        // It may have been taken away between the two.
        Ok(()) => Ok(path.exists().then_some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes names last through a power cut, where the system can.
fn flush(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Whether the system or the file system does not know how to exchange two folders.
fn cannot_exchange(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput)
}

/// Refuses what stands in the place of a folder and is something else.
fn refuse_unless_folder(path: &Path) -> Result<(), FileError> {
    match fs::symlink_metadata(path).map(|found| found.file_type()) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(found) if found.is_symlink() => Err(FileError::new(
            path,
            "is a symbolic link; name the folder that it points to, or take the link away",
        )),
        Ok(_) => Err(FileError::new(path, "is in the way: it is not a folder")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(FileError::while_(path, "looked at")(error)),
    }
}

#[cfg(test)]
mod tests;
