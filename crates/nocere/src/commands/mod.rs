//! The commands, one file each.

mod adapt;
mod baseline;
mod config;
mod diff;
mod export;
mod fix;
mod import;
mod init;
mod lint;
mod matrix;
mod new;
mod rules;
mod shell;
mod since;
mod suppressions;
mod verify;
mod why;

use std::path::Path;

use nocere_lint::{Outcome, spelling::did_you_mean};

use crate::{
    Exit,
    arguments::{Arguments, Command},
    place::plain,
    project::{self, Problem, Project},
    terminal::safe,
};

/// Runs the command that was asked for.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    match &arguments.command {
        Command::Lint(lint) => lint::run(lint, arguments),
        Command::Adapt(adapt) => adapt::run(adapt),
        Command::Export(export) => export::run(export, arguments),
        Command::Verify(verify) => verify::run(verify, arguments.quiet),
        Command::Diff(diff) => diff::run(diff, arguments),
        Command::Why(why) => why::run(why),
        Command::Matrix(matrix) => matrix::run(matrix),
        Command::Init { folder } => init::run(folder, arguments),
        Command::New(new) => new::run(new, arguments),
        Command::Import(import) => import::run(import, arguments),
        Command::Baseline(baseline) => baseline::run(baseline),
        Command::Suppressions(suppressions) => suppressions::run(suppressions),
        Command::Config(config) => config::run(config),
        Command::Rules { format } => rules::list(*format),
        Command::Explain { rule } => rules::explain(rule),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Schemas { out } => init::write_schemas(out),
        Command::Man { out } => shell::man(out),
    }
}

impl Problem {
    /// Says what could not be done, why, and what to do.
    pub(crate) fn show(&self, _: &Arguments) {
        let (what, help) = match self {
            Self::Path(path, error) => (
                format!("`{}`: {}", path.display(), plain(error)),
                "nothing was checked; look at the spelling of the path".to_owned(),
            ),
            Self::Config(path, text, error) => {
                let line = error
                    .span
                    .as_ref()
                    .map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
                let place = line.map_or(String::new(), |line| format!(":{line}"));
                (format!("{}{place}: {}", path.display(), error.message), error.help.clone())
            }
            Self::Nothing(what) => (
                what.clone(),
                "name a catalog, or files; docs/configuration.md shows how to make a catalog".into(),
            ),
            Self::Other(what, help) => (what.clone(), help.clone()),
        };
        eprintln!("nocere: {}", safe(&what));
        if !help.is_empty() {
            eprintln!("  help: {}", safe(&help));
        }
    }
}

/// The one catalog that a path speaks of, resolved.
fn catalog(path: &Path) -> Result<(Project, Outcome), Problem> {
    let mut projects = project::find(&[path.to_owned()])?;
    projects.retain(|project| project.config.catalog.is_some());
    let project = match projects.len() {
        1 => projects.remove(0),
        0 => return Err(Problem::Nothing(format!("there is no catalog in `{}`", path.display()))),
        _ => {
            let message = format!("there are several catalogs in `{}`", path.display());
            return Err(Problem::Other(message, "name the folder of one".into()));
        }
    };
    let outcome = project.lint(&project.session().strict(), project.read(|_| ()))?;
    Ok((project, outcome))
}

/// An id that names nothing, with what was probably meant.
fn unknown(what: &str, id: &str, known: &[&str]) -> Problem {
    let help = match did_you_mean(id, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "look at the file names in the catalog".into(),
    };
    Problem::Other(format!("there is no {what} `{id}`"), help)
}

/// A report that could not be written.
pub(crate) fn output(error: std::io::Error) -> Problem {
    Problem::Other(format!("the report could not be written: {}", plain(&error)), String::new())
}
