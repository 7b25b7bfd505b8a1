//! A document has a key, a value or a shape that its kind does not have.
//!
//! ## Why it matters
//!
//! A misspelt key is silently ignored by every reader: `contraindication:` instead of `contraindications:` is an
//! exercise without warnings.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strenghtening
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
//! ```
//!
//! ## What to do
//!
//! Take the suggestion, or look at the schema of the kind under `schemas/`. With the schema set up in your editor
//! (docs/editor.md) such faults show while you type.

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Safety, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(_: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    for fault in &entry.schema_faults {
        let finding = match fault.at_key {
            true => entry.finding_at_key(&fault.pointer, &fault.message),
            false => entry.finding(&fault.pointer, &fault.message),
        };
        let finding = finding.help(&fault.help).detail("pointer", fault.pointer.as_str());
        found.push(match &fault.meant {
            Some(meant) => {
                // What is underlined is the first line; a value can go over several.
                let span = match fault.at_key {
                    true => finding.site.span(),
                    false => entry.document.value_span(&fault.pointer),
                };
                let edits = entry.rewrite(span, meant);
                let safety = if fault.doubtful { Safety::Unsafe } else { Safety::Safe };
                finding.detail("meant", meant.as_str()).fix(format!("write `{meant}`"), safety, edits)
            }
            None => finding,
        });
    }
}
