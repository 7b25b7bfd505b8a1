//! One run: inputs in, findings out.

use std::{borrow::Cow, sync::Arc};

use rayon::prelude::*;

use crate::{
    catalog::{Catalog, Entry, Layer},
    config::{Config, PackInfo, Setting},
    document::Fault,
    finding::{Confidence, Finding, Severity},
    position::{SourceText, Span},
    rule::{Check, RULES, Rule},
};

include!(concat!(env!("OUT_DIR"), "/core.rs"));

/// A file to lint.
#[derive(Clone, Debug)]
pub struct Input {
    /// The path as people should see it: relative, with forward slashes.
    pub path: String,
    /// Its bytes, or why they could not be read.
    pub content: Result<Vec<u8>, String>,
}

/// How a run is set up.
#[derive(Debug, Default)]
pub struct Session {
    config: Config,
}

/// What a run found.
#[derive(Debug)]
pub struct Outcome {
    /// The documents, resolved.
    pub catalog: Catalog,
    /// The findings, by path, place and rule.
    pub findings: Vec<Finding>,
    /// How many files were linted.
    pub files: usize,
    /// The packs that the catalog uses.
    pub packs: Vec<PackInfo>,
}

impl Outcome {
    /// How many findings have a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl Session {
    /// A run with a configuration.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self { config }
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Lints files: reads them, puts them together with the packs, runs every rule.
    #[must_use]
    pub fn lint(&self, inputs: Vec<Input>) -> Outcome {
        let files = inputs.len();
        let catalog = self.load(inputs);
        let findings = self.check(&catalog);
        Outcome { catalog, findings, files, packs: self.packs() }
    }

    /// Reads files and puts them together with the packs.
    #[must_use]
    pub fn load(&self, inputs: Vec<Input>) -> Catalog {
        let mut entries: Vec<Entry> = Vec::new();
        if self.config.packs().iter().any(|pack| pack == "core") {
            let documents = CORE.par_iter().filter(|(path, _)| path.ends_with(".yaml"));
            entries.par_extend(documents.map(|(path, text)| {
                Entry::read(SourceText::new(format!("core:{path}"), *text), Layer::Pack("core".into()))
            }));
        }
        let mut own: Vec<Entry> = inputs.into_par_iter().map(read).collect();
        own.sort_by(|a, b| a.document.source.path.cmp(&b.document.source.path));
        entries.extend(own);
        Catalog::new(entries)
    }

    /// The packs that the catalog uses, as far as they are known.
    fn packs(&self) -> Vec<PackInfo> {
        let used = |pack: &PackInfo| self.config.packs().contains(&pack.id);
        let texts = CORE.iter().filter(|(path, _)| *path == "nocere.toml");
        texts.filter_map(|(_, text)| Config::read(text).ok()?.pack).filter(used).collect()
    }

    /// Runs every rule over a catalog.
    #[must_use]
    pub fn check(&self, catalog: &Catalog) -> Vec<Finding> {
        let active: Vec<(&Rule, Option<Severity>)> =
            RULES.iter().filter_map(|rule| self.active(rule)).collect();
        let own: Vec<&Entry> = catalog.own().collect();
        let mut findings: Vec<Finding> = own
            .par_iter()
            .flat_map_iter(|entry| {
                let mut all = Vec::new();
                for (rule, severity) in &active {
                    if let Check::Each(check) = rule.definition.check {
                        collect(rule, *severity, &mut all, |found| check(catalog, entry, found));
                    }
                }
                all
            })
            .collect();
        for (rule, severity) in &active {
            if let Check::Whole(check) = rule.definition.check {
                collect(rule, *severity, &mut findings, |found| check(catalog, found));
            }
        }
        findings.par_sort_by(|a, b| order(a).cmp(&order(b)));
        findings
    }

    /// A rule and the severity that the configuration gives it, unless it is off.
    fn active<'r>(&self, rule: &'r Rule) -> Option<(&'r Rule, Option<Severity>)> {
        match self.config.rules.get(rule.name) {
            Some(Setting::Off) => None,
            setting => Some((rule, setting.and_then(|setting| setting.severity()))),
        }
    }
}

/// Runs a rule and names it in what it found.
fn collect(
    rule: &Rule,
    configured: Option<Severity>,
    all: &mut Vec<Finding>,
    run: impl FnOnce(&mut Vec<Finding>),
) {
    let before = all.len();
    run(all);
    for finding in &mut all[before..] {
        finding.rule = Cow::Borrowed(rule.name);
        finding.severity = configured.or(finding.own_severity).unwrap_or(rule.severity());
        if finding.confidence == Confidence::Low {
            finding.severity = Severity::Note;
        }
    }
}

/// Findings are shown by file, then by place, then by rule.
fn order(finding: &Finding) -> (&str, Span, &str, &str) {
    (&finding.site.source.path, finding.site.span(), &finding.rule, &finding.message)
}

fn read(input: Input) -> Entry {
    let unreadable = |path: String, message: String, help: &str| {
        let fault = Fault { span: Span::default(), message, help: help.into(), related: None };
        Entry::unreadable(SourceText::new(path, ""), fault, Layer::Own)
    };
    let bytes = match input.content {
        Ok(bytes) => bytes,
        Err(reason) => {
            let message = format!("this file could not be read: {reason}");
            return unreadable(
                input.path,
                message,
                "nothing in it was checked; make it readable, or take it out of the catalog",
            );
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Entry::read(SourceText::new(input.path, text), Layer::Own),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let message =
                format!("this file is not UTF-8 text: line {line} holds bytes that are no character");
            unreadable(
                input.path,
                message,
                "nothing in it was checked; save it again with the encoding UTF-8",
            )
        }
    }
}

/// The registry of rules, for listings and explanations.
#[must_use]
pub fn rules() -> &'static [Rule] {
    RULES
}

/// A text in memory as an input, for tests and other surfaces.
impl From<(&str, &str)> for Input {
    fn from((path, text): (&str, &str)) -> Self {
        Self { path: path.into(), content: Ok(text.as_bytes().to_vec()) }
    }
}

const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Catalog>();
    shared::<Arc<SourceText>>();
};
