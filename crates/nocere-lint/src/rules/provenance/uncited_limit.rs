//! A condition limits a demand and cites nobody, or claims a better grade than any of its sources has.
//!
//! ## Why it matters
//!
//! Grades decide whether a missing contraindication blocks an export or only warns. A limit without a source is
//! folklore with authority, and one with a borrowed grade is worse.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: condition
//! id: tennis-elbow
//! name: Tennis elbow
//! ask: Does the outside of your elbow hurt when you grip?
//! limits:
//!   - demand: weight-on-wrists
//!     level: caution
//!     because: Leaning on the hand loads the sore tendon.
//!     grade: C
//! ```
//!
//! ```yaml good
//! kind: condition
//! id: tennis-elbow
//! name: Tennis elbow
//! ask: Does the outside of your elbow hurt when you grip?
//! limits:
//!   - demand: weight-on-wrists
//!     level: caution
//!     because: Leaning on the hand loads the sore tendon.
//!     grade: C
//!     sources: [flex]
//! ```
//!
//! ## What to do
//!
//! Cite who says so; or lower the grade to what the sources carry; or take the limit out.

use nocere_model::{Condition, Grade};

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    rule::{Check, Definition},
    rules::cite,
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let Some(condition) = entry.reading::<Condition>(&["limits"]) else { return };
    for (index, limit) in condition.limits.iter().enumerate() {
        let pointer = format!("/limits/{index}");
        let finding = if limit.sources.is_empty() {
            entry
                .finding(
                    &format!("{pointer}/demand"),
                    format!("the limit on `{}` cites no source", limit.demand),
                )
                .help("add `sources:`, or take the limit out")
        } else {
            let grades: Vec<Option<Grade>> = limit
                .sources
                .iter()
                .filter_map(|source| catalog.get(source))
                .map(|source| source.grade)
                .collect();
            // Unknown sources are reported as such, and prove nothing here.
            let Some(best) = grades.iter().flatten().min().filter(|_| grades.len() == limit.sources.len())
            else {
                continue;
            };
            if limit.grade >= *best {
                continue;
            }
            let message = format!(
                "the limit on `{}` claims grade {:?}, and its sources carry at most {best:?}",
                limit.demand, limit.grade
            );
            let finding = entry.finding(&format!("{pointer}/grade"), message);
            cite(catalog, finding, &limit.sources)
                .help(format!("write `grade: {best:?}`, or cite the stronger source"))
        };
        found.push(
            finding
                .why("The grade decides whether a missing contraindication blocks or only warns.")
                .data("demand", limit.demand.as_str()),
        );
    }
}
