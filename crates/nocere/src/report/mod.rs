//! Reports, one file a format.

mod concise;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod output;
mod place;
mod pretty;
mod sarif;

use std::borrow::Cow;

use clap::ValueEnum;
use nocere_lint::{
    RuleInfo,
    finding::{Finding, Safety, Severity},
};

use crate::{commands::output as printed, project::Problem, terminal};
pub(crate) use output::{Output, STAGED, Staged, keep_apart, plan};

/// What a run over one or more catalogs found.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// How many catalogs were linted.
    pub(crate) catalogs: usize,
    /// How many files were read.
    pub(crate) files: usize,
    /// How many findings a suppression took away.
    pub(crate) suppressed: usize,
    /// How many findings the baseline knows.
    pub(crate) baselined: usize,
    /// How many files fixes have changed.
    pub(crate) fixed: usize,
    pub(crate) findings: Vec<Finding>,
    /// The rules that were run, for formats that describe them.
    pub(crate) rules: Vec<RuleInfo>,
}

/// How findings are reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    /// For people: the place, the other evidence, the reason, what to do
    Pretty,
    /// For people in a hurry: a line each
    Concise,
    /// For programs: one JSON object, described by schemas/report.schema.json
    Json,
    /// For programs that read line by line: one JSON object for each finding, and a last one with the counts
    Jsonl,
    /// SARIF 2.1.0, for GitHub code scanning and other viewers of analysis results
    Sarif,
    /// Annotations of GitHub Actions, and the whole list in the summary of the step
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit XML, which most build servers show
    Junit,
    /// For a comment on a change: a table, and the reasons folded away
    Markdown,
}

impl Format {
    /// Whether programs read it, so that it is printed even when the run is quiet.
    fn for_programs(self) -> bool {
        !matches!(self, Self::Pretty | Self::Concise)
    }
}

/// Writes the reports of a run: the files first, all or none of them, then standard output.
pub(crate) fn write(
    outputs: &[Output],
    run: &Run,
    most: usize,
    color: bool,
    quiet: bool,
) -> Result<(), Problem> {
    let files = outputs.iter().filter_map(|output| Some((output.format, output.path.as_deref()?)));
    let staged: Vec<Staged> = files
        .map(|(format, path)| Staged::new(path, render(format, run, most, false).as_bytes()))
        .collect::<Result<_, _>>()?;
    staged.into_iter().try_for_each(Staged::put_in_place)?;
    for output in outputs.iter().filter(|output| output.path.is_none()) {
        if !quiet || output.format.for_programs() {
            terminal::print(&render(output.format, run, most, color)).map_err(printed)?;
        }
    }
    if outputs.iter().any(|output| output.format == Format::Github) {
        github::step_summary(run);
    }
    Ok(())
}

/// The report as text.
pub(crate) fn render(format: Format, run: &Run, most: usize, color: bool) -> String {
    let most = if most == 0 { usize::MAX } else { most };
    match format {
        Format::Pretty => pretty::render(run, most, color),
        Format::Concise => concise::render(run, most),
        Format::Json => json::render(run),
        Format::Jsonl => jsonl::render(run),
        Format::Sarif => sarif::render(run),
        Format::Github => github::render(run),
        Format::Gitlab => gitlab::render(run),
        Format::Junit => junit::render(run),
        Format::Markdown => markdown::render(run, most, markdown::COMMENT),
    }
}

/// One line that sums a run up.
fn summary(run: &Run) -> String {
    let documents = plural(run.files, "document", "documents");
    let scope = match run.catalogs {
        0 | 1 => documents,
        catalogs => format!("{documents} in {catalogs} catalogs"),
    };
    let hidden = [(run.suppressed, "suppressed"), (run.baselined, "in the baseline")];
    let hidden = hidden.into_iter().filter(|(count, _)| *count > 0);
    let hidden: Vec<String> = hidden.map(|(count, how)| format!("{count} {how}")).collect();
    let suppressed = if hidden.is_empty() { String::new() } else { format!(" ({})", hidden.join(", ")) };
    if run.findings.is_empty() {
        return format!("{scope}: nothing to report{suppressed}");
    }
    format!("{scope}: {}{suppressed}", counted(run.findings.iter()))
}

/// How much was found, also when it is nothing.
pub(crate) fn tally(findings: &[Finding]) -> String {
    if findings.is_empty() { "nothing".into() } else { counted(findings.iter()) }
}

/// Findings by severity: `2 errors, 1 note`.
fn counted<'f>(findings: impl Iterator<Item = &'f Finding> + Clone) -> String {
    let parts: Vec<String> = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Note, "note", "notes"),
    ]
    .into_iter()
    .map(|(severity, one, many)| {
        (findings.clone().filter(|finding| finding.severity == severity).count(), one, many)
    })
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| plural(count, one, many))
    .collect();
    parts.join(", ")
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The worst first, otherwise in their order.
fn worst_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    sorted
}

/// A message as a sentence of its own.
fn sentence(text: &str) -> String {
    let end = if text.trim_end().ends_with(['.', '!', '?', '…', ':']) { "" } else { "." };
    capitalised(text.trim()) + end
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// The most characters of one text in places that show a few lines.
const SHORT: usize = 1000;

/// Text cut where nobody would read on; the reports for people and the JSON report have all of it.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// What can be or was mended, where there is anything to say.
fn mendable(run: &Run) -> Option<String> {
    let of = |safety| {
        run.findings.iter().filter(|finding| finding.fixes.iter().any(|fix| fix.safety == safety)).count()
    };
    let mut parts = Vec::new();
    match run.fixed {
        0 => {}
        1 => parts.push("1 file was changed".to_owned()),
        files => parts.push(format!("{files} files were changed")),
    }
    for (count, flag) in [(of(Safety::Safe), "--fix"), (of(Safety::Unsafe), "--unsafe-fixes")] {
        if count > 0 {
            parts.push(format!("{count} can be mended with `{flag}`"));
        }
    }
    (!parts.is_empty()).then(|| format!("{}\n", parts.join("; ")))
}

/// What a capped report says of the rest.
fn rest(run: &Run, most: usize) -> Option<String> {
    let hidden = run.findings.len().checked_sub(most).filter(|hidden| *hidden > 0)?;
    Some(format!("{hidden} more findings are not shown; `--max-findings 0` shows all\n"))
}
