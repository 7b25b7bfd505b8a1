//! An exercise says that it asks nothing of the body, and not why.
//!
//! ## Why it matters
//!
//! Contraindications are derived from demands. An exercise without demands is shown to everybody, whatever they have.
//! For reading a text on a screen that may be right; for anything that moves it is an omission.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: []
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! ```
//!
//! ```yaml good
//! kind: exercise
//! id: think-back
//! name: Think back
//! technique: assessment
//! demands: []
//! no-demands-because: The person only remembers how the last week went.
//! steps: [Remember on which days your back felt better.]
//! ```
//!
//! ## What to do
//!
//! Go through the positions, motions, loads and contacts in the pack's vocabulary (`catalog/core/demands`) and list what
//! the steps make the body do. If there is truly nothing, say why in `no-demands-because`.

use nocere_model::Exercise;

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(_: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(exercise) = entry.reading::<Exercise>(&["demands", "no-demands-because"]) else { return };
    if exercise.demands.is_empty() && exercise.no_demands_because.is_none() {
        found.push(
            entry
                .finding_at_key("/demands", format!("`{}` states no demand, and does not say why", exercise.id))
                .why("Without demands no contraindication can be derived: everybody would be shown this exercise.")
                .help("list what the steps ask of the body under `demands`, or say why nothing in `no-demands-because`"),
        );
    }
}
