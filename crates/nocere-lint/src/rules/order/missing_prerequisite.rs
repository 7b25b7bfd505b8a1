//! A routine uses an exercise without the one that an ordering rule requires with it.
//!
//! ## Why it matters
//!
//! Some exercises are only safe or sensible with another one before or after them: a self-massage of a scar after a
//! look at the skin, an advanced form after its basic form. Alone they are half an instruction.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: ordering-rule
//! id: look-before-you-load
//! say: A look at the skin comes before a single-leg calf raise.
//! when: { exercise: single-leg-raise }
//! relation: requires-before
//! other: { technique: assessment }
//! applies: always
//! grade: C
//! sources: [flex]
//! ---
//! kind: routine
//! id: evening
//! name: Evening routine
//! screening: low-back-self-care
//! blocks:
//!   - title: All
//!     exercises: [single-leg-raise]
//! ---
//! kind: exercise
//! id: single-leg-raise
//! name: Single-leg calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand on one leg, rise onto the ball of the foot, and lower slowly.]
//! ```
//!
//! ```yaml good
//! kind: routine
//! id: evening
//! name: Evening routine
//! screening: low-back-self-care
//! blocks:
//!   - title: All
//!     exercises: [single-leg-raise]
//! ---
//! kind: exercise
//! id: single-leg-raise
//! name: Single-leg calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand on one leg, rise onto the ball of the foot, and lower slowly.]
//! ```
//!
//! ## What to do
//!
//! Add the exercise that the rule asks for, or take the one out that needs it.

use nocere_model::{Relation, Routine};

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    order::{places, rules, violations},
    rule::{Check, Definition},
    rules::cite,
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(routine) = entry.reading::<Routine>(&["blocks", "follows"]) else { return };
    let places = places(catalog, routine.value());
    for (rule, _) in rules(catalog, routine.value()) {
        let side = match rule.relation {
            Relation::RequiresBefore => "before",
            Relation::RequiresAfter => "after",
            _ => continue,
        };
        for violation in violations(catalog, rule.value(), &places) {
            let place = &places[violation.at];
            let exercise = &place.step.exercise;
            let mut finding = entry
                .finding(&place.pointer(), format!("`{exercise}` needs an exercise {side} it that this routine does not have, says the rule `{}`", rule.id))
                .help(format!("add what the rule asks for somewhere {side} `{exercise}`"))
                .related(rule.entry.at("/say"), "the rule")
                .data("rule", rule.id.as_str())
                .data("exercise", exercise.as_str());
            finding.why = Some(rule.because.as_ref().unwrap_or(&rule.say).to_string());
            found.push(cite(catalog, finding, &rule.value().sources));
        }
    }
}
