//! Placeholder until the phrase engine's types land.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Id;

/// A rule about wording.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClaimRule {
    /// Its id.
    pub id: Id<ClaimRule>,
}
/// Words that show a demand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Cue {
    /// Its id.
    pub id: Id<Cue>,
}
/// A named class of words.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Lexicon {
    /// Its id.
    pub id: Id<Lexicon>,
}
