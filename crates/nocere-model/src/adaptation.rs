//! What a routine shows to people with different conditions, worked out before the bundle is written: a front end
//! looks it up and computes nothing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Condition, Exercise, Id, Prose, Routine, bundle::Seconds};

/// What a person reads when no form of a routine fits their answers.
pub const NO_ROUTINE: &str = "With your answers, no form of this routine is right for you as it stands. Please see \
                              a physiotherapist or doctor, who can choose exercises with you.";

/// What one routine shows to every set of conditions that its screening can find out.
///
/// To look up what a person is shown, start at the first entry of `audiences`. For each condition that the person
/// has, take its number from `conditions` and go to the audience at that place of the current one's `next`; a
/// condition without a number changes nothing. The order of the conditions does not matter. Where this ends stands
/// what to show. A condition that is not in `conditions` was never weighed for this routine: show no routine.
///
/// Red flags come before all this, and stop everything.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Adaptations {
    /// The routine.
    pub routine: Id<Routine>,
    /// Whether every set of conditions was worked out. Where there were too many to tell apart, people whose
    /// conditions fall into more than two numbers are shown no routine.
    pub complete: bool,
    /// Every condition that the screening asks for. Conditions with the same number hold back the same exercises;
    /// one without a number holds back none.
    pub conditions: BTreeMap<Id<Condition>, Option<usize>>,
    /// Every exercise that somebody is shown, in its place. Audiences refer to them by their place in this list.
    pub steps: Vec<AdaptedStep>,
    /// What to say beside an exercise, by the condition of the person who is shown it.
    pub cautions: BTreeMap<Id<Exercise>, BTreeMap<Id<Condition>, Prose>>,
    /// Who is shown what; never empty, and people without any of the conditions come first.
    pub audiences: Vec<Audience>,
    /// What a person reads who is shown no routine.
    pub no_routine: Prose,
}

/// An exercise in its place in an adapted routine.
///
/// Where nothing is replaced, dose and note are those of this place in the routine. An exercise that steps in has its
/// own dose, and the note of the place does not hold for it. Whether the place may be left out stays as it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AdaptedStep {
    /// The block of the routine, counted from 0.
    pub block: usize,
    /// The place in that block, counted from 0 in the routine as it is written.
    pub index: usize,
    /// The exercise to show.
    pub exercise: Id<Exercise>,
    /// The exercise that stands there in the routine as it is written, where this one steps in for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id<Exercise>>,
}

/// People who are shown the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Audience {
    /// The fewest condition numbers that lead here, for people who read the table.
    pub people_with: Vec<usize>,
    /// What they are shown.
    pub shown: Shown,
    /// For each condition number, the audience of people who have that condition as well.
    pub next: Vec<usize>,
}

/// What people are shown: a routine with something in it, or none, and then where to turn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub enum Shown {
    /// A routine.
    #[serde(rename_all = "kebab-case")]
    Routine {
        /// What it consists of, in order, as places in `steps`; never empty.
        steps: Vec<usize>,
        /// How long it takes; left out when a dose is not known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seconds: Option<Seconds>,
        /// Whether the routine's stated duration is more than a quarter off for these people. Show `seconds` then.
        duration_differs: bool,
    },
    /// No routine: the person is told to see a clinician.
    NoRoutine,
}

impl Adaptations {
    /// What a person with these conditions is shown.
    #[must_use]
    pub fn shown_to<'a>(&self, conditions: impl IntoIterator<Item = &'a Id<Condition>>) -> &Shown {
        let mut at = self.audiences.first();
        for condition in conditions {
            at = match (self.conditions.get(condition), at) {
                (Some(Some(number)), Some(audience)) => {
                    audience.next.get(*number).and_then(|next| self.audiences.get(*next))
                }
                (Some(None), here) => here,
                _ => None,
            };
        }
        at.map_or(&Shown::NoRoutine, |audience| &audience.shown)
    }

    /// The exercises that a person with these conditions is shown, in order; `None` when there is no routine.
    #[must_use]
    pub fn steps_for<'a>(
        &self,
        conditions: impl IntoIterator<Item = &'a Id<Condition>>,
    ) -> Option<Vec<&AdaptedStep>> {
        match self.shown_to(conditions) {
            Shown::Routine { steps, .. } => steps.iter().map(|step| self.steps.get(*step)).collect(),
            Shown::NoRoutine => None,
        }
    }
}
