//! A document does not say where it comes from.
//!
//! ## Why it matters
//!
//! A reviewer can only check what can be traced. Content without a source stays in a catalog for years because nobody
//! knows whether it may go.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! ```
//!
//! ```yaml good
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! sources: [acsm]
//! ```
//!
//! ## What to do
//!
//! List under `sources` the documents of kind `source` that the content rests on. Convention is a source too, with
//! grade C.

use nocere_model::{Content, Id, Source};

use crate::{
    catalog::{Catalog, Entry, article},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Warning, check: Check::Each(check) };

fn check(_: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let sources: &[Id<Source>] = match &entry.content {
        Some(Content::Exercise(exercise)) => &exercise.sources,
        Some(Content::Routine(routine)) => &routine.sources,
        Some(Content::RedFlag(flag)) => &flag.sources,
        Some(Content::OrderingRule(rule)) => &rule.sources,
        Some(Content::DosageGuide(guide)) => &guide.sources,
        _ => return,
    };
    let Some(kind) = entry.kind.filter(|_| sources.is_empty() && !entry.is_damaged("sources")) else {
        return;
    };
    found.push(
        entry
            .finding_at_key("/sources", format!("the {} cites no source", entry.named()))
            .why(format!("Nobody can review {} whose origin is not known.", article(kind.name())))
            .help("list under `sources` the ids of the documents that it rests on"),
    );
}
