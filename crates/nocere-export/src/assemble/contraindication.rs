//! Contraindications: what a person wrote, united with what follows.

use std::collections::BTreeMap;

use nocere_lint::{
    catalog::Catalog,
    derivation::{Derived, derive},
};
use nocere_model::{Condition, Exercise, Id, bundle};

use super::{cited, reference, sorted};

/// One contraindication for each condition, by its id.
pub(super) fn contraindications(catalog: &Catalog, exercise: &Exercise) -> Vec<bundle::Contraindication> {
    let mut all: BTreeMap<&Id<Condition>, bundle::Contraindication> = BTreeMap::new();
    let derived = derive(catalog, exercise);
    for derived in &derived {
        all.insert(&derived.condition.value().id, follows(catalog, exercise, derived));
    }
    for written in &exercise.contraindications {
        let condition = reference(catalog, &written.condition, |condition: &Condition| &condition.name);
        let known = all.entry(&written.condition).or_insert_with(|| bundle::Contraindication {
            condition: condition.id,
            name: condition.name,
            level: written.level,
            grade: None,
            say: written.say.clone(),
            declared: None,
            because: Vec::new(),
            sources: Vec::new(),
        });
        known.level = known.level.max(written.level);
        // Of two for the same condition the stronger is the one that speaks.
        if known.declared.is_none_or(|declared| declared < written.level) {
            known.declared = Some(written.level);
            known.say = written.say.clone();
        }
        known.sources = cited(known.sources.iter().chain(&written.sources));
    }
    all.into_values().collect()
}

fn follows(catalog: &Catalog, exercise: &Exercise, derived: &Derived<'_>) -> bundle::Contraindication {
    let condition = derived.condition.value();
    // Several demands of the exercise can fall under one limit: that is one reason.
    let mut because: Vec<(usize, bundle::Because)> = Vec::new();
    for row in &derived.rows {
        let asked = &exercise.demands[row.demand];
        match because.iter_mut().find(|(limit, _)| *limit == row.limit_index) {
            Some((_, reason)) => reason.asked_as.push(asked.clone()),
            None => because.push((
                row.limit_index,
                bundle::Because {
                    demand: reference(catalog, &row.limit.demand, |demand| &demand.name),
                    asked_as: vec![asked.clone()],
                    level: row.limit.level,
                    reason: row.limit.because.clone(),
                    until: row.limit.until.clone(),
                    grade: row.limit.grade,
                    sources: cited(&row.limit.sources),
                },
            )),
        }
    }
    for (_, reason) in &mut because {
        reason.asked_as = sorted(std::mem::take(&mut reason.asked_as));
    }
    bundle::Contraindication {
        condition: condition.id.clone(),
        name: condition.name.clone(),
        level: derived.level,
        grade: Some(derived.grade()),
        say: derived.lead().limit.because.clone(),
        declared: None,
        because: because.into_iter().map(|(_, reason)| reason).collect(),
        sources: Vec::new(),
    }
}
