//! A routine has no screening, or its screening cannot find out a condition that takes one of its exercises away.
//!
//! ## Why it matters
//!
//! Contraindications only protect a person whose condition is known. Guidelines on low-back pain put the search for
//! warning signs before any exercise. A routine without questions shows everything to everybody; a screening that
//! does not ask for a condition lets it pass.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: routine
//! id: morning
//! name: Morning routine
//! blocks:
//!   - title: Start
//!     exercises: [calf-raise]
//! ---
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! ```
//!
//! ```yaml good
//! kind: routine
//! id: morning
//! name: Morning routine
//! screening: low-back-self-care
//! blocks:
//!   - title: Start
//!     exercises: [calf-raise]
//! ---
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
//! Give the routine a `screening`, and the screening its red flags and every condition that the finding names.

use std::collections::BTreeMap;

use nocere_model::{Exercise, Level, Routine, Screening};

use crate::{
    catalog::{Catalog, Doc, Entry},
    derivation::restrictions,
    finding::{Finding, Severity},
    order::places,
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

const WHY: &str = "A contraindication protects only a person whose condition somebody asked for.";

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    if let Some(screening) = entry.reading::<Screening>(&["red-flags"])
        && screening.red_flags.is_empty()
    {
        let message = format!("the screening `{}` asks for no red flag", screening.id);
        let finding = entry.finding_at_key("/red-flags", message);
        found.push(
            finding
                .why(WHY)
                .help("list the red flags that must stop a person before any exercise, most urgent first"),
        );
    }
    let Some(routine) = entry.reading::<Routine>(&["screening", "blocks"]) else { return };
    let Some(screening) = &routine.screening else {
        let message = format!("the routine `{}` asks nothing before it starts", routine.id);
        let help = "add `screening:` with the id of a screening, such as `low-back-self-care`";
        found.push(entry.finding_at_key("/screening", message).why(WHY).help(help));
        return;
    };
    let Some(screening) = catalog.get(screening) else { return };
    for (condition, (exercise, pointer)) in removing(catalog, routine) {
        if screening.conditions.iter().any(|asked| asked.as_str() == condition) {
            continue;
        }
        let message = format!(
            "the screening `{}` does not ask for `{condition}`, which forbids `{}` in this routine",
            screening.id, exercise.id
        );
        found.push(
            entry
                .finding("/screening", message)
                .why(WHY)
                .help(format!(
                    "add `{condition}` to the conditions of `{}`, or choose another screening",
                    screening.id
                ))
                .related(entry.at(&pointer), "this exercise would be shown")
                .related(screening.entry.at_key("/conditions"), "these are asked for")
                .data("condition", condition)
                .data("exercise", exercise.id.as_str()),
        );
    }
}

/// The conditions that take an exercise out of a routine, each with the first such exercise and its place.
fn removing<'c>(
    catalog: &'c Catalog,
    routine: Doc<'c, Routine>,
) -> BTreeMap<&'c str, (Doc<'c, Exercise>, String)> {
    let mut removing = BTreeMap::new();
    for place in places(catalog, routine.value()) {
        let Some(exercise) = place.exercise else { continue };
        for restriction in restrictions(catalog, exercise.value()) {
            if restriction.level == Level::Avoid {
                let id = restriction.condition.value().id.as_str();
                removing.entry(id).or_insert_with(|| (exercise, place.pointer()));
            }
        }
    }
    removing
}
