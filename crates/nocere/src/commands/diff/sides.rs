//! What is compared: commits, folders or bundles.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
};

use nocere_diff::{Side, Unread};
use nocere_export::{BUNDLE, as_written};
use nocere_lint::{Input, config::PackInfo, limits::Limits};
use nocere_model::{Bundle, Kind, bundle::AsWritten};

use crate::{
    arguments::Diff,
    git::{Commit, Repository},
    place::{Place, read},
    project::{self, CONFIG, Problem, Project, shown},
};

/// Both sides, catalog by catalog.
pub(crate) struct Sides {
    /// What was compared with, for people.
    pub(crate) base: String,
    /// What was compared, for people.
    pub(crate) head: String,
    /// The catalogs, by id.
    pub(crate) catalogs: Vec<(Side, Side)>,
}

/// What a word on the command line stands for.
enum Named {
    Folder(PathBuf),
    Bundle(PathBuf),
    Revision(Repository, Commit),
}

/// The catalogs of one side, by id.
type Loaded = BTreeMap<String, Catalog>;

/// A catalog of one side, and the paths of its documents from its own folder.
struct Catalog {
    side: Side,
    documents: BTreeMap<String, (Kind, String)>,
}

pub(crate) fn load(options: &Diff) -> Result<Sides, Problem> {
    let mut base = named(&options.base, &options.catalog)?;
    let head = match &options.head {
        Some(head) => named(head, &options.catalog)?,
        None => Named::Folder(options.catalog.clone()),
    };
    let mut base_words = describe(&options.base, &base);
    if let (Named::Revision(repository, commit), false) = (&base, options.exact)
        && let Some(other) = tip(&head, options.head.is_none(), repository)?
    {
        let begun = repository.merge_base(commit, &other)?;
        if begun != *commit {
            base_words = format!("{} (where this work parted from `{}`)", short(&begun), options.base);
            base = Named::Revision(repository.clone(), begun);
        }
    }
    let head_words = match &options.head {
        Some(words) => describe(words, &head),
        None => "the files as they are".into(),
    };
    let old = catalogs(&base, &options.catalog)?;
    let new = catalogs(&head, &options.catalog)?;
    if old.is_empty() && new.is_empty() {
        let message = "there is no catalog on either side, so nothing was compared".to_owned();
        return Err(Problem::Nothing(message));
    }
    Ok(Sides { base: base_words, head: head_words, catalogs: pairs(old, new) })
}

/// The commit that the head stands on, where it has one in this repository.
fn tip(head: &Named, work_tree: bool, repository: &Repository) -> Result<Option<Commit>, Problem> {
    match head {
        Named::Revision(_, commit) => Ok(Some(commit.clone())),
        Named::Folder(_) if work_tree => repository.head(),
        _ => Ok(None),
    }
}

fn named(words: &str, catalog: &Path) -> Result<Named, Problem> {
    let path = Path::new(words);
    let plain = !words.contains(['/', '\\']) && !words.starts_with('.');
    let revision = || {
        let repository = Repository::of(folder_of(catalog))?;
        let commit = repository.commit(words)?;
        Ok((repository, commit))
    };
    if path.exists() {
        if plain && revision().is_ok() {
            let message = format!("`{words}` is a revision and also a file or folder here");
            return Err(Problem::Other(
                message,
                format!(
                    "write `./{words}` for the folder, or the whole name of the revision, such as `refs/heads/{words}`"
                ),
            ));
        }
        let bundle = path.join(BUNDLE);
        return Ok(match path.is_dir() {
            false => Named::Bundle(path.to_owned()),
            true if bundle.is_file() && !path.join(CONFIG).is_file() => Named::Bundle(bundle),
            true => Named::Folder(path.to_owned()),
        });
    }
    let (repository, commit) = revision().map_err(|problem| match problem {
        Problem::Other(message, help) => Problem::Other(
            format!("`{words}` is no file or folder, and as a revision it cannot be used: {message}"),
            help,
        ),
        problem => problem,
    })?;
    Ok(Named::Revision(repository, commit))
}

fn folder_of(catalog: &Path) -> &Path {
    let there = catalog.ancestors().find(|path| path.is_dir());
    there.unwrap_or(Path::new("."))
}

fn describe(words: &str, named: &Named) -> String {
    match named {
        Named::Revision(_, commit) if commit.id().starts_with(words) => short(commit),
        Named::Revision(_, commit) => format!("`{words}` ({})", short(commit)),
        _ => format!("`{words}`"),
    }
}

fn short(commit: &Commit) -> String {
    commit.id().chars().take(12).collect()
}

fn catalogs(named: &Named, catalog: &Path) -> Result<Loaded, Problem> {
    match named {
        Named::Bundle(path) => {
            let content = read_bundle(path)?;
            let side = Side { content, errors: 0, unread: Vec::new() };
            Ok([(side.content.catalog.id.clone(), Catalog { side, documents: BTreeMap::new() })].into())
        }
        Named::Folder(folder) => Ok(of_projects(project::find(std::slice::from_ref(folder))?)),
        Named::Revision(repository, commit) => past(repository, commit, catalog),
    }
}

