//! Doses as numbers, beside the words they were written in.

use std::{fmt::Display, str::FromStr};

use nocere_lint::catalog::Entry;
use nocere_model::{Count, Dosage, Duration, Frequency, bundle};

/// Where an amount may have been written: a document, and the JSON pointer of what holds the amounts there.
pub(super) type Origin<'c> = (&'c Entry, String);

/// A dose; the origins come with the one that counts first.
pub(super) fn dosage(dose: &Dosage, origins: &[Origin<'_>]) -> bundle::Dosage {
    bundle::Dosage {
        hold: dose.hold.map(|hold| duration(hold, "hold", origins)),
        time: dose.time.map(|time| duration(time, "time", origins)),
        reps: dose.reps.map(|reps| count(reps, "reps", origins)),
        sets: dose.sets.map(|sets| count(sets, "sets", origins)),
        rest: dose.rest.map(|rest| duration(rest, "rest", origins)),
        sides: dose.sides,
        sessions: dose.sessions.map(|sessions| frequency(sessions, "sessions", origins)),
    }
}

/// A length of time, in seconds.
pub(super) fn duration(value: Duration, key: &str, origins: &[Origin<'_>]) -> bundle::Amount {
    bundle::Amount { min: value.min, max: value.max, text: as_written(&value, key, origins) }
}

fn count(value: Count, key: &str, origins: &[Origin<'_>]) -> bundle::Amount {
    bundle::Amount { min: value.min, max: value.max, text: as_written(&value, key, origins) }
}

/// How often.
pub(super) fn frequency(value: Frequency, key: &str, origins: &[Origin<'_>]) -> bundle::Frequency {
    let times = bundle::Range { min: value.times.min, max: value.times.max };
    bundle::Frequency { times, per: value.per, text: as_written(&value, key, origins) }
}

/// The words of the first origin that say just this.
fn as_written<T: FromStr + PartialEq + Display>(value: &T, key: &str, origins: &[Origin<'_>]) -> String {
    let texts = origins.iter().filter_map(|(entry, pointer)| {
        let (_, node) = entry.document.find(&format!("{pointer}/{key}"))?;
        entry.document.text(node)
    });
    let same = |text: &&str| text.parse::<T>().is_ok_and(|read| read == *value);
    texts.map(str::trim).find(same).map_or_else(|| value.to_string(), str::to_owned)
}
