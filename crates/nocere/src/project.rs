//! Folders and files: which catalog a path belongs to, and what is read. Links are never followed, and nothing
//! outside the named folders is read.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use nocere_lint::{
    Input,
    config::{Config, ConfigError},
    document::limits,
};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::Exit;

const CONFIG: &str = "nocere.toml";

/// A catalog or pack on disk.
#[derive(Debug)]
pub(crate) struct Project {
    /// The folder with its `nocere.toml`; `None` for single files that belong to no catalog.
    pub(crate) root: Option<PathBuf>,
    pub(crate) config: Config,
    /// What was asked for: only findings in these files and folders are shown. Empty means all.
    only: Vec<PathBuf>,
    /// Files outside of any catalog.
    files: Vec<PathBuf>,
    /// A text that stands in for what is on disk: its path and content.
    stdin: Option<Input>,
}

/// Why the tool could not do its job.
#[derive(Debug)]
pub(crate) enum Problem {
    /// A path that is not there or cannot be read.
    Path(PathBuf, io::Error),
    /// A `nocere.toml` that cannot be used: its path, its text, what is wrong.
    Config(PathBuf, String, ConfigError),
    /// There is nothing to do here.
    Nothing(String),
    /// Anything else, in words, with what to do.
    Other(String, String),
}

impl Problem {
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Nothing(_) => Exit::Nothing,
            _ => Exit::Failed,
        }
    }
}

/// The projects that the given paths belong to, each once.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Vec<Project>, Problem> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut projects: Vec<Project> = Vec::new();
    for path in paths {
        let metadata = fs::metadata(path).map_err(|error| Problem::Path(path.clone(), error))?;
        let folder = if metadata.is_dir() { path.clone() } else { parent(path) };
        let root = match is_prose(path) && metadata.is_file() {
            true => None,
            false => enclosing(&folder),
        };
        match root {
            Some(root) => {
                let whole = metadata.is_dir() && same(&root, path);
                add(&mut projects, &root, (!whole).then(|| path.clone()))?;
            }
            None if metadata.is_dir() => {
                return Err(Problem::Nothing(format!(
                    "there is no {CONFIG} in `{}` or above it, so nothing was linted",
                    path.display()
                )));
            }
            None => match projects.iter_mut().find(|project| project.root.is_none()) {
                Some(loose) => loose.files.push(path.clone()),
                None => projects.push(loose(path.clone())),
            },
        }
    }
    Ok(projects)
}

/// Adds the catalog in a folder, or the catalogs of a workspace.
fn add(projects: &mut Vec<Project>, root: &Path, only: Option<PathBuf>) -> Result<(), Problem> {
    let config = read_config(root)?;
    if let Some(workspace) = &config.workspace {
        for member in &workspace.catalogs {
            let inside = Path::new(member)
                .components()
                .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
            let folder = tidy(&root.join(member));
            if !inside || !folder.join(CONFIG).is_file() {
                let message = format!(
                    "the workspace `{}` names the catalog `{member}`, and there is no {CONFIG} in it",
                    root.join(CONFIG).display()
                );
                return Err(Problem::Other(
                    message,
                    "name folders inside the workspace that have one".into(),
                ));
            }
            // A path inside the workspace, but in none of its catalogs, chooses nothing.
            let wanted =
                only.as_ref().is_none_or(|only| inside_of(&folder, only) || inside_of(only, &folder));
            if wanted {
                add(projects, &folder, None)?;
            }
        }
        return Ok(());
    }
    match projects.iter_mut().find(|project| project.root.as_deref() == Some(root)) {
        Some(known) => match only {
            Some(only) if !known.only.is_empty() => known.only.push(only),
            _ => known.only.clear(),
        },
        None => projects.push(Project {
            root: Some(root.to_owned()),
            config,
            only: only.into_iter().collect(),
            files: Vec::new(),
            stdin: None,
        }),
    }
    Ok(())
}

fn read_config(root: &Path) -> Result<Config, Problem> {
    let path = tidy(&root.join(CONFIG));
    let text = fs::read_to_string(&path).map_err(|error| Problem::Path(path.clone(), error))?;
    Config::read(&text).map_err(|error| Problem::Config(path, text, error))
}

/// Files that belong to no catalog: they are linted with the core pack.
fn loose(file: PathBuf) -> Project {
    let text = "[catalog]\nid = \"files\"\nname = \"Files\"\nversion = \"0.0.0\"\n";
    let config = Config::read(text).unwrap_or_default();
    Project { root: None, config, only: Vec::new(), files: vec![file], stdin: None }
}

/// Standard input, as if it were a file of this name: in its catalog, when it would belong to one.
pub(crate) fn stdin(name: &Path) -> Result<Project, Problem> {
    let mut bytes = Vec::new();
    let limit = limits::BYTES as u64 + 1;
    let read = io::Read::read_to_end(&mut io::Read::take(io::stdin().lock(), limit), &mut bytes);
    read.map_err(|error| Problem::Path(PathBuf::from("standard input"), error))?;
    let root = if is_prose(name) { None } else { enclosing(&parent(name)) };
    let mut project = match root {
        Some(root) => {
            let mut projects = Vec::new();
            add(&mut projects, &root, Some(name.to_owned()))?;
            projects.pop().unwrap_or_else(|| loose(name.to_owned()))
        }
        None => loose(name.to_owned()),
    };
    project.files.clear();
    project.only = vec![name.to_owned()];
    project.stdin = Some(Input { path: shown(name), content: Ok(bytes) });
    Ok(project)
}

