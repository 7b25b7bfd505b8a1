//! Everything about a routine that its adaptations depend on, gathered once.

use nocere_model::{
    Condition, Exercise, Id, Laterality, Level, OrderingRule, Prose, Relation, Routine, Sides,
};

use crate::{
    catalog::{Catalog, Doc},
    derivation::derive,
    order::{Chosen, Place, broken, harder, places, rules},
};

/// How a condition holds an exercise back: the stronger of what is written and what is derived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hold<'c> {
    pub(crate) condition: &'c Id<Condition>,
    pub(crate) level: Level,
    /// What the exercise says to the person, or else why the condition says so.
    pub(crate) say: &'c Prose,
}

/// Every condition that holds an exercise back, written or derived.
pub(crate) fn holds<'c>(catalog: &'c Catalog, exercise: &'c Exercise) -> Vec<Hold<'c>> {
    let derived = derive(catalog, exercise).into_iter();
    let mut holds: Vec<Hold<'c>> = derived
        .map(|derived| Hold {
            condition: &derived.condition.value().id,
            level: derived.level,
            say: &derived.rows[0].limit.because,
        })
        .collect();
    for written in &exercise.contraindications {
        match holds.iter_mut().find(|hold| *hold.condition == written.condition) {
            Some(hold) => *hold = Hold { level: hold.level.max(written.level), say: &written.say, ..*hold },
            None => {
                holds.push(Hold { condition: &written.condition, level: written.level, say: &written.say })
            }
        }
    }
    holds
}

/// An exercise that the routine can show.
#[derive(Clone, Debug)]
pub(crate) struct Weighed<'c> {
    pub(crate) exercise: Doc<'c, Exercise>,
    pub(crate) holds: Vec<Hold<'c>>,
    /// Which ordering rules speak of it, in the order of the plan's rules.
    chosen: Vec<Chosen>,
}

impl Weighed<'_> {
    /// Whether a condition forbids it.
    pub(crate) fn forbidden_by(&self, condition: &Id<Condition>) -> bool {
        self.holds.iter().any(|hold| hold.level == Level::Avoid && hold.condition == condition)
    }
}

/// A place of the routine, with exercises as numbers of the plan.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// The exercise that is written there, unless it is unknown.
    pub(crate) own: Option<usize>,
    /// What may step in, best first.
    pub(crate) candidates: Vec<usize>,
}

/// What stands in a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cell {
    /// An exercise.
    Shown(usize),
    /// An exercise that is unknown or unreadable: it is never shown, and breaks no rule.
    Unknown,
    /// Nothing any more.
    Gone,
}

/// A place where an ordering rule is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Breach {
    /// The rule, by its number in the plan.
    pub(crate) rule: usize,
    /// The place, by its number in the routine.
    pub(crate) place: usize,
}

/// A routine, its ordering rules, and the exercises that it can show.
#[derive(Clone, Debug)]
pub(crate) struct Plan<'c> {
    catalog: &'c Catalog,
    pub(crate) places: Vec<Place<'c>>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) exercises: Vec<Weighed<'c>>,
    pub(crate) rules: Vec<Doc<'c, OrderingRule>>,
    /// The conditions that the routine's screening asks for, sorted.
    pub(crate) asked: Vec<&'c Id<Condition>>,
    /// Where the routine breaks a rule as it is written; other rules report that.
    known: Vec<Breach>,
}

impl<'c> Plan<'c> {
    pub(crate) fn new(catalog: &'c Catalog, routine: &'c Routine) -> Self {
        let screening = routine.screening.as_ref().and_then(|id| catalog.get(id));
        let mut asked: Vec<_> = screening.iter().flat_map(|found| &found.value().conditions).collect();
        asked.sort();
        asked.dedup();
        let mut plan = Self {
            catalog,
            places: places(catalog, routine),
            slots: Vec::new(),
            exercises: Vec::new(),
            rules: rules(catalog, routine).into_iter().map(|(rule, _)| rule).collect(),
            asked,
            known: Vec::new(),
        };
        for at in 0..plan.places.len() {
            let exercise = plan.places[at].exercise;
            let own = exercise.map(|exercise| plan.number(exercise));
            plan.slots.push(Slot { own, candidates: Vec::new() });
        }
        let written: Vec<Cell> = plan.written().collect();
        plan.known = plan.breaches(&written);
        for at in 0..plan.places.len() {
            let Some(own) = plan.places[at].exercise else { continue };
            for id in own.value().alternatives.iter().chain(&own.value().regressions) {
                if let Some(candidate) = catalog.get(id) {
                    plan.offer(at, candidate);
                }
            }
        }
        plan
    }

