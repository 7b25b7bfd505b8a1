//! What is asked before any exercise is shown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Codes, Condition, Grade, Id, Prose, Source};

/// A sign that means: stop, be seen by a clinician. It gates every routine and never filters single exercises.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RedFlag {
    /// Its id, such as `cauda-equina`.
    pub id: Id<RedFlag>,
    /// Its name as people read it.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub name: Prose,
    /// The screening question, in plain words, that a yes answers.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub ask: Prose,
    /// How soon the person must be seen.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub urgency: Urgency,
    /// What to tell the person who says yes: stop, where to go, how soon.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub say: Prose,
    /// What it may be a sign of.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub because: Prose,
    /// Codes of what it may be a sign of.
    #[serde(default)]
    pub codes: Codes,
    /// How strong the authority is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-required" = true))]
    pub grade: Option<Grade>,
    /// Who says so.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
}

/// How soon a person with a red flag must be seen.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// Now: an emergency department or an ambulance.
    #[default]
    Emergency,
    /// Today or tomorrow.
    Urgent,
    /// Before starting any routine.
    BeforeStarting,
}

/// The questions that a routine asks first: red flags, then conditions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Screening {
    /// Its id, such as `low-back-self-care`.
    pub id: Id<Screening>,
    /// Its name as people read it.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub name: Prose,
    /// What the person reads before the questions.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub intro: Prose,
    /// Red flags in the order in which they are asked; any yes ends the screening with a referral.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub red_flags: Vec<Id<RedFlag>>,
    /// Conditions in the order in which they are asked.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub conditions: Vec<Id<Condition>>,
    /// Who says that these must be asked.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
}
