//! A file cannot be read: it is not text, not YAML, JSON or Markdown with front matter, or uses what a catalog may not.
//!
//! Anchors, aliases, tags and second documents are refused: a reviewer must see on the line itself what a patient is
//! shown.
//!
//! ## Why it matters
//!
//! Programs guess at broken files, and each guesses differently. What one front end drops, another shows.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: exercise
//! id: calf-raise
//! name: Calf raise: the basic form
//! ```
//!
//! ```yaml good
//! kind: equipment
//! id: step
//! name: "A step: any stair will do"
//! ```
//!
//! ## What to do
//!
//! Look at the place that is underlined, and a line above it. Text with a colon, or that starts with a special
//! character, goes into double quotes.

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(_: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    for fault in &entry.document.faults {
        let finding = Finding::new(entry.at_span(fault.span), &fault.message)
            .why("Programs guess at a broken file, and each guesses differently.")
            .help(&fault.help);
        found.push(match &fault.related {
            Some((span, message)) => finding.related(entry.at_span(*span), message),
            None => finding,
        });
    }
}
