//! `nocere new`: a document with gaps that the linter names.

use std::path::{Path, PathBuf};

use nocere_lint::{Session, catalog::Layer};
use nocere_model::{Id, Kind, Source};

use super::{init::title, output};
use crate::{
    Exit,
    arguments::{Arguments, New, NewKind},
    folder,
    project::{self, Problem, shown},
    terminal,
};

pub(crate) fn run(new: &New, arguments: &Arguments) -> Result<Exit, Problem> {
    let (kind, template, usual) = match new.kind {
        NewKind::Exercise => (Kind::Exercise, include_str!("../../templates/new/exercise.yaml"), "exercises"),
        NewKind::Routine => (Kind::Routine, include_str!("../../templates/new/routine.yaml"), "routines"),
        NewKind::Condition => {
            (Kind::Condition, include_str!("../../templates/new/condition.yaml"), "conditions")
        }
    };
    let id = &new.id;
    if let Err(error) = Id::<Source>::new(id.as_str()) {
        return Err(Problem::Other(format!("`{id}` is not an id"), error.to_string()));
    }
    let (root, catalog) = open(&new.catalog)?;
    if let Some(entry) = catalog.entry(kind, id) {
        let place = &entry.document.source.path;
        let help = match &entry.layer {
            Layer::Own => "choose another id, or change the one that is there".to_owned(),
            Layer::Pack(pack) => {
                format!("choose another id; a document that replaces it says `overrides: {pack}`")
            }
        };
        return Err(Problem::Other(format!("the {kind} `{id}` is there already, in `{place}`"), help));
    }
    if catalog.tombstone(kind, id).is_some() {
        let message = format!("the id `{id}` is retired: no other {kind} may have it");
        return Err(Problem::Other(message, "choose another id".into()));
    }
    let folder = folder_of(&catalog, kind, &root).unwrap_or_else(|| root.join(usual));
    let text = template.replace("@id@", id).replace("@name@", &title(id));
    let name = format!("{id}.yaml");
    folder::add(&folder, &[(name.clone(), text)])?;
    if !arguments.quiet {
        let path = shown(&folder.join(name));
        let text = format!("`{path}` is a beginning: `nocere lint {path}` names what is missing\n");
        terminal::print(&terminal::safe(&text)).map_err(output)?;
    }
    Ok(Exit::Clean)
}

/// The folder of the one catalog or pack that a path speaks of, and what is in it.
fn open(path: &Path) -> Result<(PathBuf, nocere_lint::catalog::Catalog), Problem> {
    let mut found = project::find(&[path.to_owned()])?;
    let project = match found.len() {
        1 => found.remove(0),
        _ => {
            let message = format!("`{}` is not one catalog", path.display());
            return Err(Problem::Other(message, "name the folder of a catalog with `--catalog`".into()));
        }
    };
    let Some(root) = project.root.clone() else {
        return Err(Problem::Nothing(format!("there is no catalog in `{}`", path.display())));
    };
    let catalog = Session::new(project.config.clone()).load(project.read(|_| ()));
    Ok((root, catalog))
}

/// The folder that has most documents of a kind; of several the first by name.
fn folder_of(catalog: &nocere_lint::catalog::Catalog, kind: Kind, root: &Path) -> Option<PathBuf> {
    let mut folders: std::collections::BTreeMap<PathBuf, usize> = std::collections::BTreeMap::new();
    for entry in catalog.own().filter(|entry| entry.kind == Some(kind)) {
        let folder = Path::new(&entry.document.source.path).parent()?;
        let folder = if folder == Path::new("") { root } else { folder };
        *folders.entry(folder.to_owned()).or_default() += 1;
    }
    let most =
        folders.iter().max_by_key(|(folder, count)| (**count, std::cmp::Reverse((*folder).clone())))?;
    Some(most.0.clone())
}
