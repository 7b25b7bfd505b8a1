//! `nocere adapt`: a routine as people with certain conditions are shown it.

use std::fmt::Write;

use nocere_lint::{
    adaptation::{Adapted, adapt},
    catalog::Catalog,
};
use nocere_model::{Condition, Exercise, Id, Kind, NO_ROUTINE, Routine, bundle::Seconds};

use super::{catalog, output, unknown};
use crate::{
    Exit,
    arguments::{Adapt, Listing},
    project::Problem,
    terminal,
};

pub(crate) fn run(arguments: &Adapt) -> Result<Exit, Problem> {
    let (_, outcome) = catalog(&arguments.catalog)?;
    let catalog = &outcome.catalog;
    let routine = catalog.entry(Kind::Routine, &arguments.routine).and_then(|entry| entry.doc::<Routine>());
    let Some(routine) = routine else {
        return Err(unknown("routine", &arguments.routine, &catalog.ids(Kind::Routine)));
    };
    let known = |id: &String| {
        let found = catalog.entry(Kind::Condition, id).and_then(|entry| entry.doc::<Condition>());
        found
            .map(|condition| condition.id.clone())
            .ok_or_else(|| unknown("condition", id, &catalog.ids(Kind::Condition)))
    };
    let conditions: Vec<Id<Condition>> = arguments.conditions.iter().map(known).collect::<Result<_, _>>()?;
    let adapted = adapt(catalog, routine.value(), &conditions);
    let text = match arguments.format {
        Listing::Text => text(catalog, routine.value(), &adapted),
        Listing::Json => {
            let json = serde_json::to_string_pretty(&adapted);
            json.map_err(|error| Problem::Other(error.to_string(), String::new()))? + "\n"
        }
    };
    terminal::print(&terminal::safe(&text)).map_err(output)?;
    Ok(Exit::Clean)
}

fn text(catalog: &Catalog, routine: &Routine, adapted: &Adapted) -> String {
    let mut text = format!("{} ({})", routine.name, routine.id);
    match adapted.conditions.as_slice() {
        [] => text += ", for people without any of the conditions",
        some => text += &format!(", for people with {}", list(some)),
    }
    if let Some(Seconds { min, max }) = &adapted.seconds {
        let _ = write!(text, ": {} to {} minutes", min.div_ceil(60), max.div_ceil(60));
    }
    text.push('\n');
    if adapted.steps().is_none() {
        let _ = writeln!(text, "\nNo routine. {NO_ROUTINE}");
        return text;
    }
    let mut block = None;
    for place in &adapted.places {
        if block != Some(place.block) {
            block = Some(place.block);
            let _ = writeln!(text, "\n{}", routine.blocks[place.block].title);
        }
        let forbidden = || list(&place.forbidden_by);
        match &place.shown {
            Some(step) if step.replaces.is_some() => {
                let _ = writeln!(
                    text,
                    "  + {} instead of {}, because of {}",
                    name(catalog, &step.exercise),
                    name(catalog, &place.exercise),
                    forbidden()
                );
            }
            Some(step) => {
                let _ = writeln!(text, "    {}", name(catalog, &step.exercise));
            }
            None => {
                let _ = writeln!(
                    text,
                    "  - {} is left out, because of {}",
                    name(catalog, &place.exercise),
                    forbidden()
                );
            }
        }
        for caution in &place.cautions {
            let _ = writeln!(text, "      mind ({}): {}", caution.condition, caution.say.as_str().trim());
        }
    }
    text
}

fn name(catalog: &Catalog, id: &Id<Exercise>) -> String {
    catalog.get(id).map_or_else(|| format!("`{id}`"), |exercise| exercise.name.to_string())
}

fn list(conditions: &[Id<Condition>]) -> String {
    conditions.iter().map(|condition| condition.as_str()).collect::<Vec<_>>().join(", ")
}
