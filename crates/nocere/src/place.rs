//! Where content is read from: the disk, or what a commit holds. Both are asked the same questions, so that a catalog
//! is found in the past as it is found today. Links are never followed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use nocere_lint::{config::Config, limits::Limits};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::{
    git::{Commit, Repository},
    project::{BASELINE, CONFIG, Problem},
};

/// Where content is read from.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// The files as they are.
    Disk,
    /// The files as they were committed.
    Past(Arc<Past>),
}

/// The files of a commit that can matter, read.
#[derive(Debug)]
pub(crate) struct Past {
    repository: Repository,
    /// By the path from the top of the repository.
    files: BTreeMap<PathBuf, Content>,
    /// The folders of bundles.
    bundles: BTreeSet<PathBuf>,
}

/// The bytes of a file, or why they could not be read.
pub(crate) type Content = Result<Vec<u8>, String>;

impl Place {
    /// What a commit holds: everything that stands in a catalog or a pack, and the files named besides.
    pub(crate) fn past(
        repository: &Repository,
        commit: &Commit,
        besides: &[PathBuf],
    ) -> Result<Self, Problem> {
        let tree = repository.tree(commit)?;
        let besides: Vec<PathBuf> = besides.iter().filter_map(|path| repository.inside(path)).collect();
        let in_catalog = |path: &Path| path.ancestors().skip(1).any(|folder| tree.has(&folder.join(CONFIG)));
        let wanted = |path: &Path| {
            path.ends_with(CONFIG)
                || path.ends_with(BASELINE)
                || besides.iter().any(|other| other == path)
                || (is_document(path) && !is_hidden(path) && in_catalog(path))
        };
        // Each catalog says how large its files may be, so that is read first.
        let named = |wanted: &dyn Fn(&Path) -> bool| -> Vec<PathBuf> {
            tree.paths().filter(|path| wanted(path)).map(Path::to_owned).collect()
        };
        let configs = tree.read(&named(&|path| path.ends_with(CONFIG)), Limits::default())?;
        let configs = configs.into_iter().flatten().filter_map(|bytes| String::from_utf8(bytes).ok());
        let limits = configs.filter_map(|text| Some(Config::read(&text).ok()?.limits));
        let limits = limits.max_by_key(Limits::bytes).unwrap_or_default();
        let paths = named(&wanted);
        let contents = tree.read(&paths, limits)?;
        let files: BTreeMap<PathBuf, Content> = paths.into_iter().zip(contents).collect();
        let manifests = files.iter().filter(|(path, content)| {
            content.as_ref().is_ok_and(|bytes| nocere_export::is_manifest(path, bytes))
        });
        let bundles = manifests.filter_map(|(path, _)| Some(path.parent()?.to_owned())).collect();
        Ok(Self::Past(Arc::new(Past { repository: repository.clone(), files, bundles })))
    }

    /// Whether a path is a folder rather than a file.
    pub(crate) fn is_folder(&self, path: &Path) -> Result<bool, Problem> {
        let gone = || Problem::Path(path.to_owned(), io::ErrorKind::NotFound.into());
        match self {
            Self::Disk => match fs::metadata(path) {
                Ok(metadata) => Ok(metadata.is_dir()),
                Err(error) => Err(Problem::Path(path.to_owned(), error)),
            },
            Self::Past(past) => {
                let inside = past.repository.inside(path).ok_or_else(gone)?;
                if past.files.contains_key(&inside) {
                    return Ok(false);
                }
                past.below(&inside).next().map(|_| true).ok_or_else(gone)
            }
        }
    }

    /// Whether there is a regular file.
    pub(crate) fn has(&self, path: &Path) -> bool {
        match self {
            Self::Disk => path.is_file(),
            Self::Past(past) => past.get(path).is_some(),
        }
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, path: &Path, limits: Limits) -> Content {
        match self {
            Self::Disk => read(path, limits),
            Self::Past(past) => match past.get(path) {
                Some(Ok(bytes)) if bytes.len() > limits.bytes() => {
                    Err(format!("it is {}", limits.too_large()))
                }
                Some(content) => content.clone(),
                None => Err("there is no such file".into()),
            },
        }
    }

    /// The bytes of many files.
    pub(crate) fn read_all(
        &self,
        paths: Vec<PathBuf>,
        limits: Limits,
        each: impl Fn(u64) + Sync,
    ) -> Vec<(PathBuf, Content)> {
        let read = |path: PathBuf| {
            let content = self.read(&path, limits);
            each(1);
            (path, content)
        };
        paths.into_par_iter().map(read).collect()
    }

