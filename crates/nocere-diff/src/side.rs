//! The two sides of a comparison, without what could not be read.

use std::collections::{BTreeMap, BTreeSet};

use nocere_model::{
    Id, Kind,
    bundle::{AsWritten, Condition, Contraindication, Exercise, Routine},
};
use schemars::JsonSchema;
use serde::Serialize;

/// One side of a comparison.
#[derive(Clone, Debug)]
pub struct Side {
    /// What the catalog says.
    pub content: AsWritten,
    /// How many errors the linter finds in it. With one it cannot be exported.
    pub errors: usize,
    /// The documents that could not be read whole.
    pub unread: Vec<Unread>,
}

/// A document of which nothing can be said.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Unread {
    /// Its path, where it has one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// What it is, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Its id, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The document that it rests on and that could not be read, where it could be read itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because_of: Option<String>,
}

/// Both sides without the documents that could not be read on either, and without what rests on these: a demand that
/// cannot be read must not look like one that was taken away.
pub(crate) fn readable(base: &Side, head: &Side) -> (AsWritten, AsWritten, Vec<Unread>) {
    let mut old = base.content.clone();
    let mut new = head.content.clone();
    let mut all: BTreeSet<Unread> = base.unread.iter().chain(&head.unread).cloned().collect();
    let mut gone: BTreeSet<(Kind, String)> =
        all.iter().filter_map(|one| Some((one.kind?, one.id.clone()?))).collect();
    // Exercises rest on their demands, and routines on their screening, their exercises and what can step in.
    for side in [&old, &new] {
        for exercise in &side.exercises {
            let demands = exercise.demands.iter().flat_map(|asked| {
                std::iter::once(&asked.id).chain(asked.implies.iter().map(|wider| &wider.id))
            });
            rests(
                &mut all,
                &mut gone,
                (Kind::Exercise, exercise.id.as_str()),
                demands.map(|id| (Kind::Demand, id.as_str())),
            );
        }
    }
    for side in [&old, &new] {
        for routine in &side.routines {
            let steps: Vec<&str> = steps(routine).map(|step| step.exercise.id.as_str()).collect();
            let inner = side.exercises.iter().filter(|exercise| steps.contains(&exercise.id.as_str()));
            let others =
                inner.flat_map(|exercise| exercise.alternatives.iter().map(|other| other.id.as_str()));
            let screening =
                routine.screening.iter().map(|screening| (Kind::Screening, screening.id.as_str()));
            let exercises = steps.iter().copied().chain(others).map(|id| (Kind::Exercise, id));
            rests(&mut all, &mut gone, (Kind::Routine, routine.id.as_str()), exercises.chain(screening));
        }
    }
    for side in [&mut old, &mut new] {
        without(side, &gone);
    }
    (old, new, all.into_iter().collect())
}

fn rests<'a>(
    all: &mut BTreeSet<Unread>,
    gone: &mut BTreeSet<(Kind, String)>,
    (kind, id): (Kind, &str),
    mut on: impl Iterator<Item = (Kind, &'a str)>,
) {
    let Some((other, name)) = on.find(|(kind, id)| gone.contains(&(*kind, (*id).to_owned()))) else { return };
    if gone.insert((kind, id.to_owned())) {
        let because_of = Some(format!("{other} `{name}`"));
        all.insert(Unread { path: String::new(), kind: Some(kind), id: Some(id.to_owned()), because_of });
    }
}

fn without(side: &mut AsWritten, gone: &BTreeSet<(Kind, String)>) {
    let keep = |kind: Kind, id: &str| !gone.contains(&(kind, id.to_owned()));
    let AsWritten {
        exercises, routines, screenings, conditions, demands, targets, equipment, sources, ..
    } = side;
    exercises.retain(|one| keep(Kind::Exercise, one.id.as_str()));
    routines.retain(|one| keep(Kind::Routine, one.id.as_str()));
    screenings.retain(|one| keep(Kind::Screening, one.id.as_str()));
    conditions.retain(|one| keep(Kind::Condition, one.id.as_str()));
    demands.retain(|one| keep(Kind::Demand, one.id.as_str()));
    targets.retain(|one| keep(Kind::Target, one.id.as_str()));
    equipment.retain(|one| keep(Kind::Equipment, one.id.as_str()));
    sources.retain(|one| keep(Kind::Source, one.id.as_str()));
    for exercise in exercises {
        exercise.contraindications.retain(|one| keep(Kind::Condition, one.condition.as_str()));
    }
    for screening in screenings {
        screening.conditions.retain(|one| keep(Kind::Condition, one.id.as_str()));
        screening.red_flags.retain(|one| keep(Kind::RedFlag, one.id.as_str()));
    }
    for routine in routines {
        routine.rules.retain(|one| keep(Kind::OrderingRule, one.id.as_str()));
        routine.adaptations.conditions.retain(|id, _| keep(Kind::Condition, id.as_str()));
        for cautions in routine.adaptations.cautions.values_mut() {
            cautions.retain(|id, _| keep(Kind::Condition, id.as_str()));
        }
    }
}

