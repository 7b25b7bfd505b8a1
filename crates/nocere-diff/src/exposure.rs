//! Who is newly shown an exercise, and who no longer is: for each condition in the catalog as a whole, and in each
//! routine by its table.

use std::collections::{BTreeMap, BTreeSet};

use nocere_model::{
    Condition, Exercise, Id, Level, Routine,
    bundle::{self, AsWritten},
};

use crate::{
    Cause, Effect, Group, Held, cause,
    shown::seen,
    side::{Pair, contraindication, steps},
    words::{code, codes, count, people, sentence},
};

/// Which way people's lists change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Direction {
    /// They are shown more.
    Shown,
    /// They are shown less.
    Withdrawn,
}

impl Direction {
    /// The side that shows less, and the one that shows more.
    pub(crate) fn sides<'a>(self, pair: &Pair<'a>) -> [&'a AsWritten; 2] {
        match self {
            Self::Shown => [pair.old, pair.new],
            Self::Withdrawn => [pair.new, pair.old],
        }
    }
}

/// What was held back from the people concerned, and what routines show besides: what is there for everybody, and what
/// steps in. An exercise or a routine that only one side has is new or gone, and is not spoken of here.
pub(crate) fn groups(pair: &Pair<'_>, direction: Direction) -> (Vec<Group>, Vec<Group>) {
    let opposite = match direction {
        Direction::Shown => Direction::Withdrawn,
        Direction::Withdrawn => Direction::Shown,
    };
    let by_level = |direction| {
        let effects = in_catalog(pair, direction).into_iter();
        effects.map(move |(cause, effect)| {
            ((effect.exercise.clone(), effect.people_with[0].clone()), (cause, direction))
        })
    };
    // What one exercise gains another may lose: it stepped in for it.
    let levels: Levels = by_level(opposite).chain(by_level(direction)).collect();
    let mut by_cause: BTreeMap<(bool, Cause, bool), BTreeSet<Effect>> = BTreeMap::new();
    let mut add = |besides: bool, (cause, of): (Cause, Direction), mut effect: Effect| {
        if direction == Direction::Withdrawn {
            std::mem::swap(&mut effect.was, &mut effect.now);
        }
        by_cause.entry((besides, cause, of == direction)).or_default().insert(effect);
    };
    for (cause, effect) in in_catalog(pair, direction) {
        add(false, (cause, direction), effect);
    }
    let tables = pair.routines.common().filter(|(old, new)| old.adaptations != new.adaptations);
    for (old, new) in tables {
        let [less, more] = match direction {
            Direction::Shown => [old, new],
            Direction::Withdrawn => [new, old],
        };
        let [strict, _] = direction.sides(pair);
        for (effect, had_routine) in in_routine(pair, less, more) {
            let held = strict.exercises.iter().find(|one| one.id == effect.exercise).is_some_and(|one| {
                let avoid = |id| contraindication(one, id).is_some_and(|held| held.level == Level::Avoid);
                effect.people_with.iter().any(avoid)
            });
            let besides = effect.people_with.is_empty() || (had_routine && !held);
            let cause = routine_cause(&levels, less, more, &effect, direction);
            let cause = cause.unwrap_or((Cause::Routine { routine: less.id.clone() }, direction));
            add(besides, cause, effect);
        }
    }
    let (mut some, mut besides) = (Vec::new(), Vec::new());
    for ((is_besides, cause, same), effects) in by_cause {
        let effects: Vec<Effect> = effects.into_iter().collect();
        let effects_say = say(pair, direction, &cause, &effects);
        let of = if same { direction } else { opposite };
        let group = Group { say: sentence(&cause.say(pair, of)) + ".", cause, effects, effects_say };
        if is_besides { besides.push(group) } else { some.push(group) }
    }
    (some, besides)
}

/// Why somebody is shown more or less of an exercise, by exercise and condition.
type Levels = BTreeMap<(Id<Exercise>, Id<Condition>), (Cause, Direction)>;

