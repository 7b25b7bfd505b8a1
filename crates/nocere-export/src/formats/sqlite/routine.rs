//! Routines and their tables of adaptations.

use std::collections::HashMap;

use nocere_model::{
    AdaptedStep, Bundle, Prose, Shown,
    bundle::{Exercise, Routine, Step},
};
use rusqlite::{Result, types::Value};

use super::{Rows, code, json, maybe, number, seconds, text};

pub(super) fn fill(rows: &mut Rows<'_>, bundle: &Bundle) -> Result<()> {
    let exercises = bundle.exercises.iter().map(|exercise| (exercise.id.as_str(), exercise)).collect();
    bundle.routines.iter().try_for_each(|routine| self::routine(rows, &exercises, routine))
}

fn routine(rows: &mut Rows<'_>, exercises: &HashMap<&str, &Exercise>, routine: &Routine) -> Result<()> {
    let id = routine.id.as_str();
    let [shortest, longest] = seconds(routine.seconds);
    let summary = routine.summary.as_ref().map(Prose::as_str);
    rows.add(
        "routine",
        &[
            text(id),
            text(routine.name.as_str()),
            maybe(summary),
            maybe(routine.description.as_ref().map(Prose::as_str)),
            maybe(routine.screening.as_ref().map(|screening| screening.id.as_str())),
            shortest,
            longest,
            text(routine.adaptations.no_routine.as_str()),
            code(&routine.review.status),
            json(routine),
        ],
    )?;
    for (at, sign) in routine.stop.iter().enumerate() {
        rows.add("routine_stop", &[text(id), number(at), text(sign.as_str())])?;
    }
    for (at, block) in routine.blocks.iter().enumerate() {
        let note = maybe(block.note.as_ref().map(Prose::as_str));
        rows.add("block", &[text(id), number(at), text(block.title.as_str()), note])?;
    }
    for (at, step) in routine.adaptations.steps.iter().enumerate() {
        self::step(rows, exercises, routine, at, step)?;
    }
    adaptations(rows, routine)?;
    rows.index("routine", id, routine.name.as_str(), summary.unwrap_or_default())
}

/// A step with what holds in its place: a substitute brings its own dose, and the note of the place is not for it.
fn step(
    rows: &mut Rows<'_>,
    exercises: &HashMap<&str, &Exercise>,
    routine: &Routine,
    at: usize,
    step: &AdaptedStep,
) -> Result<()> {
    let place: Option<&Step> = routine.blocks.get(step.block).and_then(|block| block.steps.get(step.index));
    let own = exercises.get(step.exercise.as_str());
    let (dose, time, note) = match (&step.replaces, place) {
        (None, Some(place)) => (place.dosage.as_ref(), place.seconds, place.note.as_ref()),
        _ => (own.and_then(|own| own.dosage.as_ref()), own.and_then(|own| own.seconds), None),
    };
    let dose = rows.dose(dose)?;
    let [shortest, longest] = seconds(time);
    rows.add(
        "step",
        &[
            text(routine.id.as_str()),
            number(at),
            number(step.block),
            number(step.index),
            text(step.exercise.as_str()),
            maybe(step.replaces.as_ref().map(|id| id.as_str())),
            dose,
            maybe(note.map(Prose::as_str)),
            place.is_some_and(|place| place.optional).into(),
            shortest,
            longest,
        ],
    )
}

fn adaptations(rows: &Rows<'_>, routine: &Routine) -> Result<()> {
    let (id, table) = (routine.id.as_str(), &routine.adaptations);
    for (at, audience) in table.audiences.iter().enumerate() {
        let (steps, time, differs) = match &audience.shown {
            Shown::Routine { steps, seconds, duration_differs } => {
                (steps.as_slice(), *seconds, *duration_differs)
            }
            Shown::NoRoutine => (&[][..], None, false),
        };
        let [shortest, longest] = seconds(time);
        rows.add("audience", &[text(id), number(at), shortest, longest, differs.into()])?;
        for (position, step) in steps.iter().enumerate() {
            rows.add("audience_step", &[text(id), number(at), number(position), number(*step)])?;
        }
        for (condition, next) in audience.next.iter().enumerate() {
            rows.add("audience_next", &[text(id), number(at), number(condition), number(*next)])?;
        }
    }
    for (condition, place) in &table.conditions {
        let place = place.map_or(Value::Null, number);
        rows.add("routine_condition", &[text(id), text(condition.as_str()), place])?;
    }
    for (exercise, cautions) in &table.cautions {
        for (condition, say) in cautions {
            let row = [text(id), text(exercise.as_str()), text(condition.as_str()), text(say.as_str())];
            rows.add("caution", &row)?;
        }
    }
    Ok(())
}
