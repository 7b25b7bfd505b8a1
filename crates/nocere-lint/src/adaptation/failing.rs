//! The smallest sets of conditions for which a routine cannot be adapted, and what would repair it.

use std::collections::HashMap;

use nocere_model::{Condition, Exercise, Id, Technique};

use super::{Audiences, Plan, choose::Choice, mask::Mask};
use crate::catalog::{Catalog, Doc};

/// A smallest set of classes that leaves no routine: every smaller set leaves one.
#[derive(Clone, Debug)]
pub(crate) struct Failing {
    /// The classes, sorted.
    pub(crate) classes: Vec<usize>,
    /// What would be left.
    pub(crate) choice: Choice,
}

/// Above this many classes, sets of three are not looked at one by one.
const MOST_CLASSES_FOR_TRIPLES: usize = 40;

/// Every smallest failing set of one, two or three classes, smaller ones first.
pub(crate) fn failing(plan: &Plan<'_>, audiences: &Audiences<'_>) -> Vec<Failing> {
    if audiences.complete && audiences.all.iter().all(|audience| !audience.choice.fails()) {
        return Vec::new();
    }
    let count = audiences.classes.len();
    let mut known: HashMap<Mask, Choice> = HashMap::new();
    for audience in &audiences.all {
        known.insert(audiences.forbidden(plan, &audience.classes), audience.choice.clone());
    }
    let mut found: Vec<Failing> = Vec::new();
    let mut look = |classes: Vec<usize>, found: &mut Vec<Failing>| {
        let covered = |smaller: &Failing| smaller.classes.iter().all(|class| classes.contains(class));
        if found.iter().any(covered) {
            return;
        }
        let mask = audiences.forbidden(plan, &classes);
        let choice = known.entry(mask).or_insert_with_key(|mask| plan.choose(|number| mask.has(number)));
        if choice.fails() {
            found.push(Failing { classes, choice: choice.clone() });
        }
    };
    for a in 0..count {
        look(vec![a], &mut found);
    }
    for a in 0..count {
        for b in a + 1..count {
            look(vec![a, b], &mut found);
        }
    }
    if count <= MOST_CLASSES_FOR_TRIPLES {
        for a in 0..count {
            for b in a + 1..count {
                for c in b + 1..count {
                    look(vec![a, b, c], &mut found);
                }
            }
        }
    }
    found
}

/// How many exercises of a technique or a target are looked at as repairs.
const LOOKED_AT: usize = 500;
/// How many of them are tried out.
const TRIED: usize = 40;

/// The exercises of a catalog, ready to be searched for repairs.
#[derive(Debug)]
pub(crate) struct Repairs<'c> {
    by_technique: HashMap<Technique, Vec<Doc<'c, Exercise>>>,
    by_target: HashMap<&'c str, Vec<Doc<'c, Exercise>>>,
}

impl<'c> Repairs<'c> {
    pub(crate) fn new(catalog: &'c Catalog) -> Self {
        let mut repairs = Self { by_technique: HashMap::new(), by_target: HashMap::new() };
        for exercise in catalog.all::<Exercise>() {
            repairs.by_technique.entry(exercise.technique).or_default().push(exercise);
            for target in &exercise.value().targets {
                repairs.by_target.entry(target.as_str()).or_default().push(exercise);
            }
        }
        repairs
    }

    /// Up to `most` exercises that would make a routine of it again for each of these sets, were one of them among the
    /// alternatives of what is written in a place. Those with the same technique and a shared target come first.
    pub(crate) fn of(
        &self,
        plan: &Plan<'c>,
        place: usize,
        sets: &[Vec<&Id<Condition>>],
        most: usize,
    ) -> Vec<Doc<'c, Exercise>> {
        let Some(lost) = plan.places[place].exercise else { return Vec::new() };
        let shares =
            |other: &Doc<'c, Exercise>| other.targets.iter().any(|target| lost.targets.contains(target));
        let alike = self.by_technique.get(&lost.technique).map(Vec::as_slice).unwrap_or_default();
        let alike = &alike[..alike.len().min(LOOKED_AT)];
        let aimed = lost.value().targets.iter().filter_map(|target| self.by_target.get(target.as_str()));
        let aimed = aimed.flat_map(|found| found.iter().take(LOOKED_AT));
        let candidates = alike.iter().filter(|other| shares(other));
        let candidates = candidates.chain(alike.iter().filter(|other| !shares(other)));
        let candidates = candidates.chain(aimed.filter(|other| other.technique != lost.technique));
        let mut found: Vec<Doc<'c, Exercise>> = Vec::new();
        for candidate in candidates.take(TRIED) {
            if found.len() < most
                && found.iter().all(|known| known.id != candidate.id)
                && repairs(plan, place, *candidate, sets)
            {
                found.push(*candidate);
            }
        }
        found
    }
}

fn repairs<'c>(
    plan: &Plan<'c>,
    place: usize,
    candidate: Doc<'c, Exercise>,
    sets: &[Vec<&Id<Condition>>],
) -> bool {
    let mut plan = plan.clone();
    plan.offer(place, candidate)
        && sets.iter().all(|set| {
            let forbidden =
                |number: usize| set.iter().any(|condition| plan.exercises[number].forbidden_by(condition));
            !plan.choose(forbidden).fails()
        })
}
