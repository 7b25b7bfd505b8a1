//! Why somebody is newly shown an exercise, or no longer: what was changed, and by how much.

use nocere_model::{Condition, Demand, Exercise, Id, Level, Routine};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    Held,
    exposure::Direction,
    side::{Pair, contraindication, steps},
    words::{authority, code},
};

/// What was changed. Those with the widest effects come first.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Cause {
    /// A condition is known on one side only.
    #[serde(rename_all = "kebab-case")]
    Condition {
        /// The condition.
        condition: Id<Condition>,
    },
    /// A limit of a condition.
    #[serde(rename_all = "kebab-case")]
    Limit {
        /// The condition.
        condition: Id<Condition>,
        /// The demand that it limits.
        demand: Id<Demand>,
    },
    /// A screening asks for a condition on one side only.
    #[serde(rename_all = "kebab-case")]
    Question {
        /// The routine.
        routine: Id<Routine>,
        /// The condition.
        condition: Id<Condition>,
    },
    /// What a demand is a case of.
    #[serde(rename_all = "kebab-case")]
    Broader {
        /// The demand.
        demand: Id<Demand>,
        /// The broader demand, on one side only.
        broader: Id<Demand>,
    },
    /// An exercise demands something on one side only.
    #[serde(rename_all = "kebab-case")]
    Demand {
        /// The exercise.
        exercise: Id<Exercise>,
        /// What it demands.
        demand: Id<Demand>,
        /// The condition that limits it.
        condition: Id<Condition>,
    },
    /// What an exercise says itself.
    #[serde(rename_all = "kebab-case")]
    Written {
        /// The exercise.
        exercise: Id<Exercise>,
        /// The condition that it speaks of.
        condition: Id<Condition>,
    },
    /// The places of a routine, what can step in there, or the rules that it keeps.
    #[serde(rename_all = "kebab-case")]
    Routine {
        /// The routine.
        routine: Id<Routine>,
    },
}

/// Why an exercise is held back from people with a condition on the stricter side and not on the other.
pub(crate) fn of(
    pair: &Pair<'_>,
    direction: Direction,
    exercise: &str,
    condition: &Id<Condition>,
) -> Vec<Cause> {
    let [strict, loose] = direction.sides(pair);
    let find = |side: &'_ nocere_model::bundle::AsWritten| {
        side.exercises.iter().find(|one| one.id.as_str() == exercise).cloned()
    };
    let (Some(was), Some(now)) = (find(strict), find(loose)) else { return Vec::new() };
    let Some(held) = contraindication(&was, condition) else { return Vec::new() };
    let mut causes = Vec::new();
    let known = loose.conditions.iter().find(|one| one.id == *condition);
    for reason in held.because.iter().filter(|reason| reason.level == Level::Avoid) {
        let demand = &reason.demand.id;
        let still = known.map(|known| {
            known.limits.iter().any(|limit| limit.demand == *demand && limit.level == Level::Avoid)
        });
        match still {
            None => causes.push(Cause::Condition { condition: condition.clone() }),
            Some(false) => {
                causes.push(Cause::Limit { condition: condition.clone(), demand: demand.clone() });
            }
            Some(true) => causes.extend(reason.asked_as.iter().map(|asked| {
                match now.demands.iter().any(|one| one.id == *asked) {
                    true => Cause::Broader { demand: asked.clone(), broader: demand.clone() },
                    false => Cause::Demand {
                        exercise: was.id.clone(),
                        demand: asked.clone(),
                        condition: condition.clone(),
                    },
                }
            })),
        }
    }
    if held.declared == Some(Level::Avoid) {
        causes.push(Cause::Written { exercise: was.id.clone(), condition: condition.clone() });
    }
    causes.sort();
    causes.dedup();
    causes
}

impl Cause {
    /// The cause in a sentence without its end.
    pub(crate) fn say(&self, pair: &Pair<'_>, direction: Direction) -> String {
        let [strict, loose] = direction.sides(pair);
        let back = direction == Direction::Withdrawn;
        match self {
            Self::Condition { condition } => match back {
                false => format!(
                    "{} is no longer a condition that exercises or screenings speak of",
                    code(condition)
                ),
                true => format!("{} is now a condition that holds exercises back", code(condition)),
            },
            Self::Limit { condition, demand } => {
                let rows = |side: &nocere_model::bundle::AsWritten| {
                    let known = side.conditions.iter().find(|one| one.id == *condition);
                    let limits = known.into_iter().flat_map(|known| &known.limits);
                    limits.filter(|limit| limit.demand == *demand).max_by_key(|limit| limit.level).cloned()
                };
                let (strict, loose) = (rows(strict), rows(loose));
                let says =
                    strict.map_or_else(String::new, |limit| authority(Some(limit.grade), &limit.sources));
                let less = Held::from(loose.map(|limit| limit.level)).word();
                match back {
                    false => format!(
                        "{} now says {less} for {} (was: avoid, {says})",
                        code(condition),
                        code(demand)
                    ),
                    true => format!(
                        "{} now says avoid for {} ({says}; was: {less})",
                        code(condition),
                        code(demand)
                    ),
                }
            }
            Self::Question { routine, condition } => {
                let verb = if back { "now asks" } else { "no longer asks" };
                format!("the screening of {} {verb} for {}", code(routine), code(condition))
            }
            Self::Broader { demand, broader } => {
                let verb = if back { "is now" } else { "is no longer" };
                format!("{} {verb} a case of {}", code(demand), code(broader))
            }
            Self::Demand { exercise, demand, condition } => {
                let verb = if back { "now demands" } else { "no longer demands" };
                let held = strict.exercises.iter().find(|one| one.id == *exercise);
                let held = held.and_then(|one| contraindication(one, condition));
                let reasons = held.into_iter().flat_map(|held| &held.because);
                let mut reasons = reasons.filter(|reason| reason.asked_as.contains(demand));
                let says = reasons.next().map_or_else(String::new, |reason| {
                    format!(
                        ", for which {} says avoid ({})",
                        code(condition),
                        authority(Some(reason.grade), &reason.sources)
                    )
                });
                format!("{} {verb} {}{says}", code(exercise), code(demand))
            }
            Self::Written { exercise, condition } => {
                let held = loose.exercises.iter().find(|one| one.id == *exercise);
                let held = held.and_then(|one| contraindication(one, condition)?.declared);
                let less = Held::from(held).word();
                match back {
                    false => format!(
                        "{} itself now says {less} for {} (was: avoid)",
                        code(exercise),
                        code(condition)
                    ),
                    true => format!(
                        "{} itself now says avoid for {} (was: {less})",
                        code(exercise),
                        code(condition)
                    ),
                }
            }
            Self::Routine { routine } => {
                let both = pair.routines.common().find(|(old, _)| old.id == *routine);
                let kept = both.is_none_or(|(old, new)| {
                    let ids = |one| steps(one).map(|step| &step.exercise.id).collect::<Vec<_>>();
                    ids(old) == ids(new)
                });
                let what = if kept { "what can step in, or its rules" } else { "its exercises" };
                format!("{} changed {what}", code(routine))
            }
        }
    }
}