/// The exercises of a routine in their places, in order.
pub(crate) fn steps(routine: &Routine) -> impl Iterator<Item = &nocere_model::bundle::Step> {
    routine.blocks.iter().flat_map(|block| &block.steps)
}

/// Both sides, found by id.
pub(crate) struct Pair<'a> {
    pub(crate) old: &'a AsWritten,
    pub(crate) new: &'a AsWritten,
    pub(crate) exercises: Both<'a, Exercise>,
    pub(crate) routines: Both<'a, Routine>,
    pub(crate) conditions: Both<'a, Condition>,
}

/// Documents of one kind on both sides, by id.
pub(crate) struct Both<'a, T> {
    pub(crate) old: BTreeMap<&'a str, &'a T>,
    pub(crate) new: BTreeMap<&'a str, &'a T>,
}

impl<'a, T> Both<'a, T> {
    pub(crate) fn of(old: &'a [T], new: &'a [T], id: impl Fn(&'a T) -> &'a str) -> Self {
        Self {
            old: old.iter().map(|one| (id(one), one)).collect(),
            new: new.iter().map(|one| (id(one), one)).collect(),
        }
    }

    /// Those that both sides have.
    pub(crate) fn common(&self) -> impl Iterator<Item = (&'a T, &'a T)> {
        self.old.iter().filter_map(|(id, old)| Some((*old, *self.new.get(id)?)))
    }

    /// The ids that only the new side has.
    pub(crate) fn added(&self) -> impl Iterator<Item = (&'a str, &'a T)> {
        self.new.iter().filter(|(id, _)| !self.old.contains_key(*id)).map(|(id, one)| (*id, *one))
    }

    /// The ids that only the old side has.
    pub(crate) fn gone(&self) -> impl Iterator<Item = (&'a str, &'a T)> {
        self.old.iter().filter(|(id, _)| !self.new.contains_key(*id)).map(|(id, one)| (*id, *one))
    }
}

impl<'a> Pair<'a> {
    pub(crate) fn new(old: &'a AsWritten, new: &'a AsWritten) -> Self {
        Self {
            old,
            new,
            exercises: Both::of(&old.exercises, &new.exercises, |one| one.id.as_str()),
            routines: Both::of(&old.routines, &new.routines, |one| one.id.as_str()),
            conditions: Both::of(&old.conditions, &new.conditions, |one| one.id.as_str()),
        }
    }
}

/// What an exercise says of a condition.
pub(crate) fn contraindication<'e>(
    exercise: &'e Exercise,
    condition: &Id<nocere_model::Condition>,
) -> Option<&'e Contraindication> {
    exercise.contraindications.iter().find(|one| one.condition == *condition)
}

/// Parts of a list by a key; of several with one key, each by its turn.
pub(crate) fn keyed<'a, T, K: Ord + Clone>(
    list: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> BTreeMap<(K, usize), &'a T> {
    let mut turns: BTreeMap<K, usize> = BTreeMap::new();
    let mut next = |key: &K| {
        let turn = turns.entry(key.clone()).or_default();
        *turn += 1;
        *turn
    };
    list.iter().map(|part| (key(part), part)).map(|(key, part)| ((key.clone(), next(&key)), part)).collect()
}

/// Every key of both sides, with what each side has.
pub(crate) fn zip<'a, K: Ord + Clone, T>(
    old: &BTreeMap<K, &'a T>,
    new: &BTreeMap<K, &'a T>,
) -> Vec<(K, Option<&'a T>, Option<&'a T>)> {
    let keys: BTreeSet<K> = old.keys().chain(new.keys()).cloned().collect();
    keys.into_iter().map(|key| (key.clone(), old.get(&key).copied(), new.get(&key).copied())).collect()
}
