//! Constraints on the order of exercises, each with an author.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Demand, Difficulty, Exercise, Grade, Id, Prose, Source, Target, Technique};

/// A constraint on the order of a routine's exercises.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OrderingRule {
    /// Its id, such as `low-back-muscles-last`.
    pub id: Id<OrderingRule>,
    /// The rule in one plain sentence.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub say: Prose,
    /// Why, and how sure that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Prose>,
    /// The exercises that the rule speaks of.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub when: Selector,
    /// How they stand to the others.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub relation: Relation,
    /// The exercises they are compared with; not used by `first`, `last` and `easier-first`.
    #[serde(default)]
    pub other: Selector,
    /// Whether it binds every routine or only those that list it under `follows`.
    #[serde(default)]
    pub applies: Applies,
    /// How strong the authority is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-required" = true))]
    pub grade: Option<Grade>,
    /// Who says so.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
}

/// How the selected exercises stand to the others.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Every selected exercise comes before every other one.
    #[default]
    Before,
    /// Every selected exercise comes after every other one.
    After,
    /// A run of selected exercises is followed straight away by an other one.
    ImmediatelyBefore,
    /// A run of selected exercises comes straight after an other one.
    ImmediatelyAfter,
    /// The routine begins with the selected exercises.
    First,
    /// The routine ends with the selected exercises.
    Last,
    /// A selected exercise needs an other one somewhere before it.
    RequiresBefore,
    /// A selected exercise needs an other one somewhere after it.
    RequiresAfter,
    /// Among selected exercises that share a target, difficulty never falls.
    EasierFirst,
}

/// Whether a rule binds every routine.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Applies {
    /// It binds every routine.
    Always,
    /// It binds a routine that lists it under `follows`.
    #[default]
    WhenFollowed,
}

/// Chooses exercises: every stated field must match. An empty selector matches every exercise.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Selector {
    /// Exercises of one of these techniques.
    #[serde(default, skip_serializing_if = "OneOrMany::is_empty")]
    pub technique: OneOrMany<Technique>,
    /// Exercises with one of these targets, or a part of it.
    #[serde(default, skip_serializing_if = "OneOrMany::is_empty")]
    pub target: OneOrMany<Id<Target>>,
    /// Exercises of one of these difficulties.
    #[serde(default, skip_serializing_if = "OneOrMany::is_empty")]
    pub difficulty: OneOrMany<Difficulty>,
    /// Exercises with one of these demands, or a narrower one.
    #[serde(default, skip_serializing_if = "OneOrMany::is_empty")]
    pub demand: OneOrMany<Id<Demand>>,
    /// These exercises.
    #[serde(default, skip_serializing_if = "OneOrMany::is_empty")]
    pub exercise: OneOrMany<Id<Exercise>>,
}

impl Selector {
    /// Whether it states nothing, and so matches every exercise.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}

/// One value or a list of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> OneOrMany<T> {
    /// Whether no value is stated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either<T> {
            Many(Vec<T>),
            One(T),
        }
        Ok(Self(match Either::deserialize(deserializer)? {
            Either::Many(many) => many,
            Either::One(one) => vec![one],
        }))
    }
}
impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("one-or-many-{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [one.clone(), { "type": "array", "items": one }] })
    }
}
