//! Folders and files: which catalog a path belongs to, and what is read. Nothing outside the named folders is.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use nocere_lint::{
    Input, Outcome, Session,
    baseline::Baseline,
    catalog::Catalog,
    config::{Config, ConfigError},
    limits::Limits,
};
use nocere_model::Date;

use crate::{
    Exit,
    place::{Place, ending},
};

/// The file that makes a folder a catalog, a pack or a workspace.
pub(crate) const CONFIG: &str = "nocere.toml";

/// The file beside it that holds its baseline.
pub(crate) const BASELINE: &str = "nocere-baseline.json";

/// A catalog or pack.
#[derive(Debug)]
pub(crate) struct Project {
    /// Where it is read from.
    place: Place,
    /// The folder with its `nocere.toml`; `None` for single files that belong to no catalog.
    pub(crate) root: Option<PathBuf>,
    pub(crate) config: Config,
    /// The text of the `nocere.toml`.
    pub(crate) config_text: String,
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
    find_in(&Place::Disk, paths)
}

/// The same in another place.
pub(crate) fn find_in(place: &Place, paths: &[PathBuf]) -> Result<Vec<Project>, Problem> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut projects: Vec<Project> = Vec::new();
    for path in paths {
        let is_folder = place.is_folder(path)?;
        let folder = if is_folder { path.clone() } else { parent(path) };
        let root = match is_prose(path) && !is_folder {
            true => None,
            false => enclosing(place, &folder),
        };
        match root {
            Some(root) => {
                let whole = is_folder && place.same(&root, path);
                add(&mut projects, place, &root, (!whole).then(|| path.clone()))?;
            }
            None if is_folder => {
                return Err(Problem::Nothing(format!(
                    "there is no {CONFIG} in `{}` or above it, so nothing was linted",
                    path.display()
                )));
            }
            None => match projects.iter_mut().find(|project| project.root.is_none()) {
                Some(loose) => loose.files.push(path.clone()),
                None => projects.push(loose(place, path.clone())),
            },
        }
    }
    Ok(projects)
}

