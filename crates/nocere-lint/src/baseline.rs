//! A baseline: the findings that a catalog had when it began to be linted. They are not reported again; everything
//! else is. An entry knows its finding by rule, document and place in the content, never by a line.

use std::{collections::BTreeMap, sync::Arc};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    config::ConfigError,
    finding::{Finding, Severity, Site},
    position::{SourceText, Span},
};

/// The version of the form.
const VERSION: u32 = 1;

/// The findings that are known.
#[derive(Clone, Debug)]
pub struct Baseline {
    known: BTreeMap<String, Known>,
    /// Where it was read.
    source: Arc<SourceText>,
}

/// The content of `nocere-baseline.json`.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    /// The schema that an editor checks it with.
    #[serde(rename = "$schema", default)]
    #[allow(dead_code)]
    schema: Option<String>,
    /// The version of this form.
    version: u32,
    /// The known findings, by document, place and rule.
    findings: Vec<Known>,
}

/// A finding that is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Known {
    /// The document, as `kind/id`; the path of a file that has none.
    pub document: String,
    /// The place in it, by keys and ids.
    pub place: String,
    /// The rule.
    pub rule: String,
    /// How bad it was. A finding that has become worse is reported again.
    pub severity: Severity,
    /// What makes it the same finding: its rule, document, place, subjects and words, as SHA-256.
    pub fingerprint: String,
}

/// A run's findings, as a baseline divides them.
#[derive(Debug, Default)]
pub struct Divided {
    /// Those that it does not know, or knows as less severe.
    pub new: Vec<Finding>,
    /// Those that it knows.
    pub known: Vec<Finding>,
    /// Entries whose finding is gone.
    pub resolved: Vec<Known>,
}

impl Baseline {
    /// The baseline that knows these findings.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        let known = findings.iter().map(|finding| {
            let print = &finding.fingerprint;
            let known = Known {
                document: print.document.clone(),
                place: print.place.clone(),
                rule: finding.rule.clone().into_owned(),
                severity: finding.severity,
                fingerprint: print.hash.clone(),
            };
            (print.hash.clone(), known)
        });
        Self { known: known.collect(), source: SourceText::new("", "") }
    }

    /// All that it is: what it knows, and where and in what text that stands.
    pub(crate) fn content(&self) -> (&BTreeMap<String, Known>, &str, &str) {
        (&self.known, &self.source.path, &self.source.text)
    }

    /// Reads the text of a `nocere-baseline.json`.
    ///
    /// # Errors
    /// When it is not JSON of the right form, or of a version that this program does not know.
    pub fn read(path: &str, text: &str) -> Result<Self, ConfigError> {
        let help = "it is written by `nocere baseline`; restore it from git, or delete it and write it again";
        let written: Written = serde_json::from_str(text).map_err(|error| {
            let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let says = error.to_string();
            let says = says.split(" at line").next().unwrap_or_default();
            ConfigError {
                span: Some(line..line),
                message: format!("this is not a baseline: {says}"),
                help: help.into(),
            }
        })?;
        if written.version != VERSION {
            let message = format!("this baseline has the version {}", written.version);
            let help = format!("this nocere reads version {VERSION}; use the one that wrote it");
            return Err(ConfigError { span: None, message, help });
        }
        let known = written.findings.into_iter().map(|known| (known.fingerprint.clone(), known)).collect();
        Ok(Self { known, source: SourceText::new(path, text) })
    }

    /// The text of the file: an entry a line, sorted, so that a change of one is a change of one line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut known: Vec<&Known> = self.known.values().collect();
        known.sort();
        let lines = known.iter().filter_map(|known| serde_json::to_string(known).ok());
        let lines: Vec<String> = lines.map(|line| format!("\n    {line}")).collect();
        let end = if lines.is_empty() { "" } else { "\n  " };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": [{}{end}]\n}}\n", lines.join(","))
    }

    /// How many findings it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Divides all that a run found. `findings` are those that no baseline has been taken from.
    #[must_use]
    pub fn divide(&self, findings: Vec<Finding>) -> Divided {
        let mut gone = self.known.clone();
        let mut divided = Divided::default();
        for finding in findings {
            gone.remove(&finding.fingerprint.hash);
            match self.known.get(&finding.fingerprint.hash) {
                Some(known) if finding.severity <= known.severity => divided.known.push(finding),
                _ => divided.new.push(finding),
            }
        }
        divided.resolved = gone.into_values().collect();
        divided.resolved.sort();
        divided
    }

    /// The same without some entries. Nothing is ever added.
    #[must_use]
    pub fn without(mut self, resolved: &[Known]) -> Self {
        self.known.retain(|_, known| !resolved.contains(known));
        self
    }

    /// Where an entry stands in the file.
    pub(crate) fn site(&self, known: &Known) -> Site {
        let at = self.source.text.find(&known.fingerprint);
        let span = at.map_or(Span::default(), |at| Span::new(at, at + known.fingerprint.len()));
        Site { source: Arc::clone(&self.source), spans: vec![span] }
    }

    /// The JSON Schema (2020-12) of baselines.
    #[must_use]
    pub fn schema() -> Value {
        let settings = SchemaSettings::draft2020_12();
        let mut schema = settings.into_generator().into_root_schema_for::<Written>().to_value();
        if let Some(object) = schema.as_object_mut() {
            object.insert("$id".into(), "https://nocere.invalid/schemas/baseline.schema.json".into());
            object.insert("title".into(), "nocere-baseline.json".into());
        }
        schema
    }
}
