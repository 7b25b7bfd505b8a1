//! A routine puts an exercise where an ordering rule does not allow it.
//!
//! ## Why it matters
//!
//! An order has an author and a reason: a release that is not followed by an activation leaves a muscle loose and
//! unused, a hard exercise before its easier form surprises a weak back. A routine lists the rules that it promises
//! to keep under `follows`, and readers rely on it.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: routine
//! id: evening
//! name: Evening routine
//! screening: low-back-self-care
//! follows: [easier-before-harder]
//! blocks:
//!   - title: All
//!     exercises: [single-leg-raise, calf-raise]
//! ---
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! difficulty: beginner
//! targets: [calves]
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! ---
//! kind: exercise
//! id: single-leg-raise
//! name: Single-leg calf raise
//! technique: strengthening
//! difficulty: advanced
//! targets: [calves]
//! demands: [standing]
//! steps: [Stand on one leg, rise onto the ball of the foot, and lower slowly.]
//! ```
//!
//! ```yaml good
//! kind: routine
//! id: evening
//! name: Evening routine
//! screening: low-back-self-care
//! follows: [easier-before-harder]
//! blocks:
//!   - title: All
//!     exercises: [calf-raise, single-leg-raise]
//! ---
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! difficulty: beginner
//! targets: [calves]
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! ---
//! kind: exercise
//! id: single-leg-raise
//! name: Single-leg calf raise
//! technique: strengthening
//! difficulty: advanced
//! targets: [calves]
//! demands: [standing]
//! steps: [Stand on one leg, rise onto the ball of the foot, and lower slowly.]
//! ```
//!
//! ## What to do
//!
//! Move the exercise to where the finding says. `nocere lint --fix` does it where an order within the blocks keeps every
//! rule, and moves as few exercises as it can. If the routine means to go another way, take the rule out of
//! `follows` and say why in the routine's description.

use nocere_model::{OrderingRule, Relation, Routine};

use crate::{
    catalog::{Catalog, Doc, Entry},
    finding::{Edit, Finding, Safety, Severity},
    order::{Place, Violation, cycle, places, rules, violations},
    reorder::Puzzle,
    rule::{Check, Definition},
    rules::cite,
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(routine) = entry.reading::<Routine>(&["blocks", "follows"]) else { return };
    let places = places(catalog, routine.value());
    let rules = rules(catalog, routine.value());
    // Rules that contradict each other are broken by every order; `order-cycle` reports them.
    let contradicting: Vec<usize> =
        cycle(catalog, &rules, &places).into_iter().flatten().map(|edge| edge.rule).collect();
    let mut mended = None;
    for (index, (rule, followed)) in rules.iter().copied().enumerate() {
        if matches!(rule.relation, Relation::RequiresBefore | Relation::RequiresAfter)
            || contradicting.contains(&index)
        {
            continue;
        }
        for violation in violations(catalog, rule.value(), &places) {
            let place = &places[violation.at];
            let mut finding = entry
                .finding(&place.pointer(), message(rule.relation, &places, violation, rule.id.as_str()))
                .help(help(rule.relation, &places, violation))
                .data("rule", rule.id.as_str())
                .data("exercise", place.step.exercise.as_str());
            finding.why = Some(rule.because.as_ref().unwrap_or(&rule.say).to_string());
            if let Some(against) = violation.against {
                finding = finding.related(entry.at(&places[against].pointer()), "this one stands in the way");
            }
            if let Some(index) = followed {
                finding = finding.related(
                    entry.at(&format!("/follows/{index}")),
                    "the routine promises to follow this rule",
                );
            }
            finding = finding.related(rule.entry.at("/say"), "the rule");
            // One new order mends every finding of this routine.
            if let Some(edits) = mended.get_or_insert_with(|| reordered(catalog, entry, &rules, &places)) {
                finding = finding.fix(
                    "put the exercises into an order that keeps every rule",
                    Safety::Safe,
                    edits.clone(),
                );
            }
            found.push(cite(catalog, finding, &rule.value().sources));
        }
    }
}

/// The smallest change of order that keeps every rule, block by block.
fn reordered(
    catalog: &Catalog,
    entry: &Entry,
    rules: &[(Doc<'_, OrderingRule>, Option<usize>)],
    places: &[Place<'_>],
) -> Option<Vec<Edit>> {
    let order = Puzzle::of(catalog, rules, places)?.solve()?;
    let mut edits = Vec::new();
    let mut start = 0;
    for block in places.chunk_by(|a, b| a.block == b.block) {
        let inside: Vec<usize> = order[start..start + block.len()].iter().map(|at| at - start).collect();
        if !inside.is_sorted() {
            edits.push(entry.permute(&format!("/blocks/{}/exercises", block[0].block), &inside)?);
        }
        start += block.len();
    }
    Some(edits)
}

fn message(relation: Relation, places: &[Place<'_>], violation: Violation, rule: &str) -> String {
    let this = &places[violation.at].step.exercise;
    let that = violation.against.map(|against| places[against].step.exercise.as_str());
    match (relation, that) {
        (Relation::Before | Relation::First, Some(that)) => {
            format!("`{this}` comes after `{that}`, against the rule `{rule}`")
        }
        (Relation::After | Relation::Last, Some(that)) => {
            format!("`{this}` comes before `{that}`, against the rule `{rule}`")
        }
        (Relation::EasierFirst, Some(that)) => {
            format!("`{this}` is easier than `{that}` and comes after it, against the rule `{rule}`")
        }
        (Relation::ImmediatelyBefore, Some(that)) => {
            format!("`{this}` is followed by `{that}`, which the rule `{rule}` does not allow")
        }
        (Relation::ImmediatelyBefore, None) => {
            format!("nothing follows `{this}`, though the rule `{rule}` asks for it")
        }
        (_, Some(that)) => {
            format!("`{this}` comes straight after `{that}`, which the rule `{rule}` does not allow")
        }
        (_, None) => format!("nothing comes before `{this}`, though the rule `{rule}` asks for it"),
    }
}

fn help(relation: Relation, places: &[Place<'_>], violation: Violation) -> String {
    let this = &places[violation.at].step.exercise;
    let that = violation.against.map_or("", |against| places[against].step.exercise.as_str());
    match relation {
        Relation::Before | Relation::EasierFirst | Relation::First => {
            format!("move `{this}` to a place before `{that}`")
        }
        Relation::After | Relation::Last => format!("move `{this}` to a place after `{that}`"),
        Relation::ImmediatelyBefore => {
            format!("put an exercise that the rule asks for straight after `{this}`")
        }
        _ => format!("put an exercise that the rule asks for straight before `{this}`"),
    }
}
