//! How much, how long, how often.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Count, Duration, Frequency, Grade, Id, Prose, Source, Technique};

/// The time that one repetition without a hold takes, in seconds: an assumption of this project, used only to add
/// up durations, and stated in every bundle.
pub const DEFAULT_SECONDS_PER_REP: u32 = 4;

/// The dose of an exercise. Either `hold` (with `reps`), or `time` for continuous work, or `reps` alone.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Dosage {
    /// How long each repetition is held: `5-10 s`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Duration>,
    /// How long continuous work or rest lasts: `1-2 min`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Duration>,
    /// Repetitions in a set: `8-12`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reps: Option<Count>,
    /// Sets: `2-3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sets: Option<Count>,
    /// Rest between sets: `30 s`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Duration>,
    /// How the two sides share the dose; needed when the exercise works one side at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sides: Option<Sides>,
    /// How often: `1-2/day`, `3x/week`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<Frequency>,
}

/// How the two sides share a dose.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sides {
    /// The whole dose on one side, then the whole dose on the other.
    Each,
    /// Repetitions change sides; the dose counts both together.
    Alternating,
    /// One side only. Rarely right: the other side stays untrained.
    One,
}

impl Dosage {
    /// Whether it says how much: a hold, a time or repetitions.
    #[must_use]
    pub fn says_how_much(&self) -> bool {
        self.hold.is_some() || self.time.is_some() || self.reps.is_some()
    }

    /// The same dose with every field that `other` states taken from there.
    #[must_use]
    pub fn overlaid_with(&self, other: &Self) -> Self {
        Self {
            hold: other.hold.or(self.hold),
            time: other.time.or(self.time),
            reps: other.reps.or(self.reps),
            sets: other.sets.or(self.sets),
            rest: other.rest.or(self.rest),
            sides: other.sides.or(self.sides),
            sessions: other.sessions.or(self.sessions),
        }
    }

    /// How long one session takes, in seconds, shortest and longest; `None` when it does not say how much.
    ///
    /// `sets * (reps * hold or time) * sides + rest between sets`, where a repetition without a hold takes
    /// [`DEFAULT_SECONDS_PER_REP`].
    #[must_use]
    pub fn seconds(&self) -> Option<(u64, u64)> {
        if !self.says_how_much() {
            return None;
        }
        let bound = |duration: fn(Duration) -> u32, count: fn(Count) -> u32| {
            let reps = u64::from(self.reps.map_or(1, count));
            let sets = u64::from(self.sets.map_or(1, count));
            let rest = u64::from(self.rest.map_or(0, duration));
            let each = match (self.hold, self.time) {
                (Some(hold), _) => reps * u64::from(duration(hold)),
                (None, Some(time)) => u64::from(duration(time)) * reps,
                (None, None) => reps * u64::from(DEFAULT_SECONDS_PER_REP),
            };
            let sides = if self.sides == Some(Sides::Each) { 2 } else { 1 };
            sets * each * sides + (sets - 1) * rest
        };
        Some((bound(|d| d.min, |c| c.min), bound(|d| d.max, |c| c.max)))
    }
}

/// The usual range of a dose for some techniques, and who says so. Doses outside it are reported.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DosageGuide {
    /// Its id, such as `static-stretch`.
    pub id: Id<DosageGuide>,
    /// The techniques it speaks of.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub techniques: Vec<Technique>,
    /// Usual hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Duration>,
    /// Usual continuous time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Duration>,
    /// Usual repetitions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reps: Option<Count>,
    /// Usual sets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sets: Option<Count>,
    /// The most sessions in a day that are still plausible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions_per_day: Option<Count>,
    /// Why, in plain words.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub because: Prose,
    /// How strong the authority is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-required" = true))]
    pub grade: Option<Grade>,
    /// Who says so.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dose(json: serde_json::Value) -> Dosage {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn seconds_multiply_sets_holds_and_sides() {
        let held = dose(serde_json::json!({ "hold": "5-10 s", "reps": 3, "sets": 3 }));
        assert_eq!(held.seconds(), Some((45, 90)));
        let sides = dose(serde_json::json!({ "hold": "1 min", "sets": 2, "sides": "each", "rest": "10 s" }));
        assert_eq!(sides.seconds(), Some((250, 250)));
        let counted = dose(serde_json::json!({ "reps": "8-12", "sets": 2 }));
        assert_eq!(counted.seconds(), Some((64, 96)));
        assert_eq!(dose(serde_json::json!({ "sets": 2 })).seconds(), None);
    }
}
