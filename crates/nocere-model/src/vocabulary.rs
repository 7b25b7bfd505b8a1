//! Small vocabularies that several kinds share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Date, Id, Prose};

/// What kind of work an exercise is.
///
/// The default only stands in for an unreadable value while the rest of a document is linted; such a document
/// never reaches a bundle.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Technique {
    /// Lengthens a muscle and holds or pulses it there.
    #[default]
    Stretch,
    /// Pressure on tissue by hand, ball or roller.
    Release,
    /// Moves a joint through its comfortable range.
    Mobility,
    /// Wakes up a muscle group at low load.
    Activation,
    /// Trains strength or endurance against load.
    Strengthening,
    /// Rests in a position that takes load off.
    Positioning,
    /// Looks or tests, and decides what comes next.
    Assessment,
}

/// How much skill and capacity an exercise needs, easiest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Difficulty {
    /// For someone new to exercise.
    Beginner,
    /// For someone who has mastered a simpler form.
    Intermediate,
    /// For someone with strength, balance and control to spare.
    Advanced,
}

/// How strongly an exercise is held back from a person. `avoid` is stronger than `caution`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// May be done, with the stated care.
    Caution,
    /// Not to be shown until a clinician has cleared it.
    Avoid,
}

/// How strong the authority behind a statement is. A and B can block; C only warns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
pub enum Grade {
    /// A guideline or a trial.
    A,
    /// A consensus or a review.
    B,
    /// Convention, or a low-grade source.
    C,
}

/// Whether both sides of the body work at once.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Laterality {
    /// Both sides together.
    #[default]
    Bilateral,
    /// One side at a time; then the dosage says how the sides share it.
    Unilateral,
}

/// Whether a clinician has signed the content off.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Review {
    /// `draft` until a clinician has read it.
    pub status: ReviewStatus,
    /// The role of the person who reviewed it, such as `physiotherapist`; never a private name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The day of the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The day by which it must be reviewed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// How far a review has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewStatus {
    /// Not reviewed by a clinician.
    #[default]
    Draft,
    /// Reviewed: `by` and `on` say by which role and when.
    Reviewed,
}

/// A muscle, muscle group or region of the body that an exercise means to change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Target {
    /// Its id, such as `erector-spinae`.
    pub id: Id<Target>,
    /// Its name as people read it.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub name: Prose,
    /// The larger region it belongs to; a rule that selects the region selects it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<Id<Target>>,
    /// Where it is and what it does, in plain words.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub definition: Prose,
}

/// A thing that an exercise needs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Equipment {
    /// Its id, such as `tennis-balls`.
    pub id: Id<Equipment>,
    /// Its name as people read it.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub name: Prose,
    /// What to use at home instead, and what must hold for it to be safe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub substitute: Option<Prose>,
}
