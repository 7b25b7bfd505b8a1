//! Screenings and conditions, resolved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Codes, Id, Limit, Prose, RedFlag, Source};

/// What is asked before any exercise is shown: red flags, then conditions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Screening {
    /// Its id. Ids are stable for ever.
    pub id: Id<crate::Screening>,
    /// Its name as people read it.
    pub name: Prose,
    /// What the person reads before the questions.
    pub intro: Prose,
    /// Red flags, in the order in which they are asked. Any yes ends the screening: show the flag's `say`, and no
    /// exercise.
    pub red_flags: Vec<RedFlag>,
    /// Conditions, in the order in which they are asked. A yes holds exercises back, and ends nothing.
    pub conditions: Vec<ConditionQuestion>,
    /// Who says that these must be asked, by id.
    pub sources: Vec<Id<Source>>,
}

/// The question for one condition.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ConditionQuestion {
    /// The condition.
    pub id: Id<crate::Condition>,
    /// Its name as people read it.
    pub name: Prose,
    /// The question, in plain words; a yes means that the person counts as having the condition.
    pub ask: Prose,
    /// The condition's codes in public classifications.
    pub codes: Codes,
}

/// A diagnosis, state or life phase that holds some exercises back. Which ones stands with each exercise; the limits
/// are here so that people can check.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Condition {
    /// Its id. Ids are stable for ever.
    pub id: Id<crate::Condition>,
    /// Its name as people read it.
    pub name: Prose,
    /// The screening question, in plain words, that a yes answers.
    pub ask: Prose,
    /// Its codes in public classifications.
    pub codes: Codes,
    /// Which demands it forbids or limits, why, and on whose authority, as written.
    pub limits: Vec<Limit>,
    /// Why it has no limits, where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_limits_because: Option<Prose>,
    /// Where the condition itself is described, by id.
    pub sources: Vec<Id<Source>>,
}
