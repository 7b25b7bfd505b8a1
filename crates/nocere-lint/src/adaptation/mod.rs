//! What is left of a routine for people with certain conditions, and for every set of conditions that its screening
//! can find out.
//!
//! An exercise is forbidden to a person when one of their conditions says `avoid` for it: in the exercise's own
//! contraindications or by derivation, whichever is stronger. Forbidden exercises make room for a declared alternative
//! that is safe for the whole set, or are left out; see [`Plan::choose`]. What is left must still be a routine: there is
//! something in it, and every ordering rule that the routine keeps as it is written is still kept. Otherwise the answer
//! is no routine at all, never an empty list.
//!
//! Both sides of the body stay trained, as an exercise that is dosed for one side never steps in. An exercise that a
//! condition forbids which the screening does not ask for never steps in either: nobody would know.

mod audiences;
mod choose;
mod failing;
mod mask;
mod plan;
mod table;
#[cfg(test)]
mod tests;

use nocere_model::{
    AdaptedStep, Condition, Dosage, Exercise, Id, Level, OrderingRule, Prose, Routine, bundle::Seconds,
};
use serde::Serialize;

use crate::{catalog::Catalog, config::DurationMismatch, order::truthful};
use audiences::Audiences;
pub(crate) use audiences::{Class, MOST_AUDIENCES, classes, few};
use choose::Choice;
pub(crate) use failing::{Failing, Repairs, failing};
pub(crate) use plan::Plan;
use plan::{Cell, Weighed};
pub use table::adaptations;

/// A routine as people with certain conditions are shown it, and what happened to each of its places.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Adapted {
    /// The routine.
    pub routine: Id<Routine>,
    /// The conditions.
    pub conditions: Vec<Id<Condition>>,
    /// Every place of the routine, in order, also where nothing is shown.
    pub places: Vec<AdaptedPlace>,
    /// Why there is no routine for these people; empty when there is one.
    pub faults: Vec<Fault>,
    /// How long it takes, when every dose is known.
    pub seconds: Option<Seconds>,
    /// Whether the stated duration is more than a quarter off.
    pub duration_differs: bool,
}

/// A place of a routine, adapted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AdaptedPlace {
    /// The block, counted from 0.
    pub block: usize,
    /// The place in the block, counted from 0.
    pub index: usize,
    /// The exercise that is written there.
    pub exercise: Id<Exercise>,
    /// The conditions that forbid it.
    pub forbidden_by: Vec<Id<Condition>>,
    /// What is shown there, if anything.
    pub shown: Option<AdaptedStep>,
    /// The dose of what is shown: that of the place, or the exercise's own where it steps in.
    pub dosage: Option<Dosage>,
    /// Whether it may be left out.
    pub optional: bool,
    /// What to say beside it.
    pub cautions: Vec<Caution>,
}

/// What a person with a condition must mind in an exercise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Caution {
    /// The condition.
    pub condition: Id<Condition>,
    /// The words for the person.
    pub say: Prose,
}

/// Why what is left is no routine.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "fault")]
pub enum Fault {
    /// Nothing safe is left.
    NothingLeft,
    /// What is left breaks an ordering rule.
    Order {
        /// The rule.
        rule: Id<OrderingRule>,
        /// The exercise that would stand without what the rule asks for.
        exercise: Id<Exercise>,
    },
}

impl Adapted {
    /// The exercises to show, in order; `None` when the answer is: no routine, see a clinician.
    #[must_use]
    pub fn steps(&self) -> Option<Vec<&AdaptedStep>> {
        let steps: Vec<&AdaptedStep> = self.places.iter().filter_map(|place| place.shown.as_ref()).collect();
        (self.faults.is_empty() && !steps.is_empty()).then_some(steps)
    }
}

/// Adapts a routine to people who have all of these conditions, also those that its screening does not ask for.
#[must_use]
pub fn adapt(catalog: &Catalog, routine: &Routine, conditions: &[Id<Condition>]) -> Adapted {
    let plan = Plan::new(catalog, routine);
    let forbidding = |exercise: &Weighed<'_>| -> Vec<Id<Condition>> {
        conditions.iter().filter(|condition| exercise.forbidden_by(condition)).cloned().collect()
    };
    let forbidding: Vec<Vec<Id<Condition>>> = plan.exercises.iter().map(forbidding).collect();
    let choice = plan.choose(|number| !forbidding[number].is_empty());
    let places = plan.places.iter().zip(&plan.slots).zip(&choice.cells).enumerate();
    let places = places.map(|(at, ((place, slot), cell))| {
        let number = match cell {
            Cell::Shown(number) => Some(*number),
            _ => None,
        };
        let holds = number.into_iter().flat_map(|number| &plan.exercises[number].holds);
        let cautions =
            holds.filter(|hold| hold.level == Level::Caution && conditions.contains(hold.condition));
        AdaptedPlace {
            block: place.block,
            index: place.index,
            exercise: place.step.exercise.clone(),
            forbidden_by: slot.own.map(|own| forbidding[own].clone()).unwrap_or_default(),
            shown: number.map(|number| plan.step(at, number)),
            dosage: number.and_then(|number| plan.dose(at, number)),
            optional: place.step.optional,
            cautions: cautions
                .map(|hold| Caution { condition: hold.condition.clone(), say: hold.say.clone() })
                .collect(),
        }
    });
    let seconds = plan.seconds(&choice);
    Adapted {
        routine: routine.id.clone(),
        conditions: conditions.to_vec(),
        places: places.collect(),
        faults: plan.faults(&choice),
        seconds,
        duration_differs: duration_differs(routine, seconds),
    }
}

/// Whether a routine states a duration that these people cannot rely on.
fn duration_differs(routine: &Routine, seconds: Option<Seconds>) -> bool {
    let both = routine.duration.zip(seconds);
    // What people are told does not depend on how lenient a catalog is with itself.
    let tolerance = DurationMismatch::default().tolerance;
    both.is_some_and(|(stated, sum)| !truthful(stated, (sum.min, sum.max), tolerance))
}

impl Plan<'_> {
    /// An exercise in a place, as it is exported.
    fn step(&self, place: usize, number: usize) -> AdaptedStep {
        let at = &self.places[place];
        AdaptedStep {
            block: at.block,
            index: at.index,
            exercise: self.exercises[number].exercise.id.clone(),
            replaces: self.steps_in(place, Cell::Shown(number)).then(|| at.step.exercise.clone()),
        }
    }

    /// The dose of an exercise in a place: what the place states holds only for what is written there.
    fn dose(&self, place: usize, number: usize) -> Option<Dosage> {
        if self.steps_in(place, Cell::Shown(number)) {
            self.exercises[number].exercise.dosage.clone()
        } else {
            self.places[place].dose()
        }
    }

    /// How long what is shown takes; optional exercises count only at the upper end.
    fn seconds(&self, choice: &Choice) -> Option<Seconds> {
        let mut sum = Seconds { min: 0, max: 0 };
        for (place, number) in choice.shown() {
            let (min, max) = self.dose(place, number)?.seconds()?;
            sum.min += if self.places[place].step.optional { 0 } else { min };
            sum.max += max;
        }
        Some(sum)
    }

    /// Why a choice is no routine.
    pub(crate) fn faults(&self, choice: &Choice) -> Vec<Fault> {
        if choice.nothing_left() {
            return vec![Fault::NothingLeft];
        }
        let order = choice.breaches.iter().map(|breach| Fault::Order {
            rule: self.rules[breach.rule].id.clone(),
            exercise: self.places[breach.place].step.exercise.clone(),
        });
        order.collect()
    }
}
