//! An entry of the baseline speaks of a finding that is gone.
//!
//! ## Why it matters
//!
//! The fault was mended, and its entry would hide it if it came back.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: equipment
//! id: step
//! name: A step
//! ---
//! { "version": 1, "findings": [ { "document": "equipment/step", "place": "/name", "rule": "placeholder-text",
//!   "severity": "error", "fingerprint": "8b6a8d9f" } ] }
//! ```
//!
//! ```yaml good
//! kind: equipment
//! id: step
//! name: A step
//! ---
//! { "version": 1, "findings": [] }
//! ```
//!
//! ## What to do
//!
//! Run `nocere baseline --prune`, which takes out such entries and nothing else, and commit the file.

use crate::{
    baseline::{Baseline, Known},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Note, check: Check::Baseline(check) };

fn check(baseline: &Baseline, known: &Known) -> Finding {
    let Known { document, place, rule, .. } = known;
    let at = if place.is_empty() { String::new() } else { format!(" at `{place}`") };
    Finding::new(
        baseline.site(known),
        format!("the baseline knows `{rule}` in `{document}`{at}, and that is resolved"),
    )
    .why("The entry would hide the fault if it came back.")
    .help("run `nocere baseline --prune`")
    .data("document", document.as_str())
    .data("place", place.as_str())
    .data("rule", rule.as_str())
}
