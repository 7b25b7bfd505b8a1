//! Red flags and questions: what stops people, and how it is found out that something must be held back.

use nocere_model::{
    Kind, Prose, RedFlag,
    bundle::{ConditionQuestion, Screening},
};

use crate::{
    Bump, Change, Section,
    side::{Both, Pair, keyed, zip},
    words::{authority, code, codes},
};

pub(crate) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let screenings = Both::of(&pair.old.screenings, &pair.new.screenings, |one| one.id.as_str());
    let mut found: Vec<Change> = screenings.common().flat_map(|(old, new)| screening(old, new)).collect();
    for (old, new) in pair.conditions.common() {
        if old.ask != new.ask {
            let say = "its question is put in other words: who answers yes may change";
            found.push(ask(Kind::Condition, old.id.as_str(), "ask", say, &old.ask, &new.ask));
        }
    }
    for (old, new) in pair.routines.common() {
        let id = |one: &nocere_model::bundle::Routine| one.screening.as_ref().map(|one| one.id.clone());
        let (before, after) = (id(old), id(new));
        if before != after {
            let (bump, say) = match (&before, &after) {
                (Some(before), None) => {
                    (Bump::Major, format!("no longer asks the screening {} first", code(before)))
                }
                (None, Some(after)) => (Bump::Minor, format!("now asks the screening {} first", code(after))),
                (Some(before), Some(after)) => {
                    (Bump::Major, format!("asks the screening {} first (was: {})", code(after), code(before)))
                }
                (None, None) => continue,
            };
            let change = Change::new(Section::Protections, bump, Kind::Routine, &old.id, "screening", say);
            found.push(change.with(before.as_ref(), after.as_ref()));
        }
    }
    found
}

fn ask(kind: Kind, id: &str, field: impl Into<String>, say: &str, old: &Prose, new: &Prose) -> Change {
    Change::new(Section::Protections, Bump::Minor, kind, id, field, say).with(Some(old), Some(new))
}

fn screening(old: &Screening, new: &Screening) -> Vec<Change> {
    let mut found = Vec::new();
    let new_change = |bump, field: String, say: String| {
        Change::new(Section::Protections, bump, Kind::Screening, &old.id, field, say)
    };
    let flags = |side: &'_ Screening| side.red_flags.clone();
    let (before, after) = (flags(old), flags(new));
    for ((id, _), before, after) in
        zip(&keyed(&before, |one| one.id.clone()), &keyed(&after, |one| one.id.clone()))
    {
        for (bump, part, say) in red_flag(before, after) {
            let change = new_change(bump, format!("red-flags/{id}{part}"), say);
            found.push(change.with(before, after));
        }
    }
    let (before, after) = (old.conditions.clone(), new.conditions.clone());
    for ((id, _), before, after) in
        zip(&keyed(&before, |one| one.id.clone()), &keyed(&after, |one| one.id.clone()))
    {
        let (bump, say) = match (before, after) {
            (Some(_), None) => {
                let say = "people who have it are not found any more, and are shown what everybody is";
                (Bump::Major, format!("no longer asks for {}: {say}", code(&id)))
            }
            (None, Some(after)) => (Bump::Minor, format!("now asks for {}: “{}”", code(&id), after.ask)),
            (Some(old), Some(new)) if question(old) != question(new) => {
                (Bump::Minor, format!("asks for {} in other words: who answers yes may change", code(&id)))
            }
            _ => continue,
        };
        found.push(new_change(bump, format!("conditions/{id}"), say).with(before, after));
    }
    let order = |side: &Screening| {
        let flags = side.red_flags.iter().map(|one| one.id.to_string());
        flags.chain(side.conditions.iter().map(|one| one.id.to_string())).collect::<Vec<_>>()
    };
    let (before, after) = (order(old), order(new));
    let kept = |list: &[String], other: &[String]| {
        list.iter().filter(|id| other.contains(id)).cloned().collect::<Vec<_>>()
    };
    if kept(&before, &after) != kept(&after, &before) {
        let say = format!("asks in another order: {}", codes(&after));
        found.push(new_change(Bump::Patch, "order".into(), say).with(Some(&before), Some(&after)));
    }
    found
}

fn question(one: &ConditionQuestion) -> &Prose {
    &one.ask
}

fn red_flag(before: Option<&RedFlag>, after: Option<&RedFlag>) -> Vec<(Bump, &'static str, String)> {
    let says = |flag: &RedFlag| authority(flag.grade, &flag.sources);
    match (before, after) {
        (Some(old), None) => {
            let say = format!("no longer asks for the red flag {} ({})", code(&old.id), says(old));
            vec![(Bump::Major, "", format!("{say}: people who have it are not stopped any more"))]
        }
        (None, Some(new)) => {
            vec![(
                Bump::Minor,
                "",
                format!("now stops at the red flag {} ({}): “{}”", code(&new.id), says(new), new.ask),
            )]
        }
        (Some(old), Some(new)) => {
            let mut found = Vec::new();
            if old.urgency != new.urgency {
                // The most urgent comes first.
                let bump = if new.urgency > old.urgency { Bump::Major } else { Bump::Minor };
                let word = |flag: &RedFlag| {
                    serde_json::to_value(flag.urgency)
                        .ok()
                        .and_then(|word| Some(word.as_str()?.to_owned()))
                        .unwrap_or_default()
                };
                found.push((
                    bump,
                    "/urgency",
                    format!("the red flag {} is now {} (was: {})", code(&new.id), word(new), word(old)),
                ));
            }
            if old.ask != new.ask {
                let say = format!(
                    "asks for the red flag {} in other words: who answers yes may change",
                    code(&new.id)
                );
                found.push((Bump::Minor, "/ask", say));
            }
            if old.say != new.say {
                found.push((
                    Bump::Minor,
                    "/say",
                    format!("says something else to people with the red flag {}", code(&new.id)),
                ));
            }
            if says(old) != says(new) {
                found.push((
                    Bump::Minor,
                    "/authority",
                    format!("the red flag {} now has {} (was: {})", code(&new.id), says(new), says(old)),
                ));
            }
            found
        }
        (None, None) => Vec::new(),
    }
}
