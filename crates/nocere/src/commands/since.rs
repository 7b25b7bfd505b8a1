//! `--since REVISION`: what a run found, less what was found where this work parted from the revision.

use std::path::{Path, PathBuf};

use nocere_lint::{baseline::Baseline, finding::Finding};

use crate::{
    cache::Cache,
    git::Repository,
    place::Place,
    project::{Problem, Project},
};

/// The past, which is read once for all catalogs of a repository.
pub(super) struct Since<'r> {
    revision: &'r str,
    known: Vec<(PathBuf, Place)>,
}

impl<'r> Since<'r> {
    pub(super) fn new(revision: &'r str) -> Self {
        Self { revision, known: Vec::new() }
    }

    /// The findings that the change is responsible for: those that were not there, or were less severe. A catalog
    /// that was not there, or could not be read, had none.
    pub(super) fn responsible_for(
        &mut self,
        project: &Project,
        cache: &Cache,
        findings: Vec<Finding>,
    ) -> Result<Vec<Finding>, Problem> {
        let Some(before) = project.at(&self.place(project)?) else { return Ok(findings) };
        let session = before.session().with_baseline(before.baseline().ok().flatten());
        let (old, _) = cache.lint(&before, &session, before.read(|_| ()));
        Ok(Baseline::of(&old.findings).divide(findings).new)
    }

    fn place(&mut self, project: &Project) -> Result<Place, Problem> {
        let paths = project.paths();
        let folder = match (&project.root, paths.first()) {
            (Some(root), _) => root.clone(),
            (None, file) => match file.and_then(|file| file.parent()) {
                Some(folder) if folder != Path::new("") => folder.to_owned(),
                _ => PathBuf::from("."),
            },
        };
        let repository = Repository::of(&folder)?;
        if project.root.is_some()
            && let Some((_, place)) = self.known.iter().find(|(top, _)| top == repository.top())
        {
            return Ok(place.clone());
        }
        let head = repository.head()?.ok_or_else(|| {
            let message = "there is no commit in this repository yet, so nothing has changed since one";
            Problem::Other(message.into(), "lint without `--since`".into())
        })?;
        let base = repository.merge_base(&repository.commit(self.revision)?, &head)?;
        let place = Place::past(&repository, &base, &paths)?;
        self.known.push((repository.top().to_owned(), place.clone()));
        Ok(place)
    }
}
