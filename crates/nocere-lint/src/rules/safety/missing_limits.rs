//! A condition limits nothing, and does not say why.
//!
//! ## Why it matters
//!
//! A condition without limits looks like one that is covered, and changes nothing for the people who have it. For some
//! conditions that is the honest answer, because no rule has any evidence; then the reason belongs on record.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: condition
//! id: tennis-elbow
//! name: Tennis elbow
//! ask: Does the outside of your elbow hurt when you grip?
//! ```
//!
//! ```yaml good
//! kind: condition
//! id: tennis-elbow
//! name: Tennis elbow
//! ask: Does the outside of your elbow hurt when you grip?
//! no-limits-because: Nothing in this catalog loads the grip.
//! ```
//!
//! ## What to do
//!
//! Add `limits`, each with a demand, a level, a reason, a grade and a source; or say in `no-limits-because` why there
//! are none. Do not invent one.

use nocere_model::Condition;

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    rule::{Check, Definition},
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Warning, check: Check::Each(check) };

fn check(_: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(condition) = entry.reading::<Condition>(&["limits", "no-limits-because"]) else { return };
    if condition.limits.is_empty() && condition.no_limits_because.is_none() {
        found.push(
            entry
                .finding_at_key("/limits", format!("`{}` limits nothing, and does not say why", condition.id))
                .why("People who answer yes to its question are shown everything, as if nobody had asked.")
                .help("add `limits` with sources, or say in `no-limits-because` why there are none"),
        );
    }
}
