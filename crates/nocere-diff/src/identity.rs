//! What is new and what is gone. An id is stable for ever: something may point to it.

use nocere_model::{
    Kind, Level,
    bundle::{AsWritten, Exercise, Routine},
};
use serde::Serialize;

use crate::{
    Bump, Change, Section,
    side::{Both, Pair},
    words::{codes, count, people},
};

pub(crate) fn changes(pair: &Pair<'_>, complete: bool) -> Vec<Change> {
    let mut found = Vec::new();
    for (id, exercise) in pair.exercises.added() {
        found.push(document(
            Kind::Exercise,
            Bump::Minor,
            id,
            None,
            Some(exercise),
            new_exercise(pair.new, exercise),
        ));
    }
    for (id, exercise) in pair.exercises.gone() {
        found.push(document(Kind::Exercise, Bump::Major, id, Some(exercise), None, gone("exercise")));
    }
    for (id, routine) in pair.routines.added() {
        found.push(document(Kind::Routine, Bump::Minor, id, None, Some(routine), new_routine(routine)));
    }
    for (id, routine) in pair.routines.gone() {
        found.push(document(Kind::Routine, Bump::Major, id, Some(routine), None, gone("routine")));
    }
    // These come and go with what speaks of them, and what could not be read may speak of them.
    if !complete {
        return found;
    }
    let (old, new) = (pair.old, pair.new);
    kind(
        &mut found,
        Kind::Condition,
        Bump::Major,
        &Both::of(&old.conditions, &new.conditions, |one| one.id.as_str()),
    );
    kind(
        &mut found,
        Kind::Screening,
        Bump::Major,
        &Both::of(&old.screenings, &new.screenings, |one| one.id.as_str()),
    );
    kind(&mut found, Kind::Demand, Bump::Minor, &Both::of(&old.demands, &new.demands, |one| one.id.as_str()));
    kind(&mut found, Kind::Target, Bump::Minor, &Both::of(&old.targets, &new.targets, |one| one.id.as_str()));
    kind(
        &mut found,
        Kind::Equipment,
        Bump::Minor,
        &Both::of(&old.equipment, &new.equipment, |one| one.id.as_str()),
    );
    kind(&mut found, Kind::Source, Bump::Minor, &Both::of(&old.sources, &new.sources, |one| one.id.as_str()));
    found
}

fn kind<T: Serialize>(found: &mut Vec<Change>, kind: Kind, lost: Bump, both: &Both<'_, T>) {
    for (id, one) in both.added() {
        found.push(document(kind, Bump::Minor, id, None, Some(one), format!("new {kind}")));
    }
    for (id, one) in both.gone() {
        let say = if lost == Bump::Major {
            gone(kind.name())
        } else {
            format!("{kind} that nothing speaks of any more")
        };
        found.push(document(kind, lost, id, Some(one), None, say));
    }
}

fn gone(what: &str) -> String {
    format!("{what} that is gone: what points to its id finds nothing")
}

fn document<T: Serialize>(
    kind: Kind,
    bump: Bump,
    id: &str,
    old: Option<&T>,
    new: Option<&T>,
    say: String,
) -> Change {
    Change::new(Section::Documents, bump, kind, id, "", say).with(old, new)
}

fn new_exercise(side: &AsWritten, exercise: &Exercise) -> String {
    let of = |level: Level| {
        let held = exercise.contraindications.iter().filter(|held| held.level == level);
        held.map(|held| &held.condition).collect::<Vec<_>>()
    };
    let (avoid, caution) = (of(Level::Avoid), of(Level::Caution));
    let not = if avoid.is_empty() {
        "everybody".into()
    } else {
        format!("everybody but people with {}", codes(avoid))
    };
    let care = if caution.is_empty() {
        String::new()
    } else {
        format!("; with words of caution to people with {}", codes(caution))
    };
    let inside = side
        .routines
        .iter()
        .filter(|routine| routine.adaptations.steps.iter().any(|step| step.exercise == exercise.id));
    let inside: Vec<_> = inside.map(|routine| &routine.id).collect();
    let place = if inside.is_empty() { "in no routine".to_owned() } else { format!("in {}", codes(inside)) };
    format!("new exercise, {place}, shown to {not}{care}")
}

fn new_routine(routine: &Routine) -> String {
    let steps: usize = routine.blocks.iter().map(|block| block.steps.len()).sum();
    let none = routine.adaptations.conditions.keys().filter(|condition| {
        matches!(routine.adaptations.shown_to([*condition]), nocere_model::Shown::NoRoutine)
    });
    let none: Vec<_> = none.cloned().collect();
    let not = match none.len() {
        0 => String::new(),
        _ => format!(
            ", not shown to {}",
            none.iter().map(|one| people(std::slice::from_ref(one))).collect::<Vec<_>>().join(" or ")
        ),
    };
    format!("new routine with {}{not}", count(steps, "exercise"))
}
