//! A contraindication says `caution` where the condition says `avoid`.
//!
//! ## Why it matters
//!
//! With `caution` the exercise stays in the routine, with a remark. With `avoid` it is taken out. A level that is too
//! weak leaves a person with the condition to decide alone.
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
//! contraindications:
//!   - condition: sciatica
//!     level: caution
//!     say: Bend only a little while your leg hurts.
//! ```
//!
//! ```yaml good
//! kind: exercise
//! id: toe-touch
//! name: Toe touch
//! technique: stretch
//! demands: [sciatic-nerve-tension]
//! steps: [Stand with straight knees and let your fingers travel towards the floor.]
//! contraindications:
//!   - condition: sciatica
//!     level: avoid
//!     say: Leave this one out while pain runs down your leg.
//! ```
//!
//! ## What to do
//!
//! Change the level to `avoid` and make the sentence fit. If you have a source that allows the exercise with care,
//! change the condition's row instead, in your own catalog, with that source and its grade: then every exercise
//! benefits, and a reviewer sees it.

use nocere_model::{Exercise, Level};

use super::chain;
use crate::{
    catalog::{Catalog, Entry},
    derivation::derive,
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(exercise) = entry.reading::<Exercise>(&["demands", "contraindications"]) else { return };
    for derived in derive(catalog, exercise.value()).iter().filter(|derived| derived.level == Level::Avoid) {
        let id = &derived.condition.id;
        for (index, written) in exercise.contraindications.iter().enumerate() {
            if written.condition == *id && written.level == Level::Caution {
                let demand = &exercise.demands[derived.lead().demand];
                let message = format!(
                    "`{id}` is a reason for caution here, and must be `avoid`: the exercise demands `{demand}`"
                );
                let finding = entry
                    .finding(&format!("/contraindications/{index}/level"), message)
                    .help("write `level: avoid`, and make `say` fit");
                found.push(chain(catalog, finding, exercise, derived));
            }
        }
    }
}
