//! The commands, one file each.

mod lint;
mod rules;
mod shell;

use crate::{
    Exit,
    arguments::{Arguments, Command},
    project::{Problem, plain},
    terminal::safe,
};

/// Runs the command that was asked for.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    match &arguments.command {
        Command::Lint(lint) => lint::run(lint, arguments),
        Command::Rules { format } => rules::list(*format),
        Command::Explain { rule } => rules::explain(rule),
        Command::Completions { shell } => shell::completions(*shell),
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

/// A report that could not be written.
pub(crate) fn output(error: std::io::Error) -> Problem {
    Problem::Other(format!("the report could not be written: {}", plain(&error)), String::new())
}
