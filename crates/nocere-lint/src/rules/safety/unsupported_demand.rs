//! A demand is declared, and nothing in the text supports it.
//!
//! ## Why it matters
//!
//! A demand that the exercise does not make holds people back for nothing, and the reasons given to them are not true.
//! It can also mean that a step is missing from the text. The cues do not know every wording, so this is a note.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing, prone]
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
//! Say in a step what the body does, in words that a person would follow, or take the demand out. A demand whose cues
//! miss your wording can stay as it is: a note does not block.

use nocere_model::Exercise;

use crate::{
    catalog::{Catalog, Entry},
    derivation::{broader, demands_are_known},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Note, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(exercise) = entry.reading::<Exercise>(&["name", "steps", "demands"]) else { return };
    if !demands_are_known(catalog, exercise.value()) {
        return;
    }
    let wordings = catalog.wordings();
    let shown = wordings.demands_shown(catalog, entry);
    for (at, demand) in exercise.value().demands.iter().enumerate() {
        let supported = shown.iter().any(|shown| broader(catalog, shown.demand).contains(&demand));
        if supported || !wordings.demands_with_cues(catalog).any(|known| known == demand) {
            continue;
        }
        let message = format!("nothing in the text shows `{demand}`");
        let mut finding = entry
            .finding(&format!("/demands/{at}"), message)
            .why("A demand that the exercise does not make holds people back for nothing.")
            .help("say in a step what the body does, or take the demand out")
            .data("demand", demand.as_str());
        if let Some(document) = catalog.get(demand) {
            finding = finding.related(document.entry.at_key("/definition"), "what counts as this demand");
        }
        found.push(finding);
    }
}
