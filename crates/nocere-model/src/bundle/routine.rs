//! Routines, resolved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Amount, Dosage, Frequency, Reference, Seconds};
use crate::{
    Adaptations, Applies, Claim, Exercise, Grade, Id, OrderingRule, Prose, Review, Screening, Source,
};

/// Exercises in order, with their doses in this routine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Routine {
    /// Its id. Ids are stable for ever.
    pub id: Id<crate::Routine>,
    /// Its name as people read it.
    pub name: Prose,
    /// One or two sentences: for whom, and what happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Prose>,
    /// Longer text; Markdown where the document was Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Prose>,
    /// The questions that come first, before anything of the routine is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screening: Option<Reference<Screening>>,
    /// The ordering rules that it keeps, by id.
    pub rules: Vec<KeptRule>,
    /// How long it takes, added up from its doses. Optional exercises count only in the longest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Seconds>,
    /// How long it takes, in seconds, as its author states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_duration: Option<Amount>,
    /// How often it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<Frequency>,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
    /// What people with each set of conditions are shown; look up here, and compute nothing.
    pub adaptations: Adaptations,
    /// Statements of benefit, each with its strength and evidence, as written.
    pub claims: Vec<Claim>,
    /// When to stop the whole routine and ask for help, as written.
    pub stop: Vec<Prose>,
    /// Where the routine comes from, by id.
    pub sources: Vec<Id<Source>>,
    /// Whether a clinician has signed it off.
    pub review: Review,
}

/// A part of a routine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Block {
    /// Its title as people read it.
    pub title: Prose,
    /// What to know before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// Its exercises, in order.
    pub steps: Vec<Step>,
}

/// An exercise in its place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// The exercise.
    pub exercise: Reference<Exercise>,
    /// The dose in this place: the exercise's own, with what the routine states laid over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dosage: Option<Dosage>,
    /// How long that dose takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Seconds>,
    /// What to mind in this place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// Whether it may be left out.
    pub optional: bool,
}

/// An ordering rule that a routine keeps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct KeptRule {
    /// Its id.
    pub id: Id<OrderingRule>,
    /// The rule in one plain sentence.
    pub say: Prose,
    /// Why, and how sure that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Prose>,
    /// Whether it binds every routine or only those that choose it.
    pub applies: Applies,
    /// How strong the authority is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Who says so, by id.
    pub sources: Vec<Id<Source>>,
}