/// Adds the catalog in a folder, or the catalogs of a workspace.
fn add(
    projects: &mut Vec<Project>,
    place: &Place,
    root: &Path,
    only: Option<PathBuf>,
) -> Result<(), Problem> {
    let (config, config_text) = read_config(place, root)?;
    if let Some(workspace) = &config.workspace {
        for member in &workspace.catalogs {
            let inside = Path::new(member)
                .components()
                .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
            let folder = tidy(&root.join(member));
            if !inside || !place.has(&folder.join(CONFIG)) {
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
            let wanted = only
                .as_ref()
                .is_none_or(|only| place.contains(only, &folder) || place.contains(&folder, only));
            if wanted {
                add(projects, place, &folder, None)?;
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
            place: place.clone(),
            root: Some(root.to_owned()),
            config,
            config_text,
            only: only.into_iter().collect(),
            files: Vec::new(),
            stdin: None,
        }),
    }
    Ok(())
}

fn read_config(place: &Place, root: &Path) -> Result<(Config, String), Problem> {
    let path = tidy(&root.join(CONFIG));
    let text = text(place, &path, Limits::default())?;
    match Config::read(&text) {
        Ok(config) => Ok((config, text)),
        Err(error) => Err(Problem::Config(path, text, error)),
    }
}

/// The text of a file that must be there.
fn text(place: &Place, path: &Path, limits: Limits) -> Result<String, Problem> {
    let problem = |why: String| Problem::Path(path.to_owned(), io::Error::other(why));
    let bytes = place.read(path, limits).map_err(problem)?;
    String::from_utf8(bytes).map_err(|_| problem("it is not UTF-8 text".into()))
}

/// Today, in universal time, so that a run says the same everywhere.
pub(crate) fn today() -> Date {
    let date = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    // Both are the proleptic Gregorian calendar; a clock outside of years 0 to 9999 lets nothing run out.
    format!("{date}").parse().unwrap_or_default()
}

/// Files that belong to no catalog: they are linted with the core pack.
fn loose(place: &Place, file: PathBuf) -> Project {
    let text = "[catalog]\nid = \"files\"\nname = \"Files\"\nversion = \"0.0.0\"\n";
    let config = Config::read(text).unwrap_or_default();
    Project {
        place: place.clone(),
        root: None,
        config,
        config_text: text.into(),
        only: Vec::new(),
        files: vec![file],
        stdin: None,
    }
}

/// Standard input, as if it were a file of this name: in its catalog, when it would belong to one.
pub(crate) fn stdin(name: &Path) -> Result<Project, Problem> {
    let place = &Place::Disk;
    let root = if is_prose(name) { None } else { enclosing(place, &parent(name)) };
    let mut project = match root {
        Some(root) => {
            let mut projects = Vec::new();
            add(&mut projects, place, &root, Some(name.to_owned()))?;
            projects.pop().unwrap_or_else(|| loose(place, name.to_owned()))
        }
        None => loose(place, name.to_owned()),
    };
    // One byte more than may be: enough to see that it is too large.
    let mut bytes = Vec::new();
    let limit = project.config.limits.bytes() as u64 + 1;
    let read = io::Read::read_to_end(&mut io::Read::take(io::stdin().lock(), limit), &mut bytes);
    read.map_err(|error| Problem::Path(PathBuf::from("standard input"), error))?;
    project.files.clear();
    project.only = vec![name.to_owned()];
    project.stdin = Some(Input { path: shown(name), content: Ok(bytes) });
    Ok(project)
}

impl Project {
    /// Reads every file of the project. A file that cannot be read is an input too: its finding says why.
    pub(crate) fn read(&self, progress: impl Fn(u64) + Sync) -> Vec<Input> {
        let files = match &self.root {
            Some(root) => self.place.documents(root),
            None => self.files.clone(),
        };
        let files = self.place.read_all(files, self.config.limits, progress).into_iter();
        let mut inputs: Vec<Input> = files
            .filter(|(path, content)| {
                let front_matter =
                    |bytes: &Vec<u8>| bytes.starts_with(b"---") || bytes.starts_with(b"\xef\xbb\xbf---");
                // Markdown without front matter is a README and such, unless it was asked for.
                !is_prose(path) || self.root.is_none() || content.as_ref().is_ok_and(front_matter)
            })
            .map(|(path, content)| Input { path: shown(&path), content })
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

    /// A run of this project, today.
    pub(crate) fn session(&self) -> Session {
        self.undated().on(today())
    }

    /// A run of this project in which no suppression runs out.
    pub(crate) fn undated(&self) -> Session {
        let folder = self.root.as_deref().map(shown).unwrap_or_default();
        Session::new(self.config.clone()).in_folder(&folder)
    }

    /// Lints the project, and refuses settings that name rules which are not there.
    pub(crate) fn lint(&self, session: &Session, inputs: Vec<Input>) -> Result<Outcome, Problem> {
        let outcome = session.lint(inputs);
        self.check_names(&outcome.catalog)?;
        Ok(outcome)
    }

    /// Refuses settings that name rules which are not there.
    pub(crate) fn check_names(&self, catalog: &Catalog) -> Result<(), Problem> {
        match self.config.misnamed(&self.config_text, catalog) {
            Some(error) => Err(Problem::Config(self.config_path(), self.config_text.clone(), error)),
            None => Ok(()),
        }
    }

    /// Where its settings stand.
    pub(crate) fn config_path(&self) -> PathBuf {
        tidy(&self.root.clone().unwrap_or_default().join(CONFIG))
    }

    /// Where its baseline stands, when it has one or not.
    pub(crate) fn baseline_path(&self) -> Option<PathBuf> {
        self.root.as_ref().map(|root| tidy(&root.join(BASELINE)))
    }

    /// Its baseline, when it has one.
    pub(crate) fn baseline(&self) -> Result<Option<Baseline>, Problem> {
        let Some(path) = self.baseline_path().filter(|path| self.place.has(path)) else { return Ok(None) };
        let text = text(&self.place, &path, self.config.limits)?;
        match Baseline::read(&shown(&path), &text) {
            Ok(baseline) => Ok(Some(baseline)),
            Err(error) => Err(Problem::Config(path, text, error)),
        }
    }

    /// The same project as it stands in another place; `None` where that holds none that can be read.
    pub(crate) fn at(&self, place: &Place) -> Option<Self> {
        let (config, config_text) = match &self.root {
            Some(root) => read_config(place, root).ok()?,
            None => (self.config.clone(), self.config_text.clone()),
        };
        let files = self.files.iter().filter(|file| place.has(file)).cloned().collect();
        let (place, root) = (place.clone(), self.root.clone());
        Some(Self { place, root, config, config_text, only: Vec::new(), files, stdin: None })
    }

    /// The folders and files that it is made of, for whoever looks for them elsewhere.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        match &self.root {
            Some(root) => vec![root.clone()],
            None => self
                .files
                .iter()
                .cloned()
                .chain(self.stdin.iter().map(|one| one.path.clone().into()))
                .collect(),
        }
    }

    /// Whether findings in a file were asked for.
    pub(crate) fn shows(&self, path: &str) -> bool {
        let named = |only: &PathBuf| shown(only) == path || self.place.contains(only, Path::new(path));
        self.only.is_empty() || self.only.iter().any(named)
    }
}

fn is_prose(path: &Path) -> bool {
    matches!(ending(path).as_str(), "md" | "markdown" | "txt" | "html" | "htm")
}

/// The nearest folder, from this one upwards, that has a `nocere.toml`.
fn enclosing(place: &Place, folder: &Path) -> Option<PathBuf> {
    let levels = place.levels_to_config(folder)?;
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

/// A path as reports show it: with forward slashes, and without `./`.
pub(crate) fn shown(path: &Path) -> String {
    tidy(path).to_string_lossy().replace('\\', "/")
}
