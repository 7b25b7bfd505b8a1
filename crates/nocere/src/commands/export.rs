//! `nocere export`.

use nocere_export::{Blocked, File, Format, State, bundle, check, write};
use nocere_lint::Session;

use super::{catalog, output};
use crate::{
    Exit,
    arguments::{Arguments, Export},
    project::{Problem, shown},
    report::{self, Run},
    terminal,
};

pub(crate) fn run(export: &Export, arguments: &Arguments) -> Result<Exit, Problem> {
    let (project, outcome) = catalog(&export.catalog)?;
    let Some(info) = &project.config.catalog else {
        return Err(Problem::Nothing("only a catalog can be exported, and this is a pack".into()));
    };
    // What blocks is weighed today; what the bundle says of its findings does not change with the calendar.
    let undated = || Session::new(project.config.clone()).lint(project.read(|_| ()));
    let bundle = match bundle(&outcome, info).and_then(|_| bundle(&undated(), info)) {
        Ok(bundle) => bundle,
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
    let problem = |what: String| Problem::Other(what, "nothing was exported".into());
    let files: Vec<File> = Format::Json.files(&bundle).map_err(|error| problem(error.to_string()))?;
    if let Some(folder) = &export.out {
        write(folder, &files).map_err(|error| problem(error.to_string()))?;
        if !arguments.quiet {
            let names: Vec<String> = files.iter().map(|file| shown(&folder.join(&file.name))).collect();
            let draft = "a draft: no clinician has reviewed all of it";
            let review =
                if bundle.review.status == nocere_model::ReviewStatus::Draft { draft } else { "reviewed" };
            let text = format!(
                "{} {} with {} exercises and {} routines ({review}): {}\n",
                info.id,
                info.version,
                bundle.exercises.len(),
                bundle.routines.len(),
                names.join(", ")
            );
            terminal::print(&terminal::safe(&text)).map_err(output)?;
        }
        return Ok(Exit::Clean);
    }
    let folder = export.check.as_deref().unwrap_or(std::path::Path::new("."));
    match check(folder, &files).map_err(|error| problem(error.to_string()))? {
        State::Current => {
            if !arguments.quiet {
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
