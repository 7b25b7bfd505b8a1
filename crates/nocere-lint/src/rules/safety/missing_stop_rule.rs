//! An exercise does not say which feelings mean stop.
//!
//! ## Why it matters
//!
//! A person who exercises alone has nobody who watches. Without a stop rule, pain that spreads down a leg, numbness or
//! dizziness looks like a part of the effort. Advice on back pain tells people to stop when symptoms get worse or new
//! ones appear.
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
//! feel:
//!   expect: [work in both calves]
//! ```
//!
//! ```yaml good
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! feel:
//!   expect: [work in both calves]
//!   stop: [sharp pain, tingling in the foot]
//! ```
//!
//! ## What to do
//!
//! Write under `feel: stop:` what the person would notice, one sign an item, in words they would use.

use nocere_model::Exercise;

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(_: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(exercise) = entry.reading::<Exercise>(&["feel"]) else { return };
    if exercise.feel.as_ref().is_none_or(|feel| feel.stop.is_empty()) {
        found.push(
            entry
                .finding_at_key("/feel", format!("`{}` does not say when to stop", exercise.id))
                .why("A person alone cannot tell effort from harm unless the exercise says which is which.")
                .help("add the signs that mean stop under `feel: stop:`, such as pain that spreads, numbness, dizziness"),
        );
    }
}