/// The catalogs as they were committed; none when there were none.
fn past(repository: &Repository, commit: &Commit, catalog: &Path) -> Result<Loaded, Problem> {
    let place = Place::past(repository, commit, &[])?;
    if place.is_folder(catalog).is_err() {
        return Ok(Loaded::new());
    }
    match project::find_in(&place, &[catalog.to_owned()]) {
        Ok(projects) => Ok(of_projects(projects)),
        Err(Problem::Nothing(_)) => Ok(Loaded::new()),
        Err(problem) => Err(problem),
    }
}

fn of_projects(projects: Vec<Project>) -> Loaded {
    let read = |project: &Project| project.read(|_| ());
    // A workspace that holds the pack `core` itself is compared with its own, and not with the one in this program.
    let core: Option<(PackInfo, Vec<Input>)> = projects.iter().find_map(|project| {
        Some((project.config.pack.clone().filter(|pack| pack.id == "core")?, read(project)))
    });
    let mut loaded = Loaded::new();
    for project in &projects {
        let Some(info) = &project.config.catalog else { continue };
        let mut session = project.session().strict();
        if let Some((info, documents)) = &core {
            session = session.with_core(info.clone(), documents.clone());
        }
        let outcome = session.lint(read(project));
        let (content, unread) = as_written(&outcome.catalog, info);
        let root = project.root.as_deref().map(shown).unwrap_or_default();
        let own = |path: &str| path.strip_prefix(&root).unwrap_or(path).trim_start_matches('/').to_owned();
        let documents = outcome
            .catalog
            .own()
            .filter_map(|entry| Some((own(&entry.document.source.path), (entry.kind?, entry.id.clone()?))));
        let unread = unread.into_iter();
        let unread =
            unread.map(|one| Unread { path: own(&one.path), kind: one.kind, id: one.id, because_of: None });
        let side = Side {
            content,
            errors: outcome.count(nocere_lint::finding::Severity::Error),
            unread: unread.collect(),
        };
        loaded.insert(info.id.clone(), Catalog { documents: documents.collect(), side });
    }
    loaded
}

fn read_bundle(path: &Path) -> Result<AsWritten, Problem> {
    let problem = |what: String| {
        let help = "`nocere export` writes bundles; a folder with a `nocere.toml` can be compared as it is";
        Problem::Other(format!("`{}` {what}", path.display()), help.into())
    };
    let text =
        read(path, Limits::MOST).map_err(|why| Problem::Path(path.to_owned(), io::Error::other(why)))?;
    let value: serde_json::Value = serde_json::from_slice(&text)
        .map_err(|error| problem(format!("is not JSON: line {}, column {}", error.line(), error.column())))?;
    if value["format"] != "nocere-bundle" {
        return Err(problem("is no bundle: it does not say `nocere-bundle` under `format`".into()));
    }
    if value["version"] != nocere_model::bundle::VERSION {
        return Err(problem(format!(
            "is a bundle of version {}, which this program does not know",
            value["version"]
        )));
    }
    let bundle = Bundle::read(&value)
        .map_err(|error| problem(format!("is a bundle with a part that cannot be read: {error}")))?;
    Ok(bundle.into())
}

/// The catalogs of both sides by id; where each side has one, these two. One that only one side has is compared with
/// nothing.
fn pairs(mut old: Loaded, mut new: Loaded) -> Vec<(Side, Side)> {
    if let (1, Some((id, only))) = (old.len(), old.pop_first()) {
        match new.len() {
            1 => old.extend(new.first_key_value().map(|(id, _)| (id.clone(), only))),
            _ => drop(old.insert(id, only)),
        }
    }
    let ids: BTreeSet<String> = old.keys().chain(new.keys()).cloned().collect();
    let mut pairs = Vec::new();
    for id in ids {
        let (old, new) = match (old.remove(&id), new.remove(&id)) {
            (Some(old), Some(new)) => (old, new),
            (Some(old), None) => {
                let empty = nothing(&old.side.content);
                (old, empty)
            }
            (None, Some(new)) => (nothing(&new.side.content), new),
            (None, None) => continue,
        };
        let (mut base, mut head) = (old.side, new.side);
        name(&mut base.unread, &new.documents);
        name(&mut head.unread, &old.documents);
        pairs.push((base, head));
    }
    pairs
}

/// What a document that cannot be read is, by what stands in the same place on the other side.
fn name(unread: &mut [Unread], documents: &BTreeMap<String, (Kind, String)>) {
    for one in unread.iter_mut().filter(|one| one.kind.is_none() || one.id.is_none()) {
        if let Some((kind, id)) = documents.get(&one.path) {
            (one.kind, one.id) = (Some(*kind), Some(id.clone()));
        }
    }
}

/// An empty catalog of the same name.
fn nothing(other: &AsWritten) -> Catalog {
    let mut catalog = other.catalog.clone();
    catalog.version = "0.0.0".into();
    let mut content = other.clone();
    content.catalog = catalog;
    content.exercises.clear();
    content.routines.clear();
    content.screenings.clear();
    content.conditions.clear();
    content.demands.clear();
    content.targets.clear();
    content.equipment.clear();
    content.sources.clear();
    Catalog { side: Side { content, errors: 0, unread: Vec::new() }, documents: BTreeMap::new() }
}
