//! What a rule reports.

use std::{borrow::Cow, sync::Arc};

pub use nocere_model::{Confidence, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    cache::by_path,
    fingerprint::Fingerprint,
    position::{SourceText, Span},
};

/// One place in one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Site {
    /// The file.
    #[serde(with = "by_path")]
    pub source: Arc<SourceText>,
    /// The bytes, one span for each line they touch; never empty.
    pub spans: Vec<Span>,
}

impl Site {
    /// From the first byte to the last.
    #[must_use]
    pub fn span(&self) -> Span {
        let first = self.spans.first().copied().unwrap_or_default();
        Span { start: first.start, end: self.spans.last().map_or(first.end, |last| last.end) }
    }
}

/// Another place that is part of the evidence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Related {
    /// Where.
    pub site: Site,
    /// What stands there.
    pub message: String,
}

/// Whether a fix may be applied without a person reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Safety {
    /// Mechanical: the meaning stays as it is.
    Safe,
    /// A person must read the result.
    Unsafe,
}

/// A change that would mend a finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as a short imperative.
    pub title: String,
    /// Whether it may be applied without a person reading it.
    pub safety: Safety,
    /// The replacements, in the finding's own file, in order and without overlap.
    pub edits: Vec<Edit>,
}

/// A replacement of bytes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// What a rule reports: what is wrong, where exactly, why it harms, what to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's name.
    pub rule: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// What is wrong: one sentence that names its subject.
    pub message: String,
    /// Why it harms.
    pub why: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Where.
    pub site: Site,
    /// The other evidence.
    pub related: Vec<Related>,
    /// Changes that would mend it.
    pub fixes: Vec<Fix>,
    /// Its subjects by id, so that programs need not read the message.
    pub data: Map<String, Value>,
    /// What makes it the same finding in another run; the engine fills it in.
    pub fingerprint: Fingerprint,
    /// The keys of its data that do not make it another finding when they change.
    details: Vec<Cow<'static, str>>,
    /// A severity of its own, in place of the rule's; contraindications have the one of their grade.
    pub(crate) own_severity: Option<Severity>,
}

impl Finding {
    /// A finding at a place. The engine fills in the rule.
    #[must_use]
    pub fn new(site: Site, message: impl Into<String>) -> Self {
        Self {
            rule: Cow::Borrowed(""),
            severity: Severity::Error,
            confidence: Confidence::High,
            message: message.into(),
            why: None,
            help: None,
            site,
            related: Vec::new(),
            fixes: Vec::new(),
            data: Map::new(),
            fingerprint: Fingerprint::default(),
            details: Vec::new(),
            own_severity: None,
        }
    }

    /// Says why it harms.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a place that is part of the evidence.
    #[must_use]
    pub fn related(mut self, site: Site, message: impl Into<String>) -> Self {
        self.related.push(Related { site, message: message.into() });
        self
    }

    /// Names a subject: with another one it is another finding.
    #[must_use]
    pub fn data(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.data.insert(key.into(), value.into());
        self
    }

    /// Adds data that may change while the finding stays the same, such as a measured amount or a number in a list.
    #[must_use]
    pub fn detail(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.details.push(Cow::Borrowed(key));
        self.data(key, value)
    }

    /// The part of its data that names its subjects.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = (&str, &Value)> {
        let data = self.data.iter().map(|(key, value)| (key.as_str(), value));
        data.filter(|(key, _)| !self.details.iter().any(|detail| detail == key))
    }

    /// Gives it a severity of its own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.own_severity = Some(severity);
        self
    }

    /// Says how sure the rule is.
    #[must_use]
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// Adds a change that would mend it.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, safety: Safety, edits: Vec<Edit>) -> Self {
        self.fixes.push(Fix { title: title.into(), safety, edits });
        self
    }
}
