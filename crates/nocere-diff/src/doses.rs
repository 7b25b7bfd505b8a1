//! Amounts: how much, how long, how often, in numbers.

use std::collections::BTreeMap;

use nocere_model::{
    Kind,
    bundle::{Amount, Dosage, Frequency, Seconds},
};

use crate::{
    Bump, Change, Section,
    side::{Pair, keyed, steps, zip},
    words::{code, codes},
};

pub(crate) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    // Where a routine has the exercise's own dose, both change together.
    let mut own: BTreeMap<(&str, String), (Change, Vec<&str>)> = BTreeMap::new();
    for (old, new) in pair.exercises.common() {
        if let Some(say) = dose((&old.dosage, old.seconds), (&new.dosage, new.seconds)) {
            let change = Change::new(Section::Doses, Bump::Minor, Kind::Exercise, &old.id, "dosage", &say);
            own.insert(
                (old.id.as_str(), say),
                (change.with(old.dosage.as_ref(), new.dosage.as_ref()), Vec::new()),
            );
        }
    }
    for (old, new) in pair.routines.common() {
        let [before, after] = [old, new].map(|routine| steps(routine).cloned().collect::<Vec<_>>());
        let pairs = zip(
            &keyed(&before, |step| step.exercise.id.as_str()),
            &keyed(&after, |step| step.exercise.id.as_str()),
        );
        for ((exercise, turn), before, after) in pairs {
            let (Some(before), Some(after)) = (before, after) else { continue };
            let Some(say) = dose((&before.dosage, before.seconds), (&after.dosage, after.seconds)) else {
                continue;
            };
            match own.iter_mut().find(|((id, words), _)| *id == exercise && *words == say) {
                Some((_, (_, routines))) => routines.push(old.id.as_str()),
                None => {
                    let turn = if turn > 1 { format!("/{turn}") } else { String::new() };
                    let (field, say) =
                        (format!("steps/{exercise}{turn}/dosage"), format!("{}: {say}", code(exercise)));
                    let change = Change::new(Section::Doses, Bump::Minor, Kind::Routine, &old.id, field, say);
                    found.push(change.with(before.dosage.as_ref(), after.dosage.as_ref()));
                }
            }
        }
        found.extend(whole(old, new));
    }
    let own = own.into_values().map(|(mut change, mut routines)| {
        routines.dedup();
        if !routines.is_empty() {
            change.say += &format!("; so in {}", codes(routines));
        }
        change
    });
    own.chain(found).collect()
}

fn whole(old: &nocere_model::bundle::Routine, new: &nocere_model::bundle::Routine) -> Vec<Change> {
    let mut found = Vec::new();
    let mut add = |field: &str, say: String| {
        found.push(Change::new(Section::Doses, Bump::Minor, Kind::Routine, &old.id, field, say));
    };
    if numbers(&old.stated_duration) != numbers(&new.stated_duration) {
        let [old, new] = [&old.stated_duration, &new.stated_duration]
            .map(|amount| amount.as_ref().map(|one| time(one.min.into(), one.max.into())));
        add("stated-duration", changed("is said to take", new, old));
    }
    if often(&old.sessions) != often(&new.sessions) {
        add("sessions", changed("is done", often(&new.sessions), often(&old.sessions)));
    }
    if old.seconds != new.seconds {
        let [old, new] = [old.seconds, new.seconds].map(|sum| sum.map(|sum| time(sum.min, sum.max)));
        add("seconds", changed("takes", new, old));
    }
    found
}

fn changed(what: &str, new: Option<String>, old: Option<String>) -> String {
    let or_nothing = |text: Option<String>| text.unwrap_or_else(|| "not stated".into());
    format!("{what} {} (was: {})", or_nothing(new), or_nothing(old))
}

/// What differs between two doses, in numbers.
fn dose(
    (old, before): (&Option<Dosage>, Option<Seconds>),
    (new, after): (&Option<Dosage>, Option<Seconds>),
) -> Option<String> {
    let get = |dose: &Option<Dosage>, field: fn(&Dosage) -> &Option<Amount>| {
        dose.as_ref().and_then(|dose| numbers(field(dose)))
    };
    let mut parts = Vec::new();
    type Field = fn(&Dosage) -> &Option<Amount>;
    let fields: [(&str, bool, Field); 5] = [
        ("hold", true, |dose| &dose.hold),
        ("time", true, |dose| &dose.time),
        ("reps", false, |dose| &dose.reps),
        ("sets", false, |dose| &dose.sets),
        ("rest", true, |dose| &dose.rest),
    ];
    for (name, seconds, field) in fields {
        let show = |amount: Option<(u32, u32)>| {
            amount.map(
                |(min, max)| {
                    if seconds { time(min.into(), max.into()) } else { range(min.into(), max.into()) }
                },
            )
        };
        let (was, is) = (show(get(old, field)), show(get(new, field)));
        if was != is {
            parts.push(changed(name, is, was));
        }
    }
    let sides = |dose: &Option<Dosage>| {
        let sides = serde_json::to_value(dose.as_ref()?.sides?).ok()?;
        Some(sides.as_str()?.to_owned())
    };
    if sides(old) != sides(new) {
        parts.push(changed("sides", sides(new), sides(old)));
    }
    let sessions = |dose: &Option<Dosage>| dose.as_ref().and_then(|dose| often(&dose.sessions));
    if sessions(old) != sessions(new) {
        parts.push(changed("sessions", sessions(new), sessions(old)));
    }
    if before != after {
        let sum = |sum: Option<Seconds>| sum.map(|sum| time(sum.min, sum.max));
        parts.push(changed("in all", sum(after), sum(before)));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn numbers(amount: &Option<Amount>) -> Option<(u32, u32)> {
    amount.as_ref().map(|amount| (amount.min, amount.max))
}

fn often(frequency: &Option<Frequency>) -> Option<String> {
    let frequency = frequency.as_ref()?;
    let per = serde_json::to_value(frequency.per).ok()?;
    Some(format!("{} a {}", range(frequency.times.min.into(), frequency.times.max.into()), per.as_str()?))
}

fn range(min: u64, max: u64) -> String {
    if min == max { min.to_string() } else { format!("{min} to {max}") }
}

/// A length of time, in minutes from two minutes on.
fn time(min: u64, max: u64) -> String {
    if max < 120 {
        return format!("{} s", range(min, max));
    }
    if min.is_multiple_of(60) && max.is_multiple_of(60) {
        return format!("{} min", range(min / 60, max / 60));
    }
    let one = |seconds: u64| match (seconds / 60, seconds % 60) {
        (0, rest) => format!("{rest} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, rest) => format!("{minutes} min {rest} s"),
    };
    if min == max { one(min) } else { format!("{} to {}", one(min), one(max)) }
}
