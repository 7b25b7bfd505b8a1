//! Where reports go: standard output and files. A file is written whole or not at all, and nothing beside it is
//! touched.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    str::FromStr,
};

use clap::ValueEnum;
use nocere_lint::spelling::did_you_mean;
use tempfile::NamedTempFile;

use super::Format;
use crate::project::{Problem, Project};

/// A report and where it goes: `FORMAT=PATH`, where `-` is standard output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Output {
    /// How it is written.
    pub(crate) format: Format,
    /// The file; none is standard output.
    pub(crate) path: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((format, path)) = text.split_once('=').filter(|(_, path)| !path.is_empty()) else {
            return Err(
                "write FORMAT=PATH, such as sarif=nocere.sarif; the path `-` is standard output".into()
            );
        };
        let path = Some(path).filter(|path| *path != "-").map(PathBuf::from);
        Format::from_str(format, false).map(|format| Self { format, path }).map_err(|_| {
            let names: Vec<String> = Format::value_variants()
                .iter()
                .filter_map(|known| Some(known.to_possible_value()?.get_name().to_owned()))
                .collect();
            let help = match did_you_mean(format, names.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the formats are {}", names.join(", ")),
            };
            format!("there is no format `{format}`; {help}")
        })
    }
}

/// Where the reports of a run go, checked before anything is linted. What `--output` does not send to standard
/// output, `--format` does.
pub(crate) fn plan(format: Option<Format>, outputs: &[Output]) -> Result<Vec<Output>, Problem> {
    let mut planned = outputs.to_vec();
    let to_stdout = |planned: &[Output]| planned.iter().filter(|output| output.path.is_none()).count();
    if format.is_some() || to_stdout(&planned) == 0 {
        planned.push(Output { format: format.unwrap_or(Format::Pretty), path: None });
    }
    if to_stdout(&planned) > 1 {
        let message = "only one report can go to standard output".to_owned();
        return Err(Problem::Other(
            message,
            "send the others to files, as in --output sarif=nocere.sarif".into(),
        ));
    }
    let mut files: Vec<&Path> = planned.iter().filter_map(|output| output.path.as_deref()).collect();
    for path in &files {
        check(path)?;
    }
    files.sort_unstable();
    if let Some(twice) = files.windows(2).find(|pair| pair[0] == pair[1]) {
        let message = format!("two reports are to go to `{}`", twice[0].display());
        return Err(Problem::Other(message, "give each a file of its own".into()));
    }
    Ok(planned)
}

/// Refuses reports that a catalog of the run would read as its content, and might replace it.
pub(crate) fn keep_apart(outputs: &[Output], projects: &[Project]) -> Result<(), Problem> {
    let mut files = outputs.iter().filter_map(|output| output.path.as_deref());
    match files.find(|path| projects.iter().any(|project| project.would_read(path))) {
        Some(path) => Err(refused(
            path,
            "there it would be read as content of the catalog",
            "put it outside of the catalog, or in a folder whose name starts with a dot",
        )),
        None => Ok(()),
    }
}

/// Refuses a path that no report can be written to: its folder must be there, and nothing but a file in its place.
fn check(path: &Path) -> Result<(), Problem> {
    let refuse = |what, help| Err(refused(path, what, help));
    if path.file_name().is_none() || !folder(path).is_dir() {
        return refuse("its folder is not there", "make the folder first");
    }
    match fs::symlink_metadata(path).map(|found| found.file_type()) {
        Ok(found) if found.is_symlink() => refuse("it is a symbolic link", "name the file that it points to"),
        Ok(found) if !found.is_file() => {
            refuse("something that is not a file is in its place", "name a file")
        }
        _ => Ok(()),
    }
}

fn refused(path: &Path, what: &str, help: &str) -> Problem {
    let message = format!("no report can be written to `{}`: {what}", path.display());
    Problem::Other(message, format!("nothing was checked; {help}"))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
}

/// How the names of such files begin until they are in their place.
pub(crate) const STAGED: &str = ".nocere-";

/// A file with its whole content, not yet in its place.
#[derive(Debug)]
pub(crate) struct Staged {
    temporary: NamedTempFile,
    path: PathBuf,
}

impl Staged {
    /// Writes a file's content beside its place. A file that is replaced keeps its permissions.
    pub(crate) fn new(path: &Path, content: &[u8]) -> Result<Self, Problem> {
        Self::stage(path, content).map_err(|error| Problem::Path(path.to_owned(), error))
    }

    fn stage(path: &Path, content: &[u8]) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(STAGED).suffix(".tmp");
        // A report is meant to be read by others; the user's mask still applies.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut temporary = builder.tempfile_in(folder(path))?;
        temporary.write_all(content)?;
        if let Ok(replaced) = fs::metadata(path) {
            temporary.as_file().set_permissions(replaced.permissions())?;
        }
        temporary.as_file().sync_all()?;
        Ok(Self { temporary, path: path.to_owned() })
    }

    /// Puts it in its place, where nothing may be.
    pub(crate) fn put_in_free_place(self) -> Result<(), Problem> {
        let Self { temporary, path } = self;
        temporary.persist_noclobber(&path).map(drop).map_err(|error| Problem::Path(path, error.error))
    }

    /// Puts it in its place.
    pub(crate) fn put_in_place(self) -> Result<(), Problem> {
        let Self { temporary, path } = self;
        temporary.persist(&path).map(drop).map_err(|error| Problem::Path(path, error.error))
    }
}
