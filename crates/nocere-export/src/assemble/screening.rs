//! Screenings and conditions, resolved.

use nocere_lint::catalog::Catalog;
use nocere_model::{Condition, Screening, bundle};

use super::cited;

pub(super) fn screening(catalog: &Catalog, value: &Screening) -> bundle::Screening {
    let red_flags = value.red_flags.iter().filter_map(|id| Some(catalog.get(id)?.value().clone()));
    let conditions = value.conditions.iter().filter_map(|id| {
        let condition = catalog.get(id)?.value();
        Some(bundle::ConditionQuestion {
            id: condition.id.clone(),
            name: condition.name.clone(),
            ask: condition.ask.clone(),
            codes: condition.codes.clone(),
        })
    });
    bundle::Screening {
        id: value.id.clone(),
        name: value.name.clone(),
        intro: value.intro.clone(),
        red_flags: red_flags.collect(),
        conditions: conditions.collect(),
        sources: cited(&value.sources),
    }
}

pub(super) fn condition(value: &Condition) -> bundle::Condition {
    bundle::Condition {
        id: value.id.clone(),
        name: value.name.clone(),
        ask: value.ask.clone(),
        codes: value.codes.clone(),
        limits: value.limits.clone(),
        no_limits_because: value.no_limits_because.clone(),
        sources: cited(&value.sources),
    }
}
