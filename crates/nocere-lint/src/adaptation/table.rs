//! The table of a routine's adaptations, as it is exported.

use std::collections::{BTreeMap, BTreeSet};

use nocere_model::{Adaptations, Audience, Id, Level, NO_ROUTINE, Prose, Routine, Shown};

use super::{Audiences, MOST_AUDIENCES, Plan, choose::Choice, duration_differs};
use crate::catalog::Catalog;

/// What a routine shows to every set of conditions that its screening can find out.
#[must_use]
pub fn adaptations(catalog: &Catalog, routine: &Routine) -> Adaptations {
    tabulate(catalog, routine, MOST_AUDIENCES)
}

/// The table, when there are no more than `most` audiences; otherwise that of single conditions and pairs.
pub(super) fn tabulate(catalog: &Catalog, routine: &Routine, most: usize) -> Adaptations {
    let plan = Plan::new(catalog, routine);
    let audiences = Audiences::of(&plan, most);
    let choose = |audience: &super::audiences::Audience| plan.choose(|number| audience.forbidden.has(number));
    let choices: Vec<Choice> = audiences.all.iter().map(choose).collect();
    let fits = |choice: &Choice| !choice.fails() && choice.shown().next().is_some();
    let used: BTreeSet<(usize, usize)> =
        choices.iter().filter(|choice| fits(choice)).flat_map(Choice::shown).collect();
    let step_numbers: BTreeMap<(usize, usize), usize> = used.iter().copied().zip(0..).collect();
    // People of more classes than were worked out are led to one last audience, and stay there.
    let beyond = audiences.all.len();
    let mut all: Vec<Audience> = Vec::with_capacity(beyond + 1);
    for (found, choice) in audiences.all.iter().zip(&choices) {
        let shown = if fits(choice) {
            let seconds = plan.seconds(choice);
            let steps = choice.shown().filter_map(|shown| step_numbers.get(&shown).copied()).collect();
            Shown::Routine { steps, seconds, duration_differs: duration_differs(routine, seconds) }
        } else {
            Shown::NoRoutine
        };
        let next = found.next.iter().map(|next| next.unwrap_or(beyond)).collect();
        all.push(Audience { people_with: found.classes.clone(), shown, next });
    }
    if !audiences.complete {
        let classes = audiences.classes.len();
        let (people_with, next) = ((0..classes).collect(), vec![beyond; classes]);
        all.push(Audience { people_with, shown: Shown::NoRoutine, next });
    }
    Adaptations {
        routine: routine.id.clone(),
        complete: audiences.complete,
        conditions: numbered(&plan, &audiences),
        steps: used.iter().map(|(place, number)| plan.step(*place, *number)).collect(),
        cautions: cautions(&plan, used.iter().map(|(_, number)| *number)),
        audiences: all,
        no_routine: Prose(NO_ROUTINE.into()),
    }
}

/// Every condition that is asked for, with its class.
fn numbered(
    plan: &Plan<'_>,
    audiences: &Audiences<'_>,
) -> BTreeMap<Id<nocere_model::Condition>, Option<usize>> {
    let class = |condition| audiences.classes.iter().position(|class| class.conditions.contains(condition));
    plan.asked.iter().map(|condition| ((*condition).clone(), class(condition))).collect()
}

/// What to say beside the exercises that are shown, for the conditions that are asked for.
fn cautions(
    plan: &Plan<'_>,
    shown: impl Iterator<Item = usize>,
) -> BTreeMap<Id<nocere_model::Exercise>, BTreeMap<Id<nocere_model::Condition>, Prose>> {
    let mut cautions: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for number in shown {
        let weighed = &plan.exercises[number];
        for hold in &weighed.holds {
            if hold.level == Level::Caution && plan.asked.contains(&hold.condition) {
                let of = cautions.entry(weighed.exercise.id.clone()).or_default();
                of.insert(hold.condition.clone(), hold.say.clone());
            }
        }
    }
    cautions
}
