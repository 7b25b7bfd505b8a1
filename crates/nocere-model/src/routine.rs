//! Exercises in order.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    Claim, Dosage, Duration, Exercise, Frequency, Id, OrderingRule, Prose, Review, Screening, Source,
};

/// Blocks of exercises with their doses, a screening before them, and the ordering rules they follow.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Routine {
    /// Its id, such as `hips-first-low-back-last`.
    pub id: Id<Routine>,
    /// Its name as people read it.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub name: Prose,
    /// One or two sentences: for whom, and what happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Prose>,
    /// Longer text; the body of a Markdown document lands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Prose>,
    /// The questions that come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screening: Option<Id<Screening>>,
    /// The ordering rules that it promises to keep, beside those that bind every routine.
    #[serde(default)]
    pub follows: Vec<Id<OrderingRule>>,
    /// How long it takes; checked against the sum of its doses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<Duration>,
    /// How often it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<Frequency>,
    /// Its parts, in order.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub blocks: Vec<Block>,
    /// Statements of benefit, each with its strength and evidence.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// When to stop the whole routine and ask for help.
    #[serde(default)]
    pub stop: Vec<Prose>,
    /// Where the routine comes from.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
    /// Whether a clinician has signed it off.
    #[serde(default)]
    pub review: Review,
}

/// A part of a routine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Block {
    /// Its title as people read it.
    pub title: Prose,
    /// What to know before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// Its exercises, in order.
    pub exercises: Vec<Step>,
}

/// An exercise in a block: its id, or its id with a dose for this place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Step(pub StepDetail);

/// An exercise in a block with what is special in this place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StepDetail {
    /// The exercise.
    #[serde(rename = "use")]
    pub exercise: Id<Exercise>,
    /// A dose for this place; what it does not state is taken from the exercise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dosage: Option<Dosage>,
    /// What to mind in this place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// Whether it may be left out; the duration then counts it only at its upper end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Id(Id<Exercise>),
            Detail(StepDetail),
        }
        Ok(Self(match Either::deserialize(deserializer)? {
            Either::Id(exercise) => StepDetail { exercise, dosage: None, note: None, optional: false },
            Either::Detail(detail) => detail,
        }))
    }
}
impl JsonSchema for Step {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "step".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let id = generator.subschema_for::<Id<Exercise>>();
        let detail = generator.subschema_for::<StepDetail>();
        schemars::json_schema!({ "anyOf": [id, detail] })
    }
}
