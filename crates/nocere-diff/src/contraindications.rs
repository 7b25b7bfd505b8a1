//! What holds exercises back: the limits of conditions, and what each exercise carries. That somebody is newly shown
//! an exercise, or no longer, is told elsewhere.

use nocere_model::{
    Kind, Level, Limit,
    bundle::{Because, Contraindication, Exercise},
};

use crate::{
    Bump, Change, Held, Section,
    side::{Pair, keyed, zip},
    words::{authority, code, codes},
};

pub(crate) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    for (old, new) in pair.conditions.common() {
        let (before, after) =
            (keyed(&old.limits, |limit| &limit.demand), keyed(&new.limits, |limit| &limit.demand));
        for ((demand, _), before, after) in zip(&before, &after) {
            if let Some(say) = limit(before, after) {
                let field = format!("limits/{demand}");
                let change =
                    Change::new(Section::Protections, Bump::Minor, Kind::Condition, &old.id, field, say);
                found.push(change.with(before, after));
            }
        }
    }
    for (old, new) in pair.exercises.common() {
        let before = keyed(&old.contraindications, |one| &one.condition);
        let after = keyed(&new.contraindications, |one| &one.condition);
        for ((condition, _), before, after) in zip(&before, &after) {
            for (bump, say) in held(before, after) {
                let (field, say) =
                    (format!("contraindications/{condition}"), format!("for {}: {say}", code(condition)));
                let change = Change::new(Section::Protections, bump, Kind::Exercise, &old.id, field, say);
                found.push(change.with(before, after));
            }
        }
        found.extend(stop_signs(old, new));
    }
    for (old, new) in pair.routines.common() {
        found.extend(stops(Kind::Routine, old.id.as_str(), "stop", &old.stop, &new.stop));
    }
    found
}

fn limit(before: Option<&Limit>, after: Option<&Limit>) -> Option<String> {
    let says = |limit: &Limit| {
        format!("{}, {}", Held::from(Some(limit.level)).word(), authority(Some(limit.grade), &limit.sources))
    };
    match (before, after) {
        (Some(old), None) => Some(format!("no longer limits {} (was: {})", code(&old.demand), says(old))),
        (None, Some(new)) => Some(format!("now limits {} ({})", code(&new.demand), says(new))),
        (Some(old), Some(new)) => {
            let same = old.level == new.level && old.grade == new.grade && old.sources == new.sources;
            (!same)
                .then(|| format!("limits {} now with {} (was: {})", code(&new.demand), says(new), says(old)))
        }
        (None, None) => None,
    }
}

