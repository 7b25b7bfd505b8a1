//! An exercise asks of the body what a condition forbids, and does not say so.
//!
//! Every condition lists the demands that it forbids or limits. What an exercise demands is compared with those
//! lists, broader demands included: a loaded forward bend is a forward bend. What follows must stand under
//! `contraindications`, in words for the person who reads it.
//!
//! ## Why it matters
//!
//! Front ends hide or explain an exercise by its contraindications. One that is missing shows the exercise, without a
//! word, to the very people whom it can harm. Rows of grade A and B are errors; rows of grade C rest on convention
//! and warn.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: exercise
//! id: toe-touch
//! name: Toe touch
//! technique: stretch
//! demands: [sciatic-nerve-tension]
//! steps: [Stand with straight knees and let your fingers travel towards the floor.]
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
//! Add the contraindication, with the level that the finding names and a sentence that says why and what to do
//! instead. If the exercise does not really make that demand, take the demand out, and check that the steps agree.
//! `nocere why EXERCISE CONDITION` shows the whole chain.

use nocere_model::Exercise;

use super::{chain, level_word};
use crate::{
    catalog::{Catalog, Entry},
    derivation::derive,
    finding::{Finding, Safety, Severity},
    fix::folded,
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(exercise) = entry.reading::<Exercise>(&["demands", "contraindications"]) else { return };
    for derived in derive(catalog, exercise.value()) {
        let id = &derived.condition.id;
        if exercise.contraindications.iter().any(|written| written.condition == *id) {
            continue;
        }
        let lead = derived.lead();
        let demand = &exercise.demands[lead.demand];
        let message = format!("no contraindication for `{id}`, though the exercise demands `{demand}`");
        let finding = entry.finding(&format!("/demands/{}", lead.demand), message).help(format!(
            "add `{id}` with level `{}` under `contraindications`, and say why in words for the person who has it",
            level_word(derived.level)
        ));
        let fields = [
            ("condition", format!("{id}  # draft: the knowledge pack's own words; say it for this exercise")),
            ("level", level_word(derived.level).to_owned()),
            ("say", folded(lead.limit.because.as_str())),
        ];
        let finding = match entry.append_item("contraindications", &fields) {
            Some(edits) => finding.fix(
                format!("add `{id}` with the reason of the knowledge pack"),
                Safety::Unsafe,
                edits,
            ),
            None => finding,
        };
        found.push(chain(catalog, finding, exercise, &derived));
    }
}
