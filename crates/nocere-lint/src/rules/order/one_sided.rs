//! An exercise works one side at a time, and its dose or its words leave the other side out.
//!
//! ## Why it matters
//!
//! A person who follows the text to the letter trains one side only. And where the data says `bilateral` while the
//! steps say "switch sides", a front end shows half of the time that the exercise takes. In one public data set of
//! exercises more than a hundred entries have that fault.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: exercise
//! id: calf-stretch
//! name: Calf stretch
//! technique: stretch
//! laterality: unilateral
//! demands: [standing]
//! steps: [Stand with one foot back and press its heel down.]
//! dosage: { hold: 30 s, reps: 3 }
//! ```
//!
//! ```yaml good
//! kind: exercise
//! id: calf-stretch
//! name: Calf stretch
//! technique: stretch
//! laterality: unilateral
//! demands: [standing]
//! steps: [Stand with one foot back and press its heel down., Change sides.]
//! dosage: { hold: 30 s, reps: 3, sides: each }
//! ```
//!
//! ## What to do
//!
//! Write `sides: each` (the whole dose on both sides, one after the other) or `sides: alternating` in the dosage, and a
//! step that changes sides; where the steps say which of the two it is, `nocere lint --fix` writes it. If both sides really work at once, write `laterality: bilateral`.

use nocere_model::{Dosage, Exercise, Laterality, Routine, Sides, Technique};

use crate::{
    catalog::{Catalog, Doc, Entry},
    finding::{Confidence, Finding, Safety, Severity},
    order::places,
    rule::{Check, Definition},
    sides::changes_sides,
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    if let Some(exercise) = entry.reading::<Exercise>(&["laterality", "dosage", "steps"]) {
        check_exercise(exercise, found);
    }
    let Some(routine) = entry.reading::<Routine>(&["blocks"]) else { return };
    for place in places(catalog, routine.value()) {
        let (Some(exercise), Some(own)) = (place.exercise, &place.step.dosage) else { continue };
        let base = exercise.dosage.clone().unwrap_or_default();
        let dose = base.overlaid_with(own);
        if exercise.laterality == Laterality::Unilateral
            && base.sides != Some(Sides::One)
            && one_side(&dose)
            && own.sides.is_some()
        {
            let message = format!("`{}` is dosed for one side only in this routine", place.step.exercise);
            found.push(sided(entry.finding(&format!("{}/dosage/sides", place.pointer()), message)));
        }
    }
}

fn check_exercise(exercise: Doc<'_, Exercise>, found: &mut Vec<Finding>) {
    let entry = exercise.entry;
    let id = &exercise.id;
    match (exercise.laterality, &exercise.dosage) {
        (Laterality::Unilateral, Some(dose)) if dose.sides.is_none() => {
            let message = format!(
                "`{id}` works one side at a time, and its dosage does not say how the sides share it"
            );
            found.push(shared(exercise, sided(entry.finding_at_key("/dosage", message))));
        }
        (Laterality::Unilateral, Some(dose)) if one_side(dose) => {
            let message = format!("`{id}` is dosed for one side only");
            found.push(shared(exercise, sided(entry.finding("/dosage/sides", message))));
        }
        (Laterality::Bilateral, Some(dose)) if dose.sides.is_some() => {
            let message =
                format!("`{id}` is said to work both sides at once, and its dosage shares the sides out");
            found.push(
                sided(entry.finding("/dosage/sides", message))
                    .help("write `laterality: unilateral`, or take `sides` out of the dosage"),
            );
        }
        // A self-check looks at both sides, and trains neither.
        (Laterality::Bilateral, _) if exercise.technique != Technique::Assessment => {
            let hit = exercise
                .steps
                .iter()
                .enumerate()
                .find_map(|(index, step)| Some((index, changes_sides(step.as_str())?)));
            if let Some((index, range)) = hit {
                let site = entry.at_text(&format!("/steps/{index}"), range);
                let finding = entry.subject(Finding::new(
                    site,
                    format!("the steps of `{id}` change sides, and its data says both sides work at once"),
                ));
                found.push(sided(finding).severity(Severity::Warning).confidence(Confidence::Medium).help(
                    "write `laterality: unilateral` and `sides: each` (or `alternating`) in the dosage",
                ));
            }
        }
        _ => {}
    }
}

/// Adds the way in which the sides share the dose. Only words that say which of the two it is leave no doubt: "change
/// sides" can mean after each repetition or after all of them, and that makes the dose twice as long or not.
fn shared(exercise: Doc<'_, Exercise>, finding: Finding) -> Finding {
    let entry = exercise.entry;
    let say = |words: &[&str]| {
        exercise.value().steps.iter().any(|step| {
            let step = step.as_str().to_ascii_lowercase();
            words.iter().any(|word| step.contains(word))
        })
    };
    let alternating = say(&["alternat", "side to side", "in turn"]);
    let each = say(&["on each side", "for each side", "with each leg", "on each leg"]);
    let (word, safety) = match (each, alternating) {
        (true, false) => ("each", Safety::Safe),
        (false, true) => ("alternating", Safety::Safe),
        _ => ("each", Safety::Unsafe),
    };
    let edits = match entry.document.find("/dosage/sides") {
        Some(_) => Some(entry.rewrite(entry.document.value_span("/dosage/sides"), word)),
        None => entry.append_field("/dosage", "sides", word).map(|edit| vec![edit]),
    };
    match edits {
        Some(edits) => finding.fix(format!("write `sides: {word}`"), safety, edits),
        None => finding,
    }
}

fn one_side(dose: &Dosage) -> bool {
    dose.sides == Some(Sides::One)
}

fn sided(finding: Finding) -> Finding {
    finding
        .why("A person who follows the data trains one side and not the other, or for half of the time.")
        .help("write `sides: each` or `sides: alternating` in the dosage")
}
