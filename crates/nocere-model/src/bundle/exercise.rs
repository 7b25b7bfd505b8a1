//! Exercises, resolved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Dosage, Reference, Seconds};
use crate::{
    Claim, Condition, Demand, Difficulty, Equipment, Feel, Grade, Id, Laterality, Level, Outcome, Position,
    Prose, Review, Source, Stance, Target, Technique,
};

/// One thing that a person does, with everything that a front end shows of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Exercise {
    /// Its id. Ids are stable for ever.
    pub id: Id<crate::Exercise>,
    /// Its name as people read it.
    pub name: Prose,
    /// Other names that people search for, as written.
    pub also_known_as: Vec<Prose>,
    /// What kind of work it is.
    pub technique: Technique,
    /// How much skill and capacity it needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<Difficulty>,
    /// The muscles or regions meant to change, by id.
    pub targets: Vec<Reference<Target>>,
    /// What it asks of the body, by id.
    pub demands: Vec<DemandAsked>,
    /// Why it has no demands, where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_demands_because: Option<Prose>,
    /// Whether both sides of the body work at once.
    pub laterality: Laterality,
    /// What is needed, by id; what to use instead stands with it.
    pub equipment: Vec<Equipment>,
    /// One or two sentences: what happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Prose>,
    /// Longer text; Markdown where the document was Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Prose>,
    /// What to do, one movement a step, in order.
    pub steps: Vec<Prose>,
    /// What to feel, and what means stop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feel: Option<Feel>,
    /// How much, how long, how often. A routine's own dose counts before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dosage: Option<Dosage>,
    /// How long one session of that dose takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Seconds>,
    /// Who must not do it, or only with care: one for each condition, by its id. A condition that is not here does
    /// not hold the exercise back.
    pub contraindications: Vec<Contraindication>,
    /// Exercises that can step in where this one is held back, best first. They have contraindications of their own.
    pub alternatives: Vec<Reference<crate::Exercise>>,
    /// Harder forms, next one first.
    pub progressions: Vec<Reference<crate::Exercise>>,
    /// Easier forms, next one first.
    pub regressions: Vec<Reference<crate::Exercise>>,
    /// For an assessment: what each result means for what comes next, as written.
    pub outcomes: Vec<Outcome>,
    /// Statements of benefit, each with its strength and evidence, as written.
    pub claims: Vec<Claim>,
    /// What each source thinks of this exercise, where they take sides.
    pub stances: Vec<Stance>,
    /// Which side this catalog takes where its sources contradict each other, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Where the exercise comes from, by id.
    pub sources: Vec<Id<Source>>,
    /// Whether a clinician has signed it off.
    pub review: Review,
}

/// A demand of an exercise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DemandAsked {
    /// Its id.
    pub id: Id<Demand>,
    /// Its name as people read it.
    pub name: Prose,
    /// The broader demands that it is a case of, nearest first. What forbids one of these forbids the exercise.
    pub implies: Vec<Reference<Demand>>,
}

/// Who must not do an exercise, or only with care: what a person wrote, united with what follows from the demands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Contraindication {
    /// The condition.
    pub condition: Id<Condition>,
    /// The condition's name as people read it.
    pub name: Prose,
    /// How strongly the exercise is held back: the stronger of what was written and what follows.
    pub level: Level,
    /// How strong the authority for what follows is. Absent when nothing follows and the level was only written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// What the person with the condition reads.
    pub say: Prose,
    /// The level that a person wrote, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Level>,
    /// What it follows from, strongest first; empty when it was only written.
    pub because: Vec<Because>,
    /// Who says so, beside the sources of what it follows from, by id.
    pub sources: Vec<Id<Source>>,
}

/// One reason for a contraindication: a limit of the condition that catches a demand of the exercise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Because {
    /// The demand that the condition limits.
    pub demand: Reference<Demand>,
    /// The demands of the exercise that are this demand or a case of it, by id.
    pub asked_as: Vec<Id<Demand>>,
    /// How strongly the condition limits it.
    pub level: Level,
    /// Why it harms, in plain words.
    pub reason: Prose,
    /// For how long or until when the limit holds, where it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Prose>,
    /// How strong the authority is.
    pub grade: Grade,
    /// Who says so, by id.
    pub sources: Vec<Id<Source>>,
}
