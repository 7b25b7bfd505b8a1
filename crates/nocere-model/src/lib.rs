//! What exercise content is: the document kinds, their ids, units and vocabularies, and the bundle that front
//! ends read.
//!
//! Every type here derives both its reader (serde) and its JSON Schema (schemars), so the docstring on a field is
//! the description that an editor sees while typing. This crate does no I/O and knows no rule.

mod adaptation;
pub mod bundle;
mod condition;
mod date;
mod demand;
mod dosage;
mod exercise;
mod id;
mod kind;
mod ordering;
mod prose;
mod quantity;
mod routine;
mod schema;
mod screening;
mod source;
mod vocabulary;
mod wording;

pub use adaptation::{Adaptations, AdaptedStep, Audience, NO_ROUTINE, Shown};
pub use bundle::Bundle;
pub use condition::{Codes, Condition, Icd10Cm, Limit};
pub use date::Date;
pub use demand::{Demand, DemandGroup};
pub use dosage::{DEFAULT_SECONDS_PER_REP, Dosage, DosageGuide, Sides};
pub use exercise::{
    Claim, ClaimStrength, Contraindication, Exercise, Feel, Import, Outcome, Position, Stance, StanceKind,
};
pub use id::{Id, IdError};
pub use kind::{Content, Kind, Kinded, Tombstone, document_schema};
pub use ordering::{Applies, OneOrMany, OrderingRule, Relation, Selector};
pub use prose::Prose;
pub use quantity::{Count, Duration, Frequency, Period, QuantityError};
pub use routine::{Block, Routine, Step, StepDetail};
pub use screening::{RedFlag, Screening, Urgency};
pub use source::{Reading, Source, SourceKind};
pub use vocabulary::{
    Difficulty, Equipment, Grade, Laterality, Level, Review, ReviewStatus, Target, Technique,
};
pub use wording::*;
