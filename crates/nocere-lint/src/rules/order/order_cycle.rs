//! Ordering rules that a routine must keep contradict each other: no order satisfies them all.
//!
//! ## Why it matters
//!
//! Each rule alone looks sensible, and an editor who follows one finding only gets the next. The fault is in the rules,
//! and has to be settled there.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: ordering-rule
//! id: stretch-first
//! say: Stretches come before strengthening.
//! when: { technique: stretch }
//! relation: before
//! other: { technique: strengthening }
//! grade: C
//! sources: [flex]
//! ---
//! kind: ordering-rule
//! id: strength-first
//! say: Strengthening comes before stretches.
//! when: { technique: strengthening }
//! relation: before
//! other: { technique: stretch }
//! grade: C
//! sources: [flex]
//! ---
//! kind: routine
//! id: evening
//! name: Evening routine
//! screening: low-back-self-care
//! follows: [stretch-first, strength-first]
//! blocks:
//!   - title: All
//!     exercises: [calf-raise, calf-stretch]
//! ---
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! ---
//! kind: exercise
//! id: calf-stretch
//! name: Calf stretch
//! technique: stretch
//! demands: [standing]
//! steps: [Stand with one foot back and press its heel down.]
//! ```
//!
//! ```yaml good
//! kind: ordering-rule
//! id: stretch-first
//! say: Stretches come before strengthening.
//! when: { technique: stretch }
//! relation: before
//! other: { technique: strengthening }
//! grade: C
//! sources: [flex]
//! ---
//! kind: routine
//! id: evening
//! name: Evening routine
//! screening: low-back-self-care
//! follows: [stretch-first]
//! blocks:
//!   - title: All
//!     exercises: [calf-stretch, calf-raise]
//! ---
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! ---
//! kind: exercise
//! id: calf-stretch
//! name: Calf stretch
//! technique: stretch
//! demands: [standing]
//! steps: [Stand with one foot back and press its heel down.]
//! ```
//!
//! ## What to do
//!
//! Decide which of the rules this routine follows, and take the other out of `follows`; or narrow one of the rules so
//! that they no longer speak of the same exercises.

use std::collections::BTreeSet;

use nocere_model::Routine;

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    order::{cycle, places, rules},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(routine) = entry.reading::<Routine>(&["blocks", "follows"]) else { return };
    let places = places(catalog, routine.value());
    let rules = rules(catalog, routine.value());
    let Some(path) = cycle(catalog, &rules, &places) else { return };
    let steps: Vec<String> = path
        .iter()
        .map(|edge| {
            format!(
                "`{}` before `{}` (`{}`)",
                places[edge.from].step.exercise, places[edge.to].step.exercise, rules[edge.rule].0.id
            )
        })
        .collect();
    let involved: BTreeSet<usize> = path.iter().map(|edge| edge.rule).collect();
    let names: Vec<String> = involved.iter().map(|rule| format!("`{}`", rules[*rule].0.id)).collect();
    let message = format!("no order of this routine can keep {}", names.join(" and "));
    let mut finding = entry
        .finding_at_key("/follows", message)
        .why(format!("Together they ask for {}.", steps.join(", then ")))
        .help("follow only one of these rules, or narrow one of them")
        .data("rules", involved.iter().map(|rule| rules[*rule].0.id.as_str()).collect::<Vec<_>>());
    for rule in &involved {
        let (rule, followed) = &rules[*rule];
        if let Some(index) = followed {
            finding = finding.related(entry.at(&format!("/follows/{index}")), "followed here");
        }
        finding = finding.related(rule.entry.at("/say"), format!("the rule `{}`", rule.id));
    }
    found.push(finding);
}
