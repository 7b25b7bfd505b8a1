//! Routines, resolved.

use nocere_lint::{
    adaptation::adaptations,
    catalog::{Catalog, Doc, Entry},
    order::{self, Place},
};
use nocere_model::{AdaptedStep, Dosage, Exercise, Id, OrderingRule, Routine, bundle};

use super::{
    cited,
    dosage::{Origin, dosage, duration, frequency},
    reference,
};

pub(super) fn routine(catalog: &Catalog, doc: Doc<'_, Routine>) -> bundle::Routine {
    let value = doc.value();
    let places = order::places(catalog, value);
    let here = [(doc.entry, String::new())];
    let blocks = value.blocks.iter().enumerate().map(|(at, block)| bundle::Block {
        title: block.title.clone(),
        note: block.note.clone(),
        steps: places
            .iter()
            .filter(|place| place.block == at)
            .map(|place| step(catalog, doc.entry, place))
            .collect(),
    });
    bundle::Routine {
        id: value.id.clone(),
        name: value.name.clone(),
        summary: value.summary.clone(),
        description: value.description.clone(),
        screening: value.screening.as_ref().map(|id| reference(catalog, id, |screening| &screening.name)),
        rules: order::rules(catalog, value).into_iter().map(|(rule, _)| kept(&rule)).collect(),
        seconds: order::duration(&places).map(Into::into),
        stated_duration: value.duration.map(|stated| duration(stated, "duration", &here)),
        sessions: value.sessions.map(|sessions| frequency(sessions, "sessions", &here)),
        blocks: blocks.collect(),
        adaptations: adaptations(catalog, value).map_steps(|step| adapted(catalog, doc.entry, &places, step)),
        claims: value.claims.clone(),
        stop: value.stop.clone(),
        sources: cited(&value.sources),
        review: value.review.clone(),
    }
}

fn step(catalog: &Catalog, routine: &Entry, place: &Place<'_>) -> bundle::Step {
    let dose = place.dose();
    bundle::Step {
        exercise: named(catalog, &place.step.exercise),
        dosage: dose
            .as_ref()
            .map(|dose| dosage(dose, &origins(catalog, routine, Some(place), &place.step.exercise))),
        seconds: dose.and_then(|dose| dose.seconds()).map(Into::into),
        note: place.step.note.clone(),
        optional: place.step.optional,
    }
}

fn adapted(
    catalog: &Catalog,
    routine: &Entry,
    places: &[Place<'_>],
    step: AdaptedStep,
) -> bundle::AdaptedStep {
    let place = places.iter().find(|place| (place.block, place.index) == (step.block, step.index));
    // What the routine says of the place holds for the exercise that it names, and not for one that steps in.
    let place = place.filter(|_| step.replaces.is_none());
    let dose = |dose: &Dosage| dosage(dose, &origins(catalog, routine, place, &step.exercise));
    bundle::AdaptedStep {
        block: step.block,
        index: step.index,
        exercise: named(catalog, &step.exercise),
        replaces: step.replaces.as_ref().map(|id| named(catalog, id)),
        dosage: step.dosage.as_ref().map(dose),
        seconds: step.dosage.as_ref().and_then(Dosage::seconds).map(Into::into),
        note: place.and_then(|place| place.step.note.clone()),
        optional: step.optional,
    }
}

/// Where a dose may have been written: in its place in the routine, or with the exercise.
fn origins<'c>(
    catalog: &'c Catalog,
    routine: &'c Entry,
    place: Option<&Place<'_>>,
    exercise: &Id<Exercise>,
) -> Vec<Origin<'c>> {
    let here = place.map(|place| (routine, format!("{}/dosage", place.pointer())));
    let own = catalog.get(exercise).map(|exercise| (exercise.entry, "/dosage".to_owned()));
    here.into_iter().chain(own).collect()
}

fn named(catalog: &Catalog, id: &Id<Exercise>) -> bundle::Reference<Exercise> {
    reference(catalog, id, |exercise| &exercise.name)
}

fn kept(rule: &OrderingRule) -> bundle::KeptRule {
    bundle::KeptRule {
        id: rule.id.clone(),
        say: rule.say.clone(),
        because: rule.because.clone(),
        applies: rule.applies,
        grade: rule.grade,
        sources: cited(&rule.sources),
    }
}
