//! The smallest sets of conditions for which a routine cannot be adapted, and what would repair it.

use std::collections::HashMap;

use nocere_model::{Condition, Exercise, Id, Relation, Technique};

use super::{
    Class, Plan,
    choose::Choice,
    mask::{ByMask, Mask},
};
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

/// What must be forbidden before a routine can fail at all; most sets of conditions do not come near it.
struct Fragile {
    /// Every exercise of the routine: without them nothing is left. `None` when one of them is unknown.
    whole: Option<Mask>,
    /// The exercises that a rule about neighbours or prerequisites speaks of. Other rules compare exercises that are
    /// both there, so that losing one cannot break them, and a substitute that would break one never steps in.
    needed: Mask,
}

impl Fragile {
    fn of(plan: &Plan<'_>) -> Self {
        let (mut whole, mut needed) = (Mask::empty(plan.exercises.len()), Mask::empty(plan.exercises.len()));
        let needy = |relation| {
            matches!(
                relation,
                Relation::ImmediatelyBefore
                    | Relation::ImmediatelyAfter
                    | Relation::RequiresBefore
                    | Relation::RequiresAfter
            )
        };
        for own in plan.slots.iter().filter_map(|slot| slot.own) {
            whole.insert(own);
            if plan.rules.iter().enumerate().any(|(at, rule)| needy(rule.relation) && plan.speaks_of(at, own))
            {
                needed.insert(own);
            }
        }
        let known = plan.slots.iter().all(|slot| slot.own.is_some());
        Self { whole: known.then_some(whole), needed }
    }

    fn may_fail(&self, forbidden: &Mask) -> bool {
        forbidden.meets(&self.needed) || self.whole.as_ref().is_some_and(|whole| forbidden.contains(whole))
    }
}

/// Every smallest failing set of one, two or three classes, smaller ones first.
pub(crate) fn failing(plan: &Plan<'_>, classes: &[Class<'_>]) -> Vec<Failing> {
    let fragile = Fragile::of(plan);
    // Where not even all conditions together come near, no set does.
    let all = classes.iter().fold(Mask::empty(plan.exercises.len()), |all, class| all.union(&class.forbids));
    let mut found: Vec<Failing> = Vec::new();
    if !fragile.may_fail(&all) {
        return found;
    }
    let mut known: HashMap<Mask, Option<Choice>, ByMask> = HashMap::default();
    let mut look = |set: &[usize], forbidden: &Mask, found: &mut Vec<Failing>| {
        let covered = |smaller: &Failing| smaller.classes.iter().all(|class| set.contains(class));
        if !fragile.may_fail(forbidden) || found.iter().any(covered) {
            return;
        }
        let choice = known.entry(forbidden.clone()).or_insert_with_key(|forbidden| {
            Some(plan.choose(|number| forbidden.has(number))).filter(Choice::fails)
        });
        if let Some(choice) = choice {
            found.push(Failing { classes: set.to_vec(), choice: choice.clone() });
        }
    };
    for (a, class) in classes.iter().enumerate() {
        look(&[a], &class.forbids, &mut found);
    }
    let pairs = |a: usize| (a + 1..classes.len()).map(move |b| (a, b));
    let both = |a: usize, b: usize| classes[a].forbids.union(&classes[b].forbids);
    for (a, b) in (0..classes.len()).flat_map(pairs) {
        look(&[a, b], &both(a, b), &mut found);
    }
    if classes.len() <= MOST_CLASSES_FOR_TRIPLES {
        for (a, b) in (0..classes.len()).flat_map(pairs) {
            let two = both(a, b);
            for (c, class) in classes.iter().enumerate().skip(b + 1) {
                look(&[a, b, c], &two.union(&class.forbids), &mut found);
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