/// What differs in what holds an exercise back from people with one condition.
fn held(before: Option<&Contraindication>, after: Option<&Contraindication>) -> Vec<(Bump, String)> {
    let level = |one: Option<&Contraindication>| Held::from(one.map(|one| one.level));
    let declared = |one: Option<&Contraindication>| one.and_then(|one| one.declared);
    let grade = |one: Option<&Contraindication>| one.and_then(|one| one.grade);
    let (was, now) = (level(before), level(after));
    let mut found = Vec::new();
    let moved = was.max(now) < Held::Avoid && was != now;
    if moved {
        let (bump, what) = match now < was {
            true => (Bump::Major, "people are no longer told to take care"),
            false => (Bump::Minor, "people are now told to take care"),
        };
        let one = before.or(after);
        let grade = grade(one);
        let authority = authority(grade, one.map_or(&[][..], |one| &one.sources));
        let authority = if authority.is_empty() { String::new() } else { format!(" ({authority})") };
        found.push((bump, format!("{what}{authority}")));
    }
    let (wrote, writes) = (declared(before), declared(after));
    // Where it alone decides, who is shown what has told it already.
    let alone = was != now
        && before.or(after).is_some_and(|one| one.because.iter().all(|one| one.level < Level::Avoid));
    if wrote != writes && !alone {
        let [wrote, writes] = [wrote, writes].map(|level| Held::from(level).word());
        let still = after.filter(|_| was == now).map_or_else(String::new, |after| {
            let says =
                authority(after.grade, &after.because.first().map_or(Vec::new(), |one| one.sources.clone()));
            let from =
                codes(after.because.iter().filter(|one| one.level == after.level).map(|one| &one.demand.id));
            match from.is_empty() {
                true => String::new(),
                false => format!("; what follows from {from} still holds: {} ({says})", now.word()),
            }
        });
        found.push((Bump::Minor, format!("the exercise itself now says {writes} (was: {wrote}){still}")));
    }
    if let (Some(old), Some(new)) = (before, after) {
        match (old.grade, new.grade) {
            (old, new) if old == new => {}
            (Some(old), Some(new)) => {
                found.push((Bump::Minor, format!("it now rests on grade {new:?} (was: grade {old:?})")))
            }
            (Some(old), None) => {
                let say = format!(
                    "nothing that it demands holds people back any more (was: grade {old:?}), only what it says itself"
                );
                found.push((Bump::Minor, say));
            }
            (None, grade) => {
                let grade = grade.map_or_else(String::new, |grade| format!(", grade {grade:?}"));
                found.push((
                    Bump::Minor,
                    format!("what it says itself now also follows from its demands{grade}"),
                ));
            }
        }
        if old.sources != new.sources {
            let [old, new] = [&old.sources, &new.sources]
                .map(|ids| if ids.is_empty() { "nobody".into() } else { codes(ids) });
            found.push((Bump::Minor, format!("{new} says so beside (was: {old})")));
        }
    }
    // The reasons follow from limits and demands, whose changes are told for themselves.
    let reasons = |one: Option<&Contraindication>| one.map(|one| one.because.clone()).unwrap_or_default();
    let (old, new) = (reasons(before), reasons(after));
    for ((demand, _), old, new) in
        zip(&keyed(&old, |one| one.demand.id.clone()), &keyed(&new, |one| one.demand.id.clone()))
    {
        let says = |one: &Because| {
            format!("{}, {}", Held::from(Some(one.level)).word(), authority(Some(one.grade), &one.sources))
        };
        let say = match (old, new) {
            (Some(old), None) => format!("no longer because of {} ({})", code(demand), says(old)),
            (None, Some(new)) => format!("now because of {} ({})", code(demand), says(new)),
            (Some(old), Some(new)) if says(old) != says(new) => {
                format!("because of {}: {} (was: {})", code(demand), says(new), says(old))
            }
            (Some(old), Some(new)) if old.asked_as != new.asked_as => {
                format!(
                    "because of {}, asked as {} (was: {})",
                    code(demand),
                    codes(&new.asked_as),
                    codes(&old.asked_as)
                )
            }
            _ => continue,
        };
        found.push((Bump::None, say));
    }
    found
}

fn stop_signs(old: &Exercise, new: &Exercise) -> Vec<Change> {
    let stop = |one: &Exercise| one.feel.as_ref().map(|feel| feel.stop.clone()).unwrap_or_default();
    stops(Kind::Exercise, old.id.as_str(), "feel/stop", &stop(old), &stop(new))
}

/// Signs that mean stop: one that is gone is told to nobody any more.
fn stops(
    kind: Kind,
    id: &str,
    field: &str,
    old: &[nocere_model::Prose],
    new: &[nocere_model::Prose],
) -> Vec<Change> {
    let gone = old.iter().filter(|sign| !new.contains(sign)).count();
    let added = new.iter().filter(|sign| !old.contains(sign)).count();
    let (bump, say) = match (gone, added) {
        (0, 0) if old == new => return Vec::new(),
        (0, 0) => (Bump::Patch, "names its signs to stop in another order".to_owned()),
        (gone, 0) => (Bump::Major, format!("no longer names {gone} of its signs to stop")),
        (0, added) => (Bump::Minor, format!("names {added} more signs to stop")),
        (gone, added) if added >= gone => {
            (Bump::Minor, format!("names {added} of its signs to stop in other words"))
        }
        (gone, added) => (Bump::Major, format!("names {added} signs to stop in place of {gone}")),
    };
    let text = |list: &[nocere_model::Prose]| list.to_vec();
    vec![
        Change::new(Section::Protections, bump, kind, id, field, say)
            .with(Some(&text(old)), Some(&text(new))),
    ]
}
