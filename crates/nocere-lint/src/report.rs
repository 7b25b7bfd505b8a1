//! The report for programs: a documented, versioned form of findings.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    finding::{Confidence, Finding, Safety, Severity, Site},
    position::Range,
};

/// The findings of a run.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report<'f> {
    /// The version of this form.
    version: u32,
    /// The findings, by catalog, path, place and rule.
    findings: Vec<Found<'f>>,
    /// The counts.
    summary: Summary,
}

/// How much was found.
#[derive(Debug, Serialize, JsonSchema)]
struct Summary {
    /// Files that were linted.
    files: usize,
    /// Findings that are errors.
    errors: usize,
    /// Findings that are warnings.
    warnings: usize,
    /// Findings that are notes.
    notes: usize,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
struct Found<'f> {
    /// The rule's name.
    rule: &'f str,
    /// How bad it is.
    severity: Severity,
    /// How sure the rule is.
    confidence: Confidence,
    /// What is wrong, in one sentence.
    message: &'f str,
    /// The file: relative, with forward slashes.
    path: &'f str,
    /// Where in the file.
    range: Range,
    /// The other evidence; files of the built-in pack start with `core:`.
    related: Vec<Elsewhere<'f>>,
    /// Why it harms.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'f str>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'f str>,
    /// Changes that would mend it.
    fixes: Vec<Change<'f>>,
    /// Its subjects by id.
    data: &'f Map<String, Value>,
    /// What stays the same from run to run while the finding does, wherever its lines and its file go: SHA-256 in
    /// hexadecimal digits.
    fingerprint: &'f str,
}

/// Another place.
#[derive(Debug, Serialize, JsonSchema)]
struct Elsewhere<'f> {
    /// The file.
    path: &'f str,
    /// Where in the file.
    range: Range,
    /// What stands there.
    message: &'f str,
}

/// A change that would mend a finding.
#[derive(Debug, Serialize, JsonSchema)]
struct Change<'f> {
    /// What it does.
    title: &'f str,
    /// Whether it may be applied without a person reading it.
    safety: Safety,
    /// The replacements, in order.
    edits: Vec<Replacement<'f>>,
}

/// A replacement of text.
#[derive(Debug, Serialize, JsonSchema)]
struct Replacement<'f> {
    /// What is replaced.
    range: Range,
    /// By what.
    text: &'f str,
}

impl Report<'_> {
    /// The JSON Schema (2020-12) of reports.
    #[must_use]
    pub fn schema() -> Value {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        let mut schema = settings.into_generator().into_root_schema_for::<Self>().to_value();
        if let Some(object) = schema.as_object_mut() {
            object.insert("$id".into(), "https://nocere.invalid/schemas/report.schema.json".into());
            object.insert("title".into(), "nocere report".into());
        }
        schema
    }
}

impl<'f> Report<'f> {
    /// The report on some findings in a number of files.
    #[must_use]
    pub fn new(findings: &'f [Finding], files: usize) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self {
            version: 1,
            findings: findings.iter().map(Found::of).collect(),
            summary: Summary {
                files,
                errors: count(Severity::Error),
                warnings: count(Severity::Warning),
                notes: count(Severity::Note),
            },
        }
    }
}

impl Report<'_> {
    /// The report as lines of JSON: each finding as it is in the report, then the version and the counts.
    #[must_use]
    pub fn lines(&self) -> String {
        let last = json!({ "version": self.version, "summary": self.summary });
        let findings = self.findings.iter().map(|found| json!(found));
        findings.chain([last]).map(|line| format!("{line}\n")).collect()
    }
}

impl<'f> Found<'f> {
    fn of(finding: &'f Finding) -> Self {
        let source = &finding.site.source;
        Self {
            rule: &finding.rule,
            severity: finding.severity,
            confidence: finding.confidence,
            message: &finding.message,
            path: &source.path,
            range: range(&finding.site),
            related: finding
                .related
                .iter()
                .map(|other| Elsewhere {
                    path: &other.site.source.path,
                    range: range(&other.site),
                    message: &other.message,
                })
                .collect(),
            why: finding.why.as_deref(),
            help: finding.help.as_deref(),
            fixes: finding
                .fixes
                .iter()
                .map(|fix| Change {
                    title: &fix.title,
                    safety: fix.safety,
                    edits: fix
                        .edits
                        .iter()
                        .map(|edit| Replacement { range: source.range(edit.span), text: &edit.text })
                        .collect(),
                })
                .collect(),
            data: &finding.data,
            fingerprint: &finding.fingerprint.hash,
        }
    }
}

fn range(site: &Site) -> Range {
    site.source.range(site.span())
}
