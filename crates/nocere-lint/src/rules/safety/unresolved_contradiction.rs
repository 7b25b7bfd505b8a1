//! Sources take opposite sides on an exercise, and the catalog does not say which it follows.
//!
//! ## Why it matters
//!
//! Articles on the same exercise contradict each other: one recommends it, the next warns against it. A catalog that
//! mixes them shows whichever was copied last. A recorded position is a decision that a clinician can check.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: exercise
//! id: toe-touch
//! name: Toe touch
//! technique: stretch
//! demands: [standing]
//! steps: [Let your fingers travel towards the floor.]
//! stances:
//!   - { source: flex, stance: recommends }
//!   - { source: sci, stance: advises-against }
//! ```
//!
//! ```yaml good
//! kind: exercise
//! id: toe-touch
//! name: Toe touch
//! technique: stretch
//! demands: [standing]
//! steps: [Let your fingers travel towards the floor.]
//! stances:
//!   - { source: flex, stance: recommends }
//!   - { source: sci, stance: advises-against, people-with: sciatica }
//! position:
//!   follows: [flex]
//!   because: The warning speaks of people with sciatica, and they do not see this exercise.
//! ```
//!
//! ## What to do
//!
//! Add `position:` with the sources that the catalog follows and the reason. The reason is for the clinician who signs
//! the content off.

use nocere_model::{Exercise, StanceKind};

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(_: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(exercise) = entry.reading::<Exercise>(&["stances", "position"]) else { return };
    if exercise.position.is_some() {
        return;
    }
    let of = |kind: StanceKind| {
        exercise.stances.iter().enumerate().filter(move |(_, stance)| stance.stance == kind)
    };
    // A stance for everybody meets every other; stances for single conditions meet where the condition is the same.
    let opposite = of(StanceKind::AdvisesAgainst).find_map(|against| {
        of(StanceKind::Recommends)
            .find(|(_, with)| {
                with.people_with.is_none()
                    || against.1.people_with.is_none()
                    || with.people_with == against.1.people_with
            })
            .map(|with| (against, with))
    });
    let Some(((against_index, against), (with_index, with))) = opposite else { return };
    let message = format!(
        "`{}` advises against this exercise and `{}` recommends it, and no `position` says which counts",
        against.source, with.source
    );
    found.push(
        entry
            .finding(&format!("/stances/{against_index}/source"), message)
            .why("Readers would be shown whichever source was copied last.")
            .help("add `position:` with `follows:` and `because:`")
            .related(entry.at(&format!("/stances/{with_index}/source")), "recommended here")
            .data("against", against.source.as_str())
            .data("for", with.source.as_str()),
    );
}
