//! Amounts as numbers, beside the words they were written in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Period, Sides};

/// How much, how long, how often: numbers to compute with, and the text to show.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Dosage {
    /// How long each repetition is held, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Amount>,
    /// How long continuous work or rest lasts, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Amount>,
    /// Repetitions in a set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reps: Option<Amount>,
    /// Sets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sets: Option<Amount>,
    /// Rest between sets, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Amount>,
    /// How the two sides share the dose. When absent, both sides work together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sides: Option<Sides>,
    /// How often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<Frequency>,
}

/// A number or a range of numbers; the field that holds it says of what.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Amount {
    /// Least.
    pub min: u32,
    /// Most; the same as `min` where one value was written.
    pub max: u32,
    /// As it was written, such as `5-10 s`.
    pub text: String,
}

/// How often, as a count in each period.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Frequency {
    /// How many times.
    pub times: Range,
    /// In which period.
    pub per: Period,
    /// As it was written, such as `1-2/day`.
    pub text: String,
}

/// A count or a range of counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Range {
    /// Fewest.
    pub min: u32,
    /// Most.
    pub max: u32,
}

/// How long something takes, worked out from its doses, in seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Seconds {
    /// Shortest.
    pub min: u64,
    /// Longest.
    pub max: u64,
}

impl From<(u64, u64)> for Seconds {
    fn from((min, max): (u64, u64)) -> Self {
        Self { min, max }
    }
}
