//! `nocere export`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use nocere_export::{
    Blocked, Export, File, Format, KeyError, State, bundle, check, files, formats_in, provenance, sign, write,
};
use nocere_model::{
    ReviewStatus,
    bundle::{CatalogVersion, Revision},
};

use super::{catalog, output};
use crate::{
    Exit, arguments,
    git::Repository,
    project::{Problem, Project, shown, today},
    report::{self, Run},
    terminal::{self, safe},
};

pub(crate) fn run(options: &arguments::Export, arguments: &arguments::Arguments) -> Result<Exit, Problem> {
    let (project, outcome) = catalog(&options.catalog)?;
    let Some(info) = &project.config.catalog else {
        return Err(Problem::Nothing("only a catalog can be exported, and this is a pack".into()));
    };
    let export = match bundle(&outcome, info) {
        Ok(bundle) => {
            // What blocks is weighed today; what the manifest says of the findings does not change with the calendar.
            let dated = outcome.suppressions.iter().any(|one| one.expired(Some(today())));
            let undated = || project.undated().strict().lint(project.read(|_| ()));
            let lasting = if dated { undated() } else { outcome };
            Export { bundle, provenance: provenance(&lasting, &project.config) }
        }
        Err(Blocked::Findings(findings)) => {
            let run = Run { catalogs: 1, files: outcome.files, findings, ..Run::default() };
            let text = report::render(report::Format::Pretty, &run, 0, arguments.color.on());
            terminal::print(&text).map_err(output)?;
            eprintln!("nocere: nothing was exported, because these errors block it");
            return Ok(Exit::Findings);
        }
        Err(blocked) => {
            eprintln!("nocere: nothing was exported: {}", terminal::safe(&blocked.to_string()));
            return Ok(Exit::Findings);
        }
    };
    match (&options.out, &options.check) {
        (Some(folder), _) => {
            let mut files = in_formats(&export, &options.format, source(&project, folder))?;
            if let Some(key) = &options.sign {
                files.push(signed(&files, &export, key)?);
            }
            write(folder, &files).map_err(|error| problem(&error))?;
            if !arguments.quiet {
                terminal::print(&terminal::safe(&written(&export, folder, &files))).map_err(output)?;
            }
            Ok(Exit::Clean)
        }
        (None, Some(folder)) => {
            let formats = formats_in(folder).map_err(|error| problem(&error))?;
            let files = in_formats(&export, &formats, None)?;
            compare(folder, &files, arguments.quiet)
        }
        (None, None) => Ok(Exit::Clean),
    }
}

fn in_formats(
    export: &Export,
    formats: &[&'static Format],
    source: Option<Revision>,
) -> Result<Vec<File>, Problem> {
    files(export, formats, source).map_err(|error| problem(&error))
}

fn problem(error: &impl ToString) -> Problem {
    Problem::Other(error.to_string(), "nothing was exported; what was there is there still".into())
}

/// The commit that a catalog stands at, where it is in a repository that git can tell about.
fn source(project: &Project, out: &Path) -> Option<Revision> {
    let root = project.root.as_deref()?;
    let repository = Repository::of(root).ok()?;
    let revision = repository.head().ok()??.id().to_owned();
    // A bundle that is kept inside of the catalog is no change of the catalog.
    let out = repository.inside(out);
    let of_catalog = |path: &PathBuf| out.as_ref().is_none_or(|out| !path.starts_with(out));
    let dirty = repository.changed(root).ok()?.iter().any(of_catalog);
    Some(Revision { revision, dirty })
}

/// The signature of the manifest.
fn signed(files: &[File], export: &Export, path: &Path) -> Result<File, Problem> {
    let text = fs::read_to_string(path).map_err(|error| Problem::Path(path.to_owned(), error))?;
    let catalog = &export.bundle.catalog;
    let catalog = CatalogVersion { id: catalog.id.clone(), version: catalog.version.clone() };
    let given = std::env::var(PASSWORD).ok();
    let signed = match sign(files, &catalog, &text, given) {
        Err(KeyError::Password) => {
            let asked = rpassword::prompt_password(format!("Password of `{}`: ", safe(&shown(path))));
            let asked = asked.map_err(|_| {
                let message = format!(
                    "`{}` is protected by a password, and there is no terminal to ask for it",
                    shown(path)
                );
                Problem::Other(
                    message,
                    format!("nothing was exported; put the password into the variable {PASSWORD}"),
                )
            })?;
            sign(files, &catalog, &text, Some(asked))
        }
        signed => signed,
    };
    signed.map_err(|error| problem(&format!("`{}`: {error}", shown(path))))
}

/// The variable with the password of a secret key.
const PASSWORD: &str = "NOCERE_SIGN_PASSWORD";

/// What was written, in a line and a list of files.
fn written(export: &Export, folder: &Path, files: &[File]) -> String {
    let bundle = &export.bundle;
    let review = match bundle.review.status {
        ReviewStatus::Draft => "a draft: no clinician has reviewed all of it",
        ReviewStatus::Reviewed => "reviewed",
    };
    let names: Vec<String> = files.iter().map(|file| shown(&folder.join(&file.path))).collect();
    format!(
        "{} {} with {} exercises and {} routines ({review}): {}\n",
        bundle.catalog.id,
        bundle.catalog.version,
        bundle.exercises.len(),
        bundle.routines.len(),
        names.join(", ")
    )
}

fn compare(folder: &Path, files: &[File], quiet: bool) -> Result<Exit, Problem> {
    match check(folder, files).map_err(|error| problem(&error))? {
        State::Current => {
            if !quiet {
                terminal::print(&format!("`{}` is current\n", shown(folder))).map_err(output)?;
            }
            Ok(Exit::Clean)
        }
        State::Missing => {
            eprintln!("nocere: there is no bundle in `{}`", shown(folder));
            Ok(Exit::Findings)
        }
        State::Stale(differences) => {
            eprintln!("nocere: the bundle in `{}` is not current:", shown(folder));
            for difference in differences {
                eprintln!("  {}", terminal::safe(&difference));
            }
            eprintln!("  help: write it again with `nocere export --out {}`", shown(folder));
            Ok(Exit::Findings)
        }
    }
}
