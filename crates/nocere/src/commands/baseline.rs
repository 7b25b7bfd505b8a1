//! `nocere baseline`: accepts the findings of today once, and after that only forgets.

use std::{fs, path::Path};

use nocere_lint::{
    baseline::{Baseline, Known},
    finding::{Finding, Severity},
};

use super::output;
use crate::{
    Exit, arguments,
    project::{self, BASELINE, Problem, Project, shown},
    report::{Staged, tally},
    terminal::{self, safe},
};

pub(crate) fn run(asked: &arguments::Baseline) -> Result<Exit, Problem> {
    let projects = project::find(&asked.paths)?;
    let mut found = false;
    for project in &projects {
        let Some(path) = project.baseline_path() else {
            let message = "single files have no baseline".into();
            return Err(Problem::Other(message, "name a folder that has a nocere.toml".into()));
        };
        let said = match (asked.create, project.baseline()?) {
            (true, _) => create(project, &path)?,
            (false, Some(baseline)) => update(project, &path, baseline, asked.prune)?,
            // Of the catalogs of a workspace, some may have none.
            (false, None) => continue,
        };
        found = true;
        terminal::print(&safe(&said)).map_err(output)?;
    }
    if found {
        return Ok(Exit::Clean);
    }
    let message = format!("there is no `{BASELINE}` here");
    let help = "`nocere baseline --create` writes one, which accepts the findings of today".into();
    Err(Problem::Other(message, help))
}

/// All that is found, whatever a baseline knows.
fn findings(project: &Project) -> Result<Vec<Finding>, Problem> {
    Ok(project.lint(&project.session(), project.read(|_| ()))?.findings)
}

fn create(project: &Project, path: &Path) -> Result<String, Problem> {
    let name = shown(path);
    if path.exists() {
        let message = format!("`{name}` is there already, and nothing is ever added to a baseline");
        let help = "mend a new finding, or allow it in its file with a reason; `nocere baseline --prune` takes out what is resolved";
        return Err(Problem::Other(message, help.into()));
    }
    let findings = findings(project)?;
    if findings.is_empty() {
        return Ok(format!("there is nothing to report, so `{name}` was not written\n"));
    }
    let baseline = Baseline::of(&findings);
    Staged::new(path, baseline.text().as_bytes())?.put_in_place()?;
    Ok(format!(
        "`{name}` knows {}, and what it knows is not reported\n{}",
        tally(&findings),
        blocking(&findings)
    ))
}

fn update(project: &Project, path: &Path, baseline: Baseline, prune: bool) -> Result<String, Problem> {
    let name = shown(path);
    let divided = baseline.divide(findings(project)?);
    let mut text = format!("`{name}` knows {}\n{}", tally(&divided.known), blocking(&divided.known));
    text += &format!("not in it, and reported: {}\n", tally(&divided.new));
    if divided.resolved.is_empty() {
        return Ok(text);
    }
    let entries = if divided.resolved.len() == 1 { "entry" } else { "entries" };
    let done = if prune { "taken out" } else { "to be taken out with `--prune`" };
    text += &format!("resolved, {done}: {} {entries}\n", divided.resolved.len());
    for Known { document, place, rule, .. } in &divided.resolved {
        text += &format!("  {rule} in {document} {place}\n");
    }
    if prune {
        let rest = baseline.without(&divided.resolved);
        if rest.is_empty() {
            fs::remove_file(path).map_err(|error| Problem::Path(path.to_owned(), error))?;
            text += "nothing is left in it, so the file was deleted\n";
        } else {
            Staged::new(path, rest.text().as_bytes())?.put_in_place()?;
        }
    }
    Ok(text)
}

/// A reminder that a baseline excuses nothing that people could be shown.
fn blocking(findings: &[Finding]) -> String {
    match findings.iter().filter(|finding| finding.severity == Severity::Error).count() {
        0 => String::new(),
        _ => "an export does not look at the baseline: the errors in it still block a bundle\n".into(),
    }
}
