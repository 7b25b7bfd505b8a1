//! Routines, resolved.

use nocere_lint::{
    adaptation::adaptations,
    catalog::{Catalog, Doc, Entry},
    order::{self, Place},
};
use nocere_model::{OrderingRule, Routine, bundle};

use super::{
    cited,
    dosage::{dosage, duration, frequency},
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
        adaptations: adaptations(catalog, value),
        claims: value.claims.clone(),
        stop: value.stop.clone(),
        sources: cited(&value.sources),
        review: value.review.clone(),
    }
}

fn step(catalog: &Catalog, routine: &Entry, place: &Place<'_>) -> bundle::Step {
    let mut origins = vec![(routine, format!("{}/dosage", place.pointer()))];
    origins.extend(place.exercise.map(|exercise| (exercise.entry, "/dosage".into())));
    let dose = place.dose();
    bundle::Step {
        exercise: reference(catalog, &place.step.exercise, |exercise| &exercise.name),
        dosage: dose.as_ref().map(|dose| dosage(dose, &origins)),
        seconds: dose.and_then(|dose| dose.seconds()).map(Into::into),
        note: place.step.note.clone(),
        optional: place.step.optional,
    }
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