/// In the catalog as a whole: what was `avoid` for a condition on the stricter side.
fn in_catalog(pair: &Pair<'_>, direction: Direction) -> Vec<(Cause, Effect)> {
    let mut found = Vec::new();
    for (old, new) in pair.exercises.common() {
        let [strict, loose] = match direction {
            Direction::Shown => [old, new],
            Direction::Withdrawn => [new, old],
        };
        for held in strict.contraindications.iter().filter(|held| held.level == Level::Avoid) {
            let now = Held::from(contraindication(loose, &held.condition).map(|held| held.level));
            if now == Held::Avoid {
                continue;
            }
            let causes = cause::of(pair, direction, strict.id.as_str(), &held.condition);
            let written =
                || Cause::Written { exercise: strict.id.clone(), condition: held.condition.clone() };
            found.push((
                causes.into_iter().next().unwrap_or_else(written),
                Effect {
                    routine: None,
                    exercise: strict.id.clone(),
                    people_with: vec![held.condition.clone()],
                    was: Held::Avoid,
                    now,
                },
            ));
        }
    }
    found
}

/// In a routine: what only one of the tables shows, for the smallest sets of conditions.
fn in_routine(pair: &Pair<'_>, less: &bundle::Routine, more: &bundle::Routine) -> Vec<(Effect, bool)> {
    type Sets<'s> = Vec<(Vec<&'s Id<Condition>>, bool)>;
    let mut minimal: BTreeMap<&Id<Exercise>, Sets<'_>> = BTreeMap::new();
    for seen in seen(&less.adaptations, &more.adaptations) {
        for exercise in seen.gained {
            let both = [&pair.exercises.old, &pair.exercises.new];
            if !both.iter().all(|side| side.contains_key(exercise.as_str())) {
                continue;
            }
            let sets = minimal.entry(exercise).or_default();
            if !sets.iter().any(|(set, _)| set.iter().all(|condition| seen.people.contains(condition))) {
                sets.push((seen.people.clone(), seen.had_routine));
            }
        }
    }
    let effects = minimal.into_iter().flat_map(|(exercise, sets)| {
        sets.into_iter().map(|(set, had_routine)| {
            let effect = Effect {
                routine: Some(less.id.clone()),
                exercise: exercise.clone(),
                people_with: set.into_iter().cloned().collect(),
                was: Held::Avoid,
                now: Held::Free,
            };
            (effect, had_routine)
        })
    });
    effects.collect()
}

/// Why a routine shows something on one side alone: for the same reason as the catalog as a whole, where there is
/// one, and else because of the routine itself.
fn routine_cause(
    levels: &Levels,
    less: &bundle::Routine,
    more: &bundle::Routine,
    effect: &Effect,
    direction: Direction,
) -> Option<(Cause, Direction)> {
    let people = &effect.people_with;
    let own = |condition: &Id<Condition>| levels.get(&(effect.exercise.clone(), condition.clone()));
    if let Some(cause) = people.iter().find_map(own) {
        return Some(cause.clone());
    }
    let asked = |one: &bundle::Routine, id| one.adaptations.conditions.contains_key(id);
    if let Some(condition) = people.iter().find(|id| asked(less, *id) && !asked(more, *id)) {
        let cause = Cause::Question { routine: less.id.clone(), condition: condition.clone() };
        return Some((cause, direction));
    }
    // What is shown of one exercise depends on the others: they step in for it, or need it before or after them.
    let inside: BTreeSet<&Id<Exercise>> =
        [less, more].into_iter().flat_map(steps).map(|step| &step.exercise.id).collect();
    let near = levels
        .iter()
        .find(|((exercise, condition), _)| inside.contains(exercise) && people.contains(condition));
    near.map(|(_, cause)| cause.clone())
}