impl Project {
    /// Reads every file of the project. A file that cannot be read is an input too: its finding says why.
    pub(crate) fn read(&self, progress: impl Fn(u64) + Sync) -> Vec<Input> {
        let files = match &self.root {
            Some(root) => discover(root),
            None => self.files.clone(),
        };
        let mut inputs: Vec<Input> = files
            .into_par_iter()
            .filter_map(|path| {
                let content = read(&path);
                progress(1);
                let front_matter =
                    |bytes: &Vec<u8>| bytes.starts_with(b"---") || bytes.starts_with(b"\xef\xbb\xbf---");
                // Markdown without front matter is a README and such, unless it was asked for.
                let readme =
                    is_prose(&path) && self.root.is_some() && !content.as_ref().is_ok_and(front_matter);
                (!readme).then(|| Input { path: shown(&path), content })
            })
            .collect();
        if let Some(stdin) = &self.stdin {
            inputs.retain(|input| input.path != stdin.path);
            inputs.push(stdin.clone());
        }
        inputs.sort_by(|a, b| a.path.cmp(&b.path));
        inputs
    }

    /// Whether a file at this path would be read as a document of the catalog, were it there.
    pub(crate) fn would_read(&self, path: &Path) -> bool {
        let Some(root) = self.root.as_deref().and_then(|root| fs::canonicalize(root).ok()) else {
            return false;
        };
        let (Ok(folder), Some(name)) = (fs::canonicalize(parent(path)), path.file_name()) else {
            return false;
        };
        let hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('.');
        let inside = folder.join(name).strip_prefix(root).is_ok_and(|path| !path.components().any(hidden));
        // Markdown is a document only with a front matter, which no report has.
        inside && matches!(ending(path).as_str(), "yaml" | "yml" | "json")
    }

    /// Whether findings in a file were asked for.
    pub(crate) fn shows(&self, path: &str) -> bool {
        let named = |only: &PathBuf| shown(only) == path || inside_of(Path::new(path), only);
        self.only.is_empty() || self.only.iter().any(named)
    }
}

/// The documents in a folder: regular files with the right ending, not hidden, not in a catalog of its own, and not in
/// a bundle that was written there.
fn discover(root: &Path) -> Vec<PathBuf> {
    let walk = WalkDir::new(root).follow_links(false).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|entry| {
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let other = entry.depth() > 0 && entry.file_type().is_dir() && entry.path().join(CONFIG).is_file();
        let bundle =
            entry.depth() > 0 && entry.file_type().is_dir() && nocere_export::is_bundle(entry.path());
        !hidden && !other && !bundle
    });
    walk.filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.into_path())
        .filter(|path| matches!(ending(path).as_str(), "yaml" | "yml" | "json" | "md" | "markdown"))
        .collect()
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let too_large = format!("it is larger than {} MiB", limits::BYTES >> 20);
    let file = fs::File::open(path).map_err(|error| plain(&error))?;
    let metadata = file.metadata().map_err(|error| plain(&error))?;
    if !metadata.is_file() {
        return Err("it is not a regular file".into());
    }
    let mut bytes = Vec::new();
    let limit = limits::BYTES as u64 + 1;
    io::Read::read_to_end(&mut io::Read::take(file, limit), &mut bytes).map_err(|error| plain(&error))?;
    if bytes.len() as u64 == limit { Err(too_large) } else { Ok(bytes) }
}

/// An error of the system without its number.
pub(crate) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_ascii_lowercase()
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn is_prose(path: &Path) -> bool {
    matches!(ending(path).as_str(), "md" | "markdown" | "txt" | "html" | "htm")
}

/// The nearest folder, from this one upwards, that has a `nocere.toml`.
fn enclosing(folder: &Path) -> Option<PathBuf> {
    let absolute = fs::canonicalize(folder).ok()?;
    let levels = absolute.ancestors().position(|folder| folder.join(CONFIG).is_file())?;
    // Said the way the person said it, so that paths in reports look familiar.
    let mut root = tidy(folder);
    for _ in 0..levels {
        root = match root.file_name() {
            Some(_) => parent(&root),
            None => root.join(".."),
        };
    }
    Some(root)
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A path without `./` parts.
fn tidy(path: &Path) -> PathBuf {
    let parts: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if parts.as_os_str().is_empty() { PathBuf::from(".") } else { parts }
}

fn same(a: &Path, b: &Path) -> bool {
    fs::canonicalize(a).ok() == fs::canonicalize(b).ok()
}

fn inside_of(path: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(path), fs::canonicalize(folder)) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    }
}

/// A path as reports show it: with forward slashes, and without `./`.
pub(crate) fn shown(path: &Path) -> String {
    tidy(path).to_string_lossy().replace('\\', "/")
}