    /// The number of an exercise, which is added when it is new.
    fn number(&mut self, exercise: Doc<'c, Exercise>) -> usize {
        let known = self.exercises.iter().position(|known| known.exercise.id == exercise.id);
        known.unwrap_or_else(|| {
            let by = |rule: &Doc<'c, OrderingRule>| Chosen::by(self.catalog, rule, exercise.value());
            let chosen = self.rules.iter().map(by).collect();
            let holds = holds(self.catalog, exercise.value());
            self.exercises.push(Weighed { exercise, holds, chosen });
            self.exercises.len() - 1
        })
    }

    /// Lets an exercise step in at a place, after those that may already. It may not when it is dosed for one side
    /// only, or when a condition forbids it that nobody asks for before this routine.
    pub(crate) fn offer(&mut self, place: usize, exercise: Doc<'c, Exercise>) -> bool {
        let one_sided = exercise.laterality == Laterality::Unilateral
            && exercise.dosage.as_ref().is_some_and(|dose| dose.sides == Some(Sides::One));
        if one_sided {
            return false;
        }
        let number = self.number(exercise);
        let holds = &self.exercises[number].holds;
        let all_asked = holds
            .iter()
            .all(|hold| hold.level == Level::Caution || self.asked.binary_search(&hold.condition).is_ok());
        let slot = &mut self.slots[place];
        let fits = all_asked && slot.own != Some(number) && !slot.candidates.contains(&number);
        if fits {
            slot.candidates.push(number);
        }
        fits
    }

    /// The routine as it is written.
    pub(crate) fn written(&self) -> impl Iterator<Item = Cell> {
        self.slots.iter().map(|slot| slot.own.map_or(Cell::Unknown, Cell::Shown))
    }

    /// Whether a rule, by its number, chooses an exercise in any way.
    pub(crate) fn speaks_of(&self, rule: usize, number: usize) -> bool {
        self.exercises[number].chosen[rule] != Chosen::default()
    }

    /// Whether what stands in a place steps in for what is written there.
    pub(crate) fn steps_in(&self, place: usize, cell: Cell) -> bool {
        matches!((cell, self.slots[place].own), (Cell::Shown(now), Some(own)) if now != own)
    }

    /// Where ordering rules are broken, beyond where the routine breaks them as it is written.
    pub(crate) fn breaches(&self, cells: &[Cell]) -> Vec<Breach> {
        let mut found = Vec::new();
        if self.rules.is_empty() {
            return found;
        }
        let present: Vec<(usize, Option<&Weighed<'c>>)> = (cells.iter().enumerate())
            .filter_map(|(place, cell)| match cell {
                Cell::Shown(number) => Some((place, Some(&self.exercises[*number]))),
                Cell::Unknown => Some((place, None)),
                Cell::Gone => None,
            })
            .collect();
        let mut chosen = Vec::with_capacity(present.len());
        for (rule, document) in self.rules.iter().enumerate() {
            chosen.clear();
            chosen.extend(present.iter().map(|(_, exercise)| exercise.map(|exercise| exercise.chosen[rule])));
            let harder = |first: usize, second: usize| match (present[first].1, present[second].1) {
                (Some(first), Some(second)) => harder(first.exercise.value(), second.exercise.value()),
                _ => false,
            };
            let places = broken(document.relation, &chosen, harder).into_iter();
            let breaches = places.map(|violation| Breach { rule, place: present[violation.at].0 });
            found.extend(breaches.filter(|breach| !self.known.contains(breach)));
        }
        found
    }

    /// The place whose loss broke a rule: the nearest one, on the side where the rule looks, that held what the rule
    /// asks for; or else the nearest that lost its exercise.
    pub(crate) fn lost_to(&self, breach: Breach, cells: &[Cell]) -> Option<usize> {
        let later = match self.rules[breach.rule].relation {
            Relation::ImmediatelyBefore | Relation::RequiresAfter => Some(true),
            Relation::ImmediatelyAfter | Relation::RequiresBefore => Some(false),
            _ => None,
        };
        let lost = self.written().zip(cells).enumerate().filter(|(_, (written, now))| written != *now);
        let rank = |(place, (written, _)): &(usize, (Cell, &Cell))| {
            let asked_for =
                matches!(written, Cell::Shown(own) if self.exercises[*own].chosen[breach.rule].other);
            let side = later.is_none_or(|later| (*place > breach.place) == later);
            (!(asked_for && side), place.abs_diff(breach.place))
        };
        lost.min_by_key(rank).map(|(place, _)| place)
    }
}
