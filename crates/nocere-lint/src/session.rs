//! One run: inputs in, findings out.

use std::{borrow::Cow, sync::Arc};

use nocere_model::Date;
use rayon::prelude::*;

use crate::{
    catalog::{Catalog, Entry, Layer},
    claims,
    config::{Config, PackInfo, Setting},
    finding::{Confidence, Finding, Severity},
    fingerprint,
    input::{Input, Read},
    position::{SourceText, Span},
    prose::Article,
    rule::{Check, RULES, Rule},
    suppression::{self, Suppression},
};

include!(concat!(env!("OUT_DIR"), "/core.rs"));

/// The name of the built-in pack.
pub(crate) const BUILT_IN_PACK: &str = "core";

/// How a run is set up.
#[derive(Debug, Default)]
pub struct Session {
    config: Config,
    /// The day on which suppressions are weighed; without one none runs out.
    today: Option<Date>,
}

/// What a run found.
#[derive(Debug)]
pub struct Outcome {
    /// The documents, resolved.
    pub catalog: Catalog,
    /// The findings, by path, place and rule.
    pub findings: Vec<Finding>,
    /// The findings that a suppression took away.
    pub suppressed: Vec<Finding>,
    /// The suppressions, by path and line.
    pub suppressions: Vec<Suppression>,
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
        Self { config, today: None }
    }

    /// The same run on a given day: suppressions with an end run out by it.
    #[must_use]
    pub fn on(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
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
        let mut suppressions: Vec<Suppression> = catalog.own().flat_map(suppression::of).collect();
        let (mut findings, mut suppressed) =
            suppression::apply(&mut suppressions, self.check(&catalog), self.today);
        self.check_suppressions(&catalog, &suppressions, &mut findings);
        let catalog_id = self.config.id().unwrap_or_default();
        fingerprint::assign(&catalog, catalog_id, findings.iter_mut().chain(&mut suppressed));
        Outcome { catalog, findings, suppressed, suppressions, files, packs: self.packs() }
    }

    /// The built-in pack alone.
    #[must_use]
    pub fn core_pack() -> Catalog {
        Catalog::new(core())
    }

    /// Reads files and puts them together with the packs.
    #[must_use]
    pub fn load(&self, inputs: Vec<Input>) -> Catalog {
        let mut entries: Vec<Entry> = Vec::new();
        if self.config.packs().iter().any(|pack| pack == BUILT_IN_PACK) {
            entries.extend(core());
        }
        let mut own: Vec<Entry> = Vec::new();
        let mut articles: Vec<Article> = Vec::new();
        let reading = claims::reading(&self.config);
        let read: Vec<Read> = inputs.into_par_iter().map(|input| input.read(reading)).collect();
        for read in read {
            match read {
                Read::Document(entry) => own.push(*entry),
                Read::Article(article) => articles.push(article),
            }
        }
        own.sort_by(|a, b| a.document.source.path.cmp(&b.document.source.path));
        articles.sort_by(|a, b| a.source.path.cmp(&b.source.path));
        entries.extend(own);
        let mut catalog = Catalog::new(entries);
        catalog.articles = articles;
        catalog
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
                self.claims(&mut all, |found| claims::check(catalog, &self.config, entry, found));
                all
            })
            .collect();
        findings.par_extend(catalog.articles.par_iter().flat_map_iter(|article| {
            let mut all = Vec::new();
            self.claims(&mut all, |found| claims::check_article(catalog, &self.config, article, found));
            all
        }));
        for (rule, severity) in &active {
            if let Check::Whole(check) = rule.definition.check {
                collect(rule, *severity, &mut findings, |found| check(catalog, found));
            }
        }
        findings.par_sort_by(|a, b| order(a).cmp(&order(b)));
        findings
    }

    /// Runs the rules about suppressions, which look at what the others found.
    fn check_suppressions(
        &self,
        catalog: &Catalog,
        suppressions: &[Suppression],
        findings: &mut Vec<Finding>,
    ) {
        for suppression in suppressions {
            let Some(entry) = catalog.own().find(|entry| entry.document.source.path == suppression.path)
            else {
                continue;
            };
            for (rule, severity) in RULES.iter().filter_map(|rule| self.active(rule)) {
                if let Check::Suppression(check) = rule.definition.check {
                    let counts = suppression.counts(self.today);
                    collect(rule, severity, findings, |found| {
                        found.extend(check(catalog, entry, suppression, counts))
                    });
                }
            }
        }
        findings.sort_by(|a, b| order(a).cmp(&order(b)));
    }

    /// The claim rules, which are documents; a catalog's configuration speaks of them by the same names.
    fn claims(&self, all: &mut Vec<Finding>, run: impl FnOnce(&mut Vec<Finding>)) {
        let before = all.len();
        run(all);
        let mut at = before;
        while at < all.len() {
            let finding = &mut all[at];
            match self.config.rules.get(finding.rule.as_ref()) {
                Some(Setting::Off) => {
                    all.swap_remove(at);
                    continue;
                }
                setting => {
                    let configured = setting.and_then(|setting| setting.severity());
                    finding.severity = severity(finding, configured, Severity::Warning);
                }
            }
            at += 1;
        }
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
        finding.severity = severity(finding, configured, rule.severity());
    }
}

/// What counts: low confidence makes a note; then the catalog's configuration, the finding's own, the rule's.
fn severity(finding: &Finding, configured: Option<Severity>, usual: Severity) -> Severity {
    match finding.confidence {
        Confidence::Low => Severity::Note,
        _ => configured.or(finding.own_severity).unwrap_or(usual),
    }
}

/// Findings are shown by file, then by place, then by rule.
fn order(finding: &Finding) -> (&str, Span, &str, &str) {
    (&finding.site.source.path, finding.site.span(), &finding.rule, &finding.message)
}

/// The documents of the built-in pack.
fn core() -> Vec<Entry> {
    let documents = CORE.par_iter().filter(|(path, _)| path.ends_with(".yaml"));
    let read = |path: &str, text: &str| {
        Entry::read(SourceText::new(format!("core:{path}"), text), Layer::Pack(BUILT_IN_PACK.into()))
    };
    documents.map(|(path, text)| read(path, text)).collect()
}

const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Catalog>();
    shared::<Arc<SourceText>>();
};
