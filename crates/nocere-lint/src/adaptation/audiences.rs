//! The sets of conditions that differ in what they forbid, without going through all of them.
//!
//! Conditions that forbid the same exercises of a routine form a class; those that forbid none of them drop out. Two
//! sets of classes that forbid the same exercises together are one audience. So the audiences are the distinct unions
//! of the classes' masks, and they are found by adding one class after the other to those that are there: every
//! audience is met once for each class, however many of the 2^n sets lead to it.
//!
//! Time and size grow with audiences times classes. The real routines with 24 conditions have up to 8 classes and 56
//! audiences. The worst case is a routine whose conditions each forbid something of their own: then all 2^n sets
//! differ, and the table stops at [`MOST_AUDIENCES`].

use std::collections::{HashMap, HashSet};

use nocere_model::{Condition, Id};

use super::{
    mask::{ByMask, Mask},
    plan::Plan,
};

/// The most audiences that a routine's table may have. Beyond that only single classes and pairs are told apart, and
/// whoever belongs to more than two is shown no routine.
pub(crate) const MOST_AUDIENCES: usize = 4096;

/// Conditions that forbid the same exercises of a routine.
#[derive(Clone, Debug)]
pub(crate) struct Class<'c> {
    /// The conditions, sorted; never empty.
    pub(crate) conditions: Vec<&'c Id<Condition>>,
    /// The exercises, by their numbers in the plan.
    pub(crate) forbids: Mask,
}

/// People who are shown the same, because the same is forbidden to them.
#[derive(Clone, Debug)]
pub(crate) struct Audience {
    /// The fewest classes that lead here, sorted.
    pub(crate) classes: Vec<usize>,
    /// What is forbidden to them.
    pub(crate) forbidden: Mask,
    /// The audience that each class leads to from here, or `None` where that was not worked out.
    pub(crate) next: Vec<Option<usize>>,
}

/// The audiences of a routine.
#[derive(Clone, Debug)]
pub(crate) struct Audiences<'c> {
    pub(crate) classes: Vec<Class<'c>>,
    /// Never empty; people without any condition come first.
    pub(crate) all: Vec<Audience>,
    /// Whether every set of conditions leads to one of them.
    pub(crate) complete: bool,
}

impl Plan<'_> {
    /// The exercises that matter for an adaptation: those of the routine, and what may step in for one that some
    /// condition forbids.
    fn relevant(&self, forbidden: &[Mask]) -> Vec<usize> {
        let mut relevant: Vec<usize> = Vec::new();
        for slot in &self.slots {
            if let Some(own) = slot.own.filter(|own| forbidden.iter().any(|mask| mask.has(*own))) {
                relevant.push(own);
                relevant.extend(&slot.candidates);
            }
        }
        relevant.sort_unstable();
        relevant.dedup();
        relevant
    }
}

impl<'c> Audiences<'c> {
    /// The audiences of a routine, when there are no more than `most`; otherwise those of up to two classes.
    pub(crate) fn of(plan: &Plan<'c>, most: usize) -> Self {
        let classes = classes(plan);
        match unions(plan, &classes, most) {
            Some(all) => Self { classes, all, complete: true },
            None => Self { all: pairs(plan, &classes), classes, complete: false },
        }
    }
}

/// Whether a routine's audiences are no more than `most`.
pub(crate) fn few(plan: &Plan<'_>, classes: &[Class<'_>], most: usize) -> bool {
    // So few classes cannot make more, whatever they forbid.
    if u32::try_from(classes.len()).is_ok_and(|count| count < usize::BITS && 1 << count <= most) {
        return true;
    }
    let mut all = vec![Mask::empty(plan.exercises.len())];
    let mut known: HashSet<Mask, ByMask> = all.iter().cloned().collect();
    for class in classes {
        for at in 0..all.len() {
            let union = all[at].union(&class.forbids);
            if known.insert(union.clone()) {
                all.push(union);
            }
        }
        if all.len() > most {
            return false;
        }
    }
    true
}

/// The classes of a routine's conditions.
pub(crate) fn classes<'c>(plan: &Plan<'c>) -> Vec<Class<'c>> {
    let count = plan.exercises.len();
    let whole = plan.asked.iter().map(|condition| {
        let mut mask = Mask::empty(count);
        for (number, exercise) in plan.exercises.iter().enumerate() {
            if exercise.forbidden_by(condition) {
                mask.insert(number);
            }
        }
        mask
    });
    let whole: Vec<Mask> = whole.collect();
    let relevant = plan.relevant(&whole);
    let mut classes: Vec<Class<'c>> = Vec::new();
    for (condition, whole) in plan.asked.iter().copied().zip(&whole) {
        let mut forbids = Mask::empty(count);
        for number in relevant.iter().filter(|number| whole.has(**number)) {
            forbids.insert(*number);
        }
        if forbids.is_empty() {
            continue;
        }
        match classes.iter_mut().find(|class| class.forbids == forbids) {
            Some(class) => class.conditions.push(condition),
            None => classes.push(Class { conditions: vec![condition], forbids }),
        }
    }
    classes
}

/// All distinct unions, breadth first, so that each is met by the fewest classes; `None` when there are too many.
fn unions(plan: &Plan<'_>, classes: &[Class<'_>], most: usize) -> Option<Vec<Audience>> {
    let start = Mask::empty(plan.exercises.len());
    let mut masks = vec![(start.clone(), Vec::new())];
    let mut index: HashMap<Mask, usize, ByMask> = HashMap::default();
    index.insert(start, 0);
    let mut next: Vec<Vec<Option<usize>>> = Vec::new();
    while let Some((mask, reached)) = masks.get(next.len()).cloned() {
        let mut row = Vec::with_capacity(classes.len());
        for (number, class) in classes.iter().enumerate() {
            let union = mask.union(&class.forbids);
            let to = *index.entry(union).or_insert_with_key(|union| {
                let mut reached: Vec<usize> = reached.clone();
                reached.push(number);
                reached.sort_unstable();
                masks.push((union.clone(), reached));
                masks.len() - 1
            });
            row.push(Some(to));
        }
        if masks.len() > most {
            return None;
        }
        next.push(row);
    }
    let all = masks.into_iter().zip(next);
    Some(all.map(|((forbidden, classes), next)| Audience { classes, forbidden, next }).collect())
}

/// Nobody's conditions, every class alone, and every two of them.
fn pairs(plan: &Plan<'_>, classes: &[Class<'_>]) -> Vec<Audience> {
    let count = classes.len();
    let mut sets = vec![Vec::new()];
    sets.extend((0..count).map(|class| vec![class]));
    sets.extend((0..count).flat_map(|a| (a + 1..count).map(move |b| vec![a, b])));
    let index: HashMap<Vec<usize>, usize> = sets.iter().cloned().zip(0..).collect();
    let audience = |set: Vec<usize>| {
        let to = |class: usize| {
            let mut larger = set.clone();
            larger.push(class);
            larger.sort_unstable();
            larger.dedup();
            index.get(&larger).copied()
        };
        let next = (0..count).map(to).collect();
        let empty = Mask::empty(plan.exercises.len());
        let forbidden = set.iter().fold(empty, |mask, class| mask.union(&classes[*class].forbids));
        Audience { classes: set, forbidden, next }
    };
    sets.into_iter().map(audience).collect()
}
