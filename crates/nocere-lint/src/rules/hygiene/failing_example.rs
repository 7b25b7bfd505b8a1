//! An example of a claim rule or a cue does not hold: a sentence that it should find is not found, or one that it should
//! leave alone is.
//!
//! ## Why it matters
//!
//! The examples are the promise of a wording rule. One that does not hold means that the rule misses what its author
//! had in mind, or that it will annoy editors with false alarms.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: cue
//! id: our-hammock
//! demand: supine
//! patterns: ["swing in the hammock"]
//! examples:
//!   flag: [Doze in the hammock.]
//! ```
//!
//! ```yaml good
//! kind: cue
//! id: our-hammock
//! demand: supine
//! patterns: ["(swing|doze) in the hammock"]
//! examples:
//!   flag: [Doze in the hammock.]
//!   ok: [Sell the hammock.]
//! ```
//!
//! ## What to do
//!
//! Change the patterns until every example holds; if the example was wrong, change the example.

use nocere_model::{ClaimRule, Confidence, Cue, Examples};

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let wordings = catalog.wordings();
    // A document whose patterns cannot be read finds nothing, and is reported for that.
    if wordings
        .faults
        .iter()
        .any(|(kind, fault)| entry.kind == Some(*kind) && entry.id.as_deref() == Some(&fault.id))
    {
        return;
    }
    if let Some(rule) = entry.reading::<ClaimRule>(&["patterns", "examples"]) {
        let finds = |text: &str| {
            let mut hits = wordings.claims(catalog, text).into_iter();
            hits.any(|(other, hit)| other.id == rule.id && hit.confidence >= Confidence::Medium)
        };
        compare(entry, &rule.examples, finds, found);
    }
    if let Some(cue) = entry.reading::<Cue>(&["patterns", "examples"]) {
        let finds = |text: &str| {
            let mut hits = wordings.cues(catalog, text).into_iter();
            hits.any(|(other, hit)| other.id == cue.id && hit.confidence >= Confidence::Medium)
        };
        compare(entry, &cue.examples, finds, found);
    }
}

fn compare(entry: &Entry, examples: &Examples, finds: impl Fn(&str) -> bool, found: &mut Vec<Finding>) {
    let lists = [("flag", &examples.flag, true), ("ok", &examples.ok, false)];
    for (list, texts, expected) in lists {
        for (index, text) in texts.iter().enumerate().filter(|(_, text)| finds(text) != expected) {
            let message = match expected {
                true => format!("{} does not find this example", entry.named()),
                false => format!("{} finds this example, and should leave it alone", entry.named()),
            };
            found.push(
                entry
                    .finding(&format!("/examples/{list}/{index}"), message)
                    .why("The examples are the promise of a wording rule.")
                    .help("change the patterns until it holds; if the example is wrong, change the example")
                    .data("text", text.as_str()),
            );
        }
    }
}
