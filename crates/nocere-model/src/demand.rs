//! What an exercise asks of the body.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Id, Prose};

/// One thing an exercise can ask of the body: a position, a motion at its end range, tension, load, contact or
/// systemic strain. Conditions forbid demands, and so contraindications are derived.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Demand {
    /// Its id, such as `lumbar-flexion`.
    pub id: Id<Demand>,
    /// Its name as people read it.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub name: Prose,
    /// Which sort of demand it is.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub group: DemandGroup,
    /// The wider demand that this one is a case of. What forbids the wider one forbids this one too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broader: Option<Id<Demand>>,
    /// What counts and what does not, so that two editors decide alike.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub definition: Prose,
}

/// The sorts of demands.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DemandGroup {
    /// The position that the body takes.
    #[default]
    Position,
    /// A joint motion, at or near its end range.
    Motion,
    /// Tension on a nerve.
    Tension,
    /// Force through bones, joints or muscles.
    Load,
    /// Pressure on skin or deeper tissue.
    Contact,
    /// Strain on circulation, breath, pressure or balance.
    Systemic,
}
