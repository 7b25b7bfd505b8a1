//! The report for people: each finding with its place, the other evidence, the reason and what to do.

use std::fmt;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use nocere_lint::{
    finding::{Finding, Severity, Site},
    position::Span,
};

use super::{Run, rest, summary};
use crate::terminal::{safe, width};

pub(super) fn render(run: &Run, most: usize, color: bool) -> String {
    let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler =
        GraphicalReportHandler::new_themed(theme).with_width(width()).with_links(false).with_context_lines(1);
    let mut text = String::new();
    for finding in run.findings.iter().take(most) {
        let shown = Shown::of(finding);
        if handler.render_report(&mut text, &shown).is_err() {
            text += &format!("{shown}\n");
        }
        text.push('\n');
    }
    text += &rest(run, most).unwrap_or_default();
    text + &summary(run) + "\n"
}

/// A finding, or one of its related places in another file, as the renderer wants it.
#[derive(Debug)]
struct Shown {
    message: String,
    code: Option<String>,
    severity: miette::Severity,
    help: Option<String>,
    source: NamedSource<String>,
    labels: Vec<LabeledSpan>,
    related: Vec<Shown>,
}

impl Shown {
    fn of(finding: &Finding) -> Self {
        let severity = match finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        };
        let mut labels = labels(&finding.site, None, true);
        let mut related = Vec::new();
        for other in &finding.related {
            let message = safe(&other.message).into_owned();
            if std::sync::Arc::ptr_eq(&other.site.source, &finding.site.source) {
                labels.extend(self::labels(&other.site, Some(message), false));
            } else {
                related.push(Self {
                    message,
                    code: None,
                    severity: miette::Severity::Advice,
                    help: None,
                    source: source(&other.site),
                    labels: self::labels(&other.site, None, true),
                    related: Vec::new(),
                });
            }
        }
        let why = finding.why.as_ref().map(|why| format!("why: {}", safe(why.trim())));
        let help = finding.help.as_ref().map(|help| safe(help.trim()).into_owned());
        let help = [help, why].into_iter().flatten().collect::<Vec<_>>().join("\n");
        Self {
            message: safe(&finding.message).into_owned(),
            code: Some(safe(&finding.rule).into_owned()),
            severity,
            help: (!help.is_empty()).then_some(help),
            source: source(&finding.site),
            labels,
            related,
        }
    }
}

fn source(site: &Site) -> NamedSource<String> {
    NamedSource::new(safe(&site.source.path), safe(&site.source.text).into_owned())
}

fn labels(site: &Site, message: Option<String>, primary: bool) -> Vec<LabeledSpan> {
    let first = site.spans.first().copied();
    site.spans
        .iter()
        .map(|span| {
            let Span { start, end } = *span;
            let label = message.clone().filter(|_| Some(*span) == first);
            let range = (start as usize, (end - start) as usize);
            if primary {
                LabeledSpan::new_primary_with_span(label, range)
            } else {
                LabeledSpan::new_with_span(label, range)
            }
        })
        .collect()
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl std::error::Error for Shown {}
impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }
    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        let related = self.related.iter().map(|other| other as &dyn Diagnostic);
        (!self.related.is_empty()).then(|| Box::new(related) as Box<dyn Iterator<Item = &dyn Diagnostic>>)
    }
}
