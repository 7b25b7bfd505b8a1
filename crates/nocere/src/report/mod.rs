//! Reports, one file a format.

mod concise;
mod json;
mod pretty;

use clap::ValueEnum;
use nocere_lint::finding::{Finding, Safety, Severity};

/// What a run over one or more catalogs found.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// How many catalogs were linted.
    pub(crate) catalogs: usize,
    /// How many files were read.
    pub(crate) files: usize,
    /// How many findings a suppression took away.
    pub(crate) suppressed: usize,
    /// How many files fixes have changed.
    pub(crate) fixed: usize,
    pub(crate) findings: Vec<Finding>,
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
}

impl Format {
    /// Whether programs read it, so that it is printed even when the run is quiet.
    pub(crate) fn for_programs(self) -> bool {
        self == Self::Json
    }
}

/// The report as text.
pub(crate) fn render(format: Format, run: &Run, most: usize, color: bool) -> String {
    let most = if most == 0 { usize::MAX } else { most };
    match format {
        Format::Pretty => pretty::render(run, most, color),
        Format::Concise => concise::render(run, most),
        Format::Json => json::render(run),
    }
}

/// One line that sums a run up.
fn summary(run: &Run) -> String {
    let plural =
        |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let documents = plural(run.files, "document", "documents");
    let scope = match run.catalogs {
        0 | 1 => documents,
        catalogs => format!("{documents} in {catalogs} catalogs"),
    };
    let suppressed = match run.suppressed {
        0 => String::new(),
        count => format!(" ({count} suppressed)"),
    };
    if run.findings.is_empty() {
        return format!("{scope}: nothing to report{suppressed}");
    }
    let count = |severity| run.findings.iter().filter(|finding| finding.severity == severity).count();
    let parts: Vec<String> = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Note, "note", "notes"),
    ]
    .into_iter()
    .filter_map(|(severity, one, many)| {
        Some(count(severity)).filter(|n| *n > 0).map(|n| plural(n, one, many))
    })
    .collect();
    format!("{scope}: {}{suppressed}", parts.join(", "))
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
