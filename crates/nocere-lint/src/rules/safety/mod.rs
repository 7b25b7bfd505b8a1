//! Who is shown what.

pub(crate) mod missing_contraindication;
pub(crate) mod missing_demands;
pub(crate) mod missing_limits;
pub(crate) mod missing_screening;
pub(crate) mod missing_stop_rule;
pub(crate) mod undeclared_demand;
pub(crate) mod unjustified_contraindication;
pub(crate) mod unresolved_contradiction;
pub(crate) mod unsafe_adaptation;
pub(crate) mod unsupported_demand;
pub(crate) mod weak_contraindication;

use nocere_model::{Exercise, Grade};

use crate::{
    catalog::{Catalog, Doc},
    derivation::Derived,
    finding::{Finding, Severity},
    rules::cite,
};

/// Grades A and B block; C only warns, as it rests on convention.
fn severity_of(grade: Grade) -> Severity {
    match grade {
        Grade::A | Grade::B => Severity::Error,
        Grade::C => Severity::Warning,
    }
}

/// Adds the chain of a derivation to a finding: the exercise's demand, the condition's row, its sources.
fn chain(catalog: &Catalog, finding: Finding, exercise: Doc<'_, Exercise>, derived: &Derived<'_>) -> Finding {
    let lead = derived.lead();
    let demand = &exercise.demands[lead.demand];
    let condition = derived.condition;
    let level = level_word(derived.level);
    let row =
        format!("`{}` says {level} for `{}` (grade {:?})", condition.id, lead.limit.demand, lead.limit.grade);
    let demanded = exercise.entry.at(&format!("/demands/{}", lead.demand));
    // Where the finding itself stands at the demand, it is not shown twice.
    let finding = match finding.site.spans == demanded.spans {
        true => finding,
        false => finding.related(demanded, format!("the exercise demands `{demand}`")),
    };
    let finding = finding
        .why(lead.limit.because.as_str())
        .related(condition.entry.at(&format!("/limits/{}/demand", lead.limit_index)), row)
        .data("condition", condition.id.as_str())
        .data("demand", demand.as_str())
        .data("level", level)
        .data("grade", format!("{:?}", derived.grade()))
        .severity(severity_of(derived.grade()));
    cite(catalog, finding, &lead.limit.sources)
}

fn level_word(level: nocere_model::Level) -> &'static str {
    match level {
        nocere_model::Level::Avoid => "avoid",
        nocere_model::Level::Caution => "caution",
    }
}
