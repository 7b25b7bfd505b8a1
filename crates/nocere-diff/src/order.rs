//! What comes before what in a routine, which rules say so, and what is there at all.

use nocere_model::{
    Kind,
    bundle::{KeptRule, Routine, Step},
};

use crate::{
    Bump, Change, Section,
    side::{Pair, keyed, steps, zip},
    words::{authority, code, codes},
};

pub(crate) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut found: Vec<Change> = pair.routines.common().flat_map(|(old, new)| routine(old, new)).collect();
    for (old, new) in pair.exercises.common() {
        if old.laterality != new.laterality {
            let say = match new.laterality {
                nocere_model::Laterality::Bilateral => "now works both sides at once",
                nocere_model::Laterality::Unilateral => "now works one side at a time",
            };
            let change = Change::new(Section::Order, Bump::Minor, Kind::Exercise, &old.id, "laterality", say);
            found.push(change.with(Some(&old.laterality), Some(&new.laterality)));
        }
    }
    found
}

fn routine(old: &Routine, new: &Routine) -> Vec<Change> {
    let mut found = Vec::new();
    let mut add = |field: String, say: String| {
        found.push(Change::new(Section::Order, Bump::Minor, Kind::Routine, &old.id, field, say));
    };
    let [before, after] = [old, new].map(|routine| {
        let steps: Vec<&Step> = steps(routine).collect();
        steps
    });
    let ids = |list: &[&Step]| list.iter().map(|step| step.exercise.id.to_string()).collect::<Vec<_>>();
    let (was, is) = (ids(&before), ids(&after));
    let (a, b) = (keyed(&was, |id| id.as_str()), keyed(&is, |id| id.as_str()));
    let gone: Vec<&str> = a.keys().filter(|key| !b.contains_key(*key)).map(|key| key.0).collect();
    let added: Vec<&str> = b.keys().filter(|key| !a.contains_key(*key)).map(|key| key.0).collect();
    if !gone.is_empty() {
        add("steps".into(), format!("no longer holds {}", codes(gone)));
    }
    if !added.is_empty() {
        add("steps".into(), format!("now also holds {}", codes(added)));
    }
    for id in moved(&a, &b, &was, &is) {
        let place = |list: &[String]| list.iter().position(|one| *one == id).map_or(0, |at| at + 1);
        add(
            format!("steps/{id}"),
            format!("{} moves from place {} to place {}", code(&id), place(&was), place(&is)),
        );
    }
    let blocks = |routine: &Routine| {
        let of = |block: &nocere_model::bundle::Block| {
            block.steps.iter().map(|step| step.exercise.id.to_string()).collect::<Vec<_>>()
        };
        routine.blocks.iter().map(of).collect::<Vec<_>>()
    };
    if was == is && blocks(old) != blocks(new) {
        let sizes = |routine: &Routine| {
            routine.blocks.iter().map(|block| block.steps.len().to_string()).collect::<Vec<_>>().join(" + ")
        };
        add(
            "blocks".into(),
            format!("puts the same exercises into other blocks: {} (was: {})", sizes(new), sizes(old)),
        );
    }
    let [optional, was_optional] = [&after, &before].map(|list| {
        let list: Vec<Step> = list.iter().map(|step| (*step).clone()).collect();
        list
    });
    for ((id, _), old, new) in zip(
        &keyed(&was_optional, |step| step.exercise.id.as_str()),
        &keyed(&optional, |step| step.exercise.id.as_str()),
    ) {
        if let (Some(old), Some(new)) = (old, new)
            && old.optional != new.optional
        {
            let verb = if new.optional { "may now" } else { "may no longer" };
            add(format!("steps/{id}/optional"), format!("{} {verb} be left out", code(id)));
        }
    }
    let rules = zip(&keyed(&old.rules, |rule| rule.id.as_str()), &keyed(&new.rules, |rule| rule.id.as_str()));
    for ((id, _), old, new) in rules {
        let about = |rule: &KeptRule| {
            format!(
                "{} ({})",
                rule.say.as_str().trim().trim_end_matches('.'),
                authority(rule.grade, &rule.sources)
            )
        };
        let say = match (old, new) {
            (Some(old), None) => format!("no longer keeps the rule {}: {}", code(id), about(old)),
            (None, Some(new)) => format!("now keeps the rule {}: {}", code(id), about(new)),
            (Some(old), Some(new)) if (old.grade, &old.sources) != (new.grade, &new.sources) => {
                let says = |rule: &KeptRule| authority(rule.grade, &rule.sources);
                format!("the rule {} now has {} (was: {})", code(id), says(new), says(old))
            }
            (Some(old), Some(new)) if old.applies != new.applies => {
                format!(
                    "the rule {} now binds other routines: {}",
                    code(id),
                    serde_json::to_string(&new.applies).unwrap_or_default()
                )
            }
            _ => continue,
        };
        add(format!("rules/{id}"), say);
    }
    found
}

type Places<'a> = std::collections::BTreeMap<(&'a str, usize), &'a String>;

/// The exercises that stand elsewhere: those that are not in a longest part that kept its order.
fn moved(a: &Places<'_>, b: &Places<'_>, was: &[String], is: &[String]) -> Vec<String> {
    let kept = |list: &[String], other: &Places<'_>| {
        let own = keyed(list, |id| id.as_str());
        // Back in their order: a key holds the place of its text.
        let mut keys: Vec<(usize, (String, usize))> = own
            .iter()
            .filter(|(key, _)| other.contains_key(*key))
            .filter_map(|((id, turn), text)| {
                let at = list.iter().position(|one| std::ptr::eq(one, *text))?;
                Some((at, ((*id).to_owned(), *turn)))
            })
            .collect();
        keys.sort();
        keys.into_iter().map(|(_, key)| key).collect::<Vec<_>>()
    };
    let (old, new) = (kept(was, b), kept(is, a));
    let stays = longest_common(&old, &new);
    let mut moved: Vec<String> =
        new.into_iter().filter(|key| !stays.contains(key)).map(|key| key.0).collect();
    moved.dedup();
    moved
}

/// A longest common subsequence.
fn longest_common<T: PartialEq + Clone>(a: &[T], b: &[T]) -> Vec<T> {
    let mut best = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for (i, one) in a.iter().enumerate().rev() {
        for (j, other) in b.iter().enumerate().rev() {
            best[i][j] =
                if one == other { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut common) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            common.push(a[i].clone());
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    common
}
