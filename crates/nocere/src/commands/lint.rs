//! `nocere lint`.

use std::{collections::HashSet, io::IsTerminal, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};
use nocere_lint::finding::Severity;

use super::{fix, since::Since};
use crate::{
    Exit,
    arguments::{Arguments, FailOn, Lint},
    cache::Cache,
    project::{self, Problem, Project},
    report::{self, Run},
};

pub(crate) fn run(lint: &Lint, arguments: &Arguments) -> Result<Exit, Problem> {
    let outputs = report::plan(lint.format, &lint.output)?;
    let projects = match &lint.stdin_filename {
        Some(name) => vec![project::stdin(name)?],
        None => project::find(&lint.paths)?,
    };
    report::keep_apart(&outputs, &projects)?;
    let cache = Cache::open(lint.cache.as_deref())?;
    let mut since = lint.since.as_deref().map(Since::new);
    let mut run = Run::default();
    let fixing = lint.fix || lint.unsafe_fixes || lint.diff;
    for project in &projects {
        if fixing {
            run.fixed += fix::run(project, lint)?;
        }
        let progress = progress(arguments.quiet);
        self::lint(project, lint, since.as_mut(), &cache, &progress, &mut run)?;
        progress.finish_and_clear();
    }
    if run.files == 0 {
        return Err(Problem::Nothing("there is no document to lint here".into()));
    }
    report::write(&outputs, &run, lint.max_findings, arguments.color.on(), arguments.quiet)?;
    let least = match lint.fail_on {
        FailOn::Never => return Ok(Exit::Clean),
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Note => Severity::Note,
    };
    let failing = run.findings.iter().any(|finding| finding.severity >= least);
    Ok(if failing { Exit::Findings } else { Exit::Clean })
}

/// Lints one project into a run.
fn lint(
    project: &Project,
    lint: &Lint,
    since: Option<&mut Since<'_>>,
    cache: &Cache,
    progress: &ProgressBar,
    run: &mut Run,
) -> Result<(), Problem> {
    let baseline = if lint.no_baseline { None } else { project.baseline()? };
    let inputs = project.read(|files| progress.inc(files));
    progress.set_message("checking");
    let (linted, usable) = cache.lint(project, &project.session().with_baseline(baseline), inputs);
    usable?;
    let known: HashSet<String> = run.rules.iter().map(|rule| rule.name.clone()).collect();
    run.rules.extend(linted.rules.into_iter().filter(|rule| !known.contains(&rule.name)));
    let mut findings = linted.findings;
    if let Some(since) = since {
        findings = since.responsible_for(project, cache, findings)?;
    }
    run.catalogs += usize::from(project.root.is_some());
    run.files += linted.files;
    run.suppressed += linted.suppressed;
    run.baselined += linted.baselined;
    run.findings.extend(findings.into_iter().filter(|finding| project.shows(&finding.site.source.path)));
    Ok(())
}

/// A bar that appears when a run takes long and a person is watching.
fn progress(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message("reading");
    let style = ProgressStyle::with_template("{spinner} {msg} {pos} files, {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
