//! `--cache FOLDER`: what runs found, one file each, so that a run over the same files need not be done again.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use nocere_lint::{Input, Session, cache::Linted};

use crate::{
    place::plain,
    project::{Problem, Project, shown},
    report::{STAGED, Staged},
    terminal::safe,
};

/// The most runs that are kept: those that were asked for last.
const RUNS: usize = 64;

/// How old a file is that a run has begun and will not finish.
const LEFT_OVER: Duration = Duration::from_secs(60 * 60);

/// Where runs are kept, if anywhere.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// Makes the folder where it is not there.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, Problem> {
        let Some(folder) = folder else { return Ok(Self { folder: None }) };
        let cannot = |error| {
            let message =
                format!("the folder `{}` for `--cache` cannot be made: {}", shown(folder), plain(&error));
            Problem::Other(message, "nothing was checked; name a folder that can be written to".into())
        };
        if !folder.is_dir() {
            fs::create_dir_all(folder).map_err(cannot)?;
            // For programs that make backups, and for git: all of it can be made again.
            let tag =
                "Signature: 8a477f597d28d172789f06886806bc55\n# This folder was made by nocere as a cache.\n";
            fs::write(folder.join("CACHEDIR.TAG"), tag).map_err(cannot)?;
            fs::write(folder.join(".gitignore"), "*\n").map_err(cannot)?;
        }
        Ok(Self { folder: Some(folder.to_owned()) })
    }

    /// Lints a project, or says what was found when it was the same in everything. Beside it stands whether its
    /// settings can be used; a run with settings that cannot is not kept.
    pub(crate) fn lint(
        &self,
        project: &Project,
        session: &Session,
        inputs: Vec<Input>,
    ) -> (Linted, Result<(), Problem>) {
        let lint = |inputs| {
            let (linted, catalog) = Linted::of(session.lint(inputs));
            let usable = project.check_names(&catalog);
            // The program ends soon, and the system takes memory back faster than it can be given back in pieces.
            std::mem::forget(catalog);
            (linted, usable)
        };
        let Some(folder) = &self.folder else { return lint(inputs) };
        let path = folder.join(session.key(&inputs));
        if let Some(linted) = fs::read(&path).ok().and_then(|bytes| Linted::from_bytes(&bytes)) {
            // It was asked for last. Where that cannot be noted, it is only forgotten earlier.
            let _ = fs::File::options()
                .append(true)
                .open(&path)
                .and_then(|file| file.set_modified(SystemTime::now()));
            return (linted, Ok(()));
        }
        let (linted, usable) = lint(inputs);
        if usable.is_ok()
            && let Some(Err(problem)) = linted.to_bytes().map(|bytes| keep(folder, &path, &bytes))
        {
            // What was found is right all the same.
            eprintln!("nocere: this run could not be kept in `{}`: {}", safe(&shown(folder)), safe(&problem));
        }
        (linted, usable)
    }
}

/// Keeps a run, and forgets the one that was asked for longest ago.
fn keep(folder: &Path, path: &Path, bytes: &[u8]) -> Result<(), String> {
    let words = |problem| match problem {
        Problem::Path(_, error) => plain(&error),
        _ => "it could not be written".into(),
    };
    Staged::new(path, bytes).and_then(Staged::put_in_place).map_err(words)?;
    let mut runs: Vec<(SystemTime, PathBuf)> = Vec::new();
    for file in fs::read_dir(folder).map_err(|error| plain(&error))?.flatten() {
        let (name, Ok(metadata)) = (file.file_name(), file.metadata()) else { continue };
        let (name, modified) =
            (name.to_string_lossy(), metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH));
        let age = modified.elapsed().unwrap_or_default();
        match name.strip_prefix(STAGED) {
            Some(_) if age > LEFT_OVER => drop(fs::remove_file(file.path())),
            None if is_key(&name) => runs.push((modified, file.path())),
            _ => {}
        }
    }
    runs.sort();
    let forgotten = runs.len().saturating_sub(RUNS);
    for (_, path) in &runs[..forgotten] {
        // Another run may have been faster.
        let _ = fs::remove_file(path);
    }
    Ok(())
}

/// Whether a file is one of ours: nothing else is ever removed.
fn is_key(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
