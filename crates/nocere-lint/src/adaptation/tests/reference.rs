//! What adaptation means, written down as plainly as possible: no masks, no classes, nothing gathered in advance.

use nocere_model::{Condition, Exercise, Id, Laterality, Level, Routine, Sides};

use crate::{
    catalog::{Catalog, Doc},
    derivation::broader,
    order::{Place, places, rules, violations},
};

/// Whether somebody with these conditions must not do an exercise.
pub(super) fn forbidden(catalog: &Catalog, exercise: &Exercise, set: &[Id<Condition>]) -> bool {
    let written = exercise
        .contraindications
        .iter()
        .any(|written| written.level == Level::Avoid && set.contains(&written.condition));
    let derived = set.iter().filter_map(|id| catalog.get(id)).any(|condition| {
        condition.limits.iter().filter(|limit| limit.level == Level::Avoid).any(|limit| {
            exercise.demands.iter().any(|demand| broader(catalog, demand).contains(&&limit.demand))
        })
    });
    written || derived
}

/// What stands where: the number of the place in the routine, and the exercise.
pub(super) type Shown<'c> = Vec<(usize, Doc<'c, Exercise>)>;

/// The rules that are broken, each with the place that breaks it.
pub(super) fn breaches(
    catalog: &Catalog,
    routine: &Routine,
    shown: &[(usize, Doc<'_, Exercise>)],
) -> Vec<(String, usize)> {
    let written = places(catalog, routine);
    let present: Vec<Place<'_>> =
        shown.iter().map(|(at, exercise)| Place { exercise: Some(*exercise), ..written[*at] }).collect();
    let broken = |(rule, _): &(Doc<'_, nocere_model::OrderingRule>, _)| -> Vec<(String, usize)> {
        let found = violations(catalog, rule.value(), &present).into_iter();
        found.map(|violation| (rule.id.to_string(), shown[violation.at].0)).collect()
    };
    rules(catalog, routine).iter().flat_map(broken).collect()
}

/// The adapted routine, or `None` for no routine.
pub(super) fn adapt<'c>(
    catalog: &'c Catalog,
    routine: &'c Routine,
    set: &[Id<Condition>],
) -> Option<Shown<'c>> {
    let asked = routine.screening.as_ref().and_then(|id| catalog.get(id)).map(|screening| screening.value());
    let all: Vec<Id<Condition>> = catalog.all::<Condition>().iter().map(|found| found.id.clone()).collect();
    let unasked: Vec<Id<Condition>> = all
        .into_iter()
        .filter(|id| asked.is_none_or(|screening| !screening.conditions.contains(id)))
        .collect();
    let full: Shown<'c> = places(catalog, routine)
        .into_iter()
        .enumerate()
        .filter_map(|(at, place)| Some((at, place.exercise?)))
        .collect();
    let known = breaches(catalog, routine, &full);
    let news = |shown: &Shown<'c>| -> Vec<(String, usize)> {
        breaches(catalog, routine, shown).into_iter().filter(|breach| !known.contains(breach)).collect()
    };
    let with = |shown: &Shown<'c>, at: usize, exercise: Option<Doc<'c, Exercise>>| -> Shown<'c> {
        let before = shown.iter().filter(|(place, _)| *place < at).copied();
        let after = shown.iter().filter(|(place, _)| *place > at).copied();
        before.chain(exercise.map(|exercise| (at, exercise))).chain(after).collect()
    };
    let mut shown = full.clone();
    for (at, own) in &full {
        if !forbidden(catalog, own.value(), set) {
            continue;
        }
        let before = news(&shown);
        let adds_nothing = |next: &Shown<'c>| news(next).iter().all(|breach| before.contains(breach));
        let mut candidates: Vec<Doc<'c, Exercise>> = Vec::new();
        for id in own.value().alternatives.iter().chain(&own.value().regressions) {
            let Some(candidate) = catalog.get(id) else { continue };
            let one_sided = candidate.laterality == Laterality::Unilateral
                && candidate.dosage.as_ref().and_then(|dose| dose.sides) == Some(Sides::One);
            let safe = !forbidden(catalog, candidate.value(), set)
                && !forbidden(catalog, candidate.value(), &unasked);
            if !one_sided && safe && candidate.id != own.id {
                candidates.push(candidate);
            }
        }
        let elsewhere = |candidate: &Doc<'c, Exercise>| {
            shown.iter().any(|(place, other)| place != at && other.id == candidate.id)
        };
        let fresh = candidates.iter().filter(|candidate| !elsewhere(candidate));
        let repeated = candidates.iter().filter(|candidate| elsewhere(candidate));
        let gone = with(&shown, *at, None);
        let fresh = fresh.map(|candidate| with(&shown, *at, Some(*candidate))).find(&adds_nothing);
        let next = fresh.unwrap_or_else(|| {
            let repeated = repeated.map(|candidate| with(&shown, *at, Some(*candidate)));
            if adds_nothing(&gone) {
                gone.clone()
            } else {
                repeated.into_iter().find(&adds_nothing).unwrap_or(gone.clone())
            }
        });
        shown = next;
    }
    loop {
        let broken = news(&shown);
        let written = |place: usize| full.iter().find(|(at, _)| *at == place).map(|(_, own)| own.id.clone());
        let substitute = broken
            .iter()
            .map(|(_, place)| *place)
            .find(|place| shown.iter().any(|(at, now)| at == place && written(*at) != Some(now.id.clone())));
        match substitute {
            Some(place) => shown = with(&shown, place, None),
            None => return (broken.is_empty() && !shown.is_empty()).then_some(shown),
        }
    }
}
