//! GitLab's code quality report: a JSON array of what the merge request shows.

use nocere_lint::finding::Severity;
use serde_json::{Value, json};

use super::{
    Run,
    place::{Repository, fingerprints, first_line},
    sentence, shortened,
};

pub(super) fn render(run: &Run) -> String {
    let mut repository = Repository::here();
    let issues: Vec<Value> = run
        .findings
        .iter()
        .zip(fingerprints(&run.findings))
        .map(|(finding, fingerprint)| {
            let line = first_line(&finding.site).start.line;
            json!({
                "description": format!("{}: {}", finding.rule, sentence(&shortened(&finding.message))),
                "check_name": finding.rule,
                "fingerprint": fingerprint,
                "severity": severity(finding.severity),
                "location": {
                    "path": repository.file(&finding.site.source.path).path(),
                    "lines": { "begin": line, "end": line },
                },
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(issues))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "info",
    }
}
