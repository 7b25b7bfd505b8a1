//! Exercises, resolved.

use nocere_lint::{
    catalog::{Catalog, Doc},
    derivation::broader,
};
use nocere_model::{Demand, Exercise, Id, bundle};

use super::{cited, contraindication::contraindications, dosage::dosage, reference, sorted};

pub(super) fn exercise(catalog: &Catalog, doc: Doc<'_, Exercise>) -> bundle::Exercise {
    let value = doc.value();
    let named = |ids: &[Id<Exercise>]| {
        ids.iter().map(|id| reference(catalog, id, |exercise| &exercise.name)).collect()
    };
    let targets = sorted(value.targets.clone());
    let equipment = sorted(value.equipment.clone());
    bundle::Exercise {
        id: value.id.clone(),
        name: value.name.clone(),
        also_known_as: value.also_known_as.clone(),
        technique: value.technique,
        difficulty: value.difficulty,
        targets: targets.iter().map(|id| reference(catalog, id, |target| &target.name)).collect(),
        demands: sorted(value.demands.clone()).iter().map(|id| demand(catalog, id)).collect(),
        no_demands_because: value.no_demands_because.clone(),
        laterality: value.laterality,
        equipment: equipment.iter().filter_map(|id| Some(catalog.get(id)?.value().clone())).collect(),
        summary: value.summary.clone(),
        description: value.description.clone(),
        steps: value.steps.clone(),
        feel: value.feel.clone(),
        dosage: value.dosage.as_ref().map(|dose| dosage(dose, &[(doc.entry, "/dosage".into())])),
        seconds: value.dosage.as_ref().and_then(|dose| dose.seconds()).map(Into::into),
        contraindications: contraindications(catalog, value),
        alternatives: named(&value.alternatives),
        progressions: named(&value.progressions),
        regressions: named(&value.regressions),
        outcomes: value.outcomes.clone(),
        claims: value.claims.clone(),
        stances: value.stances.clone(),
        position: value.position.clone(),
        sources: cited(&value.sources),
        review: value.review.clone(),
    }
}

fn demand(catalog: &Catalog, id: &Id<Demand>) -> bundle::DemandAsked {
    let mut chain = broader(catalog, id).into_iter().map(|id| reference(catalog, id, |demand| &demand.name));
    let own = chain.next().unwrap_or_else(|| reference(catalog, id, |demand| &demand.name));
    bundle::DemandAsked { id: own.id, name: own.name, implies: chain.collect() }
}