    /// The documents in a folder: regular files with the right ending, not hidden, not in a catalog of its own, and not
    /// in a bundle that was written there.
    pub(crate) fn documents(&self, root: &Path) -> Vec<PathBuf> {
        match self {
            Self::Disk => documents(root),
            Self::Past(past) => past.documents(root),
        }
    }

    /// How many folders above this one the nearest `nocere.toml` stands; 0 when it stands in the folder itself.
    pub(crate) fn levels_to_config(&self, folder: &Path) -> Option<usize> {
        let real = self.real(folder)?;
        let has = |folder: &Path| match self {
            Self::Disk => folder.join(CONFIG).is_file(),
            Self::Past(past) => past.files.contains_key(&folder.join(CONFIG)),
        };
        real.ancestors().position(has)
    }

    /// Whether two paths name the same thing.
    pub(crate) fn same(&self, a: &Path, b: &Path) -> bool {
        self.real(a) == self.real(b)
    }

    /// Whether a path lies in a folder.
    pub(crate) fn contains(&self, folder: &Path, path: &Path) -> bool {
        match (self.real(path), self.real(folder)) {
            (Some(path), Some(folder)) => path.starts_with(folder),
            _ => false,
        }
    }

    /// The one true form of a path: on disk from the root, in the past from the top of the repository.
    fn real(&self, path: &Path) -> Option<PathBuf> {
        match self {
            Self::Disk => fs::canonicalize(path).ok(),
            Self::Past(past) => past.repository.inside(path),
        }
    }
}

impl Past {
    fn get(&self, path: &Path) -> Option<&Content> {
        self.files.get(&self.repository.inside(path)?)
    }

    fn below<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = &'a Path> {
        let start = self.files.range(folder.to_owned()..).map(|(path, _)| path.as_path());
        start.take_while(move |path| path.starts_with(folder))
    }

    fn documents(&self, root: &Path) -> Vec<PathBuf> {
        let Some(inside) = self.repository.inside(root) else { return Vec::new() };
        let own = |path: &&Path| {
            let Ok(rest) = path.strip_prefix(&inside) else { return false };
            let mut between = rest.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
            let elsewhere = between.any(|folder| {
                let folder = inside.join(folder);
                self.files.contains_key(&folder.join(CONFIG)) || self.bundles.contains(&folder)
            });
            is_document(rest) && !is_hidden(rest) && !elsewhere
        };
        let documents = self.below(&inside).filter(own);
        documents.filter_map(|path| Some(root.join(path.strip_prefix(&inside).ok()?))).collect()
    }
}

fn documents(root: &Path) -> Vec<PathBuf> {
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
        .filter(|path| is_document(path))
        .collect()
}

/// The bytes of a regular file on disk.
pub(crate) fn read(path: &Path, limits: Limits) -> Content {
    let file = open(path).map_err(|error| plain(&error))?;
    let metadata = file.metadata().map_err(|error| plain(&error))?;
    if !metadata.is_file() {
        return Err("it is not a regular file".into());
    }
    let limit = limits.bytes() as u64 + 1;
    // A catalog keeps the bytes of every file, so no more is taken than they need.
    let size = metadata.len().saturating_add(1).min(limit);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    io::Read::read_to_end(&mut io::Read::take(file, limit), &mut bytes).map_err(|error| plain(&error))?;
    if bytes.len() as u64 == limit { Err(format!("it is {}", limits.too_large())) } else { Ok(bytes) }
}

/// Opens a file to read it. A pipe that nobody writes to is opened too, at once, and refused by whoever looks at it.
pub(crate) fn open(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flag = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).map_err(io::Error::other)?;
        options.custom_flags(flag);
    }
    options.read(true).open(path)
}

/// An error of the system without its number.
pub(crate) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let mut text = text.split(" (os error").next().unwrap_or(&text).to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

/// What a file is by its name.
pub(crate) fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn is_document(path: &Path) -> bool {
    matches!(ending(path).as_str(), "yaml" | "yml" | "json" | "md" | "markdown") && !path.ends_with(BASELINE)
}

fn is_hidden(path: &Path) -> bool {
    let hidden = |part| matches!(part, Component::Normal(name) if name.to_string_lossy().starts_with('.'));
    path.components().any(hidden)
}
