//! An exercise does not say how much.
//!
//! ## Why it matters
//!
//! "Do this stretch" leaves a person in pain to guess between ten seconds and ten minutes. Front ends need the dose to
//! run a timer, and the sum of the doses is the length that a routine promises.
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
//! dosage: { reps: 8-12, sets: 2, sessions: 3/week }
//! ```
//!
//! ## What to do
//!
//! Add `dosage:` with a `hold`, a `time` or `reps`. Where your source gives none, use the range of a guideline and cite
//! it.

use nocere_model::Exercise;

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Warning, check: Check::Each(check) };

fn check(_: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(exercise) = entry.reading::<Exercise>(&["dosage"]) else { return };
    if exercise.dosage.as_ref().is_none_or(|dosage| !dosage.says_how_much()) {
        found.push(
            entry
                .finding_at_key("/dosage", format!("`{}` does not say how much to do", exercise.id))
                .why("People in pain should not have to guess between ten seconds and ten minutes.")
                .help("add a `hold`, a `time` or `reps` under `dosage`, like `dosage: { hold: 20-30 s, reps: 3 }`"),
        );
    }
}
