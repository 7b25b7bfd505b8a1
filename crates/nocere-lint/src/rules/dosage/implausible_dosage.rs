//! A dose lies outside the usual range for its technique.
//!
//! ## Why it matters
//!
//! A misplaced digit or unit turns thirty seconds into thirty minutes. And some sources ask for doses that nobody has
//! studied: twenty sets a day, no upper limit. The ranges are documents of kind `dosage-guide`, each with its source
//! and grade.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: exercise
//! id: calf-stretch
//! name: Calf stretch
//! technique: stretch
//! demands: [standing]
//! steps: [Lean against a wall and press both heels down.]
//! dosage: { hold: 30 min, reps: 3 }
//! ```
//!
//! ```yaml good
//! kind: exercise
//! id: calf-stretch
//! name: Calf stretch
//! technique: stretch
//! demands: [standing]
//! steps: [Lean against a wall and press both heels down.]
//! dosage: { hold: 30 s, reps: 3 }
//! ```
//!
//! ## What to do
//!
//! Check the number and its unit. If the dose is meant, cite the source that supports it and allow this rule on that
//! line with the reason.

use nocere_model::{Count, Dosage, DosageGuide, Duration, Exercise, Period, Routine, Technique};

use crate::{
    catalog::{Catalog, Doc, Entry},
    finding::{Finding, Severity},
    order::places,
    rule::{Check, Definition},
    rules::cite,
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Warning, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    if let Some(exercise) = entry.reading::<Exercise>(&["dosage", "technique"])
        && let Some(dosage) = &exercise.dosage
    {
        check_dose(catalog, entry, "/dosage", exercise.technique, dosage, found);
    }
    let Some(routine) = entry.reading::<Routine>(&["blocks"]) else { return };
    for place in places(catalog, routine.value()) {
        if let (Some(exercise), Some(dosage)) = (place.exercise, &place.step.dosage) {
            check_dose(
                catalog,
                entry,
                &format!("{}/dosage", place.pointer()),
                exercise.technique,
                dosage,
                found,
            );
        }
    }
}

/// A range of whole numbers, and how it is written.
type Range = (u32, u32, String);

/// A field of a dose: its name, what is written, and what a guide says of it.
type Field = (&'static str, Option<Range>, fn(&DosageGuide) -> Option<Range>);

fn seconds(duration: Option<Duration>) -> Option<Range> {
    duration.map(|d| (d.min, d.max, d.to_string()))
}

fn counted(count: Option<Count>) -> Option<Range> {
    count.map(|c| (c.min, c.max, c.to_string()))
}

fn check_dose(
    catalog: &Catalog,
    entry: &Entry,
    pointer: &str,
    technique: Technique,
    dose: &Dosage,
    found: &mut Vec<Finding>,
) {
    let guides: Vec<Doc<'_, DosageGuide>> = catalog
        .all::<DosageGuide>()
        .into_iter()
        .filter(|guide| guide.techniques.contains(&technique))
        .collect();
    let per_day = dose.sessions.filter(|sessions| sessions.per == Period::Day).map(|sessions| sessions.times);
    let fields: [Field; 5] = [
        ("hold", seconds(dose.hold), |guide| seconds(guide.hold)),
        ("time", seconds(dose.time), |guide| seconds(guide.time)),
        ("reps", counted(dose.reps), |guide| counted(guide.reps)),
        ("sets", counted(dose.sets), |guide| counted(guide.sets)),
        ("sessions", counted(per_day), |guide| counted(guide.sessions_per_day)),
    ];
    for (field, written, usual) in fields {
        let Some((min, max, text)) = written else { continue };
        let known: Vec<(Doc<'_, DosageGuide>, Range)> =
            guides.iter().filter_map(|guide| Some((*guide, usual(guide)?))).collect();
        let fits = |(_, (low, high, _)): &(Doc<'_, DosageGuide>, Range)| min >= *low && max <= *high;
        let Some((guide, (_, _, range))) = known.first().filter(|_| !known.iter().any(fits)) else {
            continue;
        };
        let unit = if field == "sessions" { " a day" } else { "" };
        let finding = entry
            .finding(
                &format!("{pointer}/{field}"),
                format!("`{field}: {text}{unit}` lies outside the usual {range}{unit}"),
            )
            .why(guide.because.as_str())
            .help("check the number and its unit; if it is meant, cite the source that supports it")
            .related(
                guide.entry.at(&format!("/{}", if field == "sessions" { "sessions-per-day" } else { field })),
                "the usual range",
            )
            .data("field", field);
        found.push(cite(catalog, finding, &guide.value().sources));
    }
}
