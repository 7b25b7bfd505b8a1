//! Two documents of one kind have the same id.
//!
//! ## Why it matters
//!
//! Every reference to the id could mean either. Which one a person is shown would depend on the order in which files
//! are read. A document that replaces one of a pack says so with `overrides:`, because it can change who is shown
//! what.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: equipment
//! id: step
//! name: A step
//! ---
//! kind: equipment
//! id: step
//! name: A stair
//! ```
//!
//! ```yaml good
//! kind: equipment
//! id: step
//! name: A step
//! ---
//! kind: equipment
//! id: stair
//! name: A stair
//! ```
//!
//! ## What to do
//!
//! Give one of them another id, or delete it. To replace a document of a pack, add `overrides: core` (the pack's id).

use crate::{
    catalog::{Catalog, Layer},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Whole(check) };

fn check(catalog: &Catalog, found: &mut Vec<Finding>) {
    for (second, first) in catalog.duplicates() {
        let help = match &first.layer {
            Layer::Own => "give one of the two another id, or delete it".into(),
            Layer::Pack(pack) => format!(
                "choose another id; or, if this is meant to replace the pack's document, add `overrides: {pack}`"
            ),
        };
        found.push(
            second
                .finding("/id", format!("there is another {}", second.named()))
                .why("Which of the two a person is shown would depend on the order of the files.")
                .help(help)
                .related(first.at("/id"), "it stands here too"),
        );
    }
}