/// The effects of one cause in a few sentences.
fn say(pair: &Pair<'_>, direction: Direction, cause: &Cause, effects: &[Effect]) -> Vec<String> {
    let verb = match direction {
        Direction::Shown => "now shown",
        Direction::Withdrawn => "no longer shown",
    };
    // By people and by what they are told, then by routine and people.
    type People = Vec<Id<Condition>>;
    type Exercises<'e> = Vec<&'e Id<Exercise>>;
    let mut whole: BTreeMap<(Held, People), Exercises<'_>> = BTreeMap::new();
    let mut inside: BTreeMap<(&Id<Routine>, Exercises<'_>), Vec<People>> = BTreeMap::new();
    let mut by_people: BTreeMap<(&Id<Routine>, &People), Exercises<'_>> = BTreeMap::new();
    for effect in effects {
        match &effect.routine {
            None => {
                let less = effect.was.min(effect.now);
                whole.entry((less, effect.people_with.clone())).or_default().push(&effect.exercise);
            }
            Some(routine) => {
                by_people.entry((routine, &effect.people_with)).or_default().push(&effect.exercise);
            }
        }
    }
    for ((routine, who), exercises) in by_people {
        inside.entry((routine, exercises)).or_default().push(who.to_vec());
    }
    let mut lines = Vec::new();
    for ((less, who), exercises) in whole {
        let how = match (less, direction) {
            (Held::Caution, Direction::Shown) => ", with words of caution (was: avoid)",
            (_, Direction::Shown) => " (was: avoid)",
            (Held::Caution, Direction::Withdrawn) => " (was: caution)",
            (_, Direction::Withdrawn) => "",
        };
        let mut line = format!("{} are {verb} {}{how}.", sentence(&people(&who)), list(&exercises));
        if let ([exercise], [condition], Direction::Shown) = (exercises.as_slice(), who.as_slice(), direction)
        {
            line += &remaining(pair, cause, exercise, condition);
        }
        lines.push(line);
    }
    for ((routine, exercises), groups) in inside {
        let single: Vec<&Id<Condition>> =
            groups.iter().filter_map(|who| who.first().filter(|_| who.len() == 1)).collect();
        let who = match single.len() == groups.len() {
            true => format!("people with {}", codes(single)),
            false => groups.iter().map(|who| people(who)).collect::<Vec<_>>().join(" or "),
        };
        let verb = match direction {
            Direction::Shown => "now shows",
            Direction::Withdrawn => "no longer shows",
        };
        lines.push(format!("Routine {} {verb} {} to {who}.", code(routine), list(&exercises)));
    }
    lines
}

/// Exercises, by number where they are many.
fn list(exercises: &[&Id<Exercise>]) -> String {
    match exercises {
        few if few.len() <= 3 => codes(few),
        many => format!("{}: {}", count(many.len(), "exercise"), codes(many)),
    }
}

/// What the knowledge still says of an exercise that somebody is newly shown.
fn remaining(pair: &Pair<'_>, cause: &Cause, exercise: &Id<Exercise>, condition: &Id<Condition>) -> String {
    let Some(now) = pair.exercises.new.get(exercise.as_str()) else { return String::new() };
    let of = |side: &AsWritten| side.conditions.iter().find(|one| one.id == *condition).cloned();
    let asks = |demand: &str| {
        now.demands.iter().any(|asked| {
            asked.id.as_str() == demand || asked.implies.iter().any(|wider| wider.id.as_str() == demand)
        })
    };
    let limits = of(pair.new).map(|known| known.limits).unwrap_or_default();
    let mut rows: Vec<String> = limits
        .iter()
        .filter(|limit| asks(limit.demand.as_str()))
        .map(|limit| {
            let says = Held::from(Some(limit.level)).word();
            format!("{} ({says}, grade {:?})", code(&limit.demand), limit.grade)
        })
        .collect();
    rows.truncate(3);
    match (rows.is_empty(), cause) {
        (false, _) => format!(" It demands {}, by {}.", crate::words::join(rows), code(condition)),
        (true, Cause::Written { .. }) => " Nothing else held it back.".into(),
        (true, _) => String::new(),
    }
}
