//! What a catalog says as it stands: to compare, never to show.

use super::{Bundle, Condition, Exercise, Identity, ReviewSummary, Routine, Screening, Units};
use crate::{Demand, Equipment, Source, Target};

/// The content of a bundle without what makes it one. A catalog with errors has this and no bundle; nothing writes it
/// out, and nothing turns it into a bundle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AsWritten {
    /// The catalog.
    pub catalog: Identity,
    /// Whether a clinician has signed the content off.
    pub review: ReviewSummary,
    /// The units of its numbers.
    pub units: Units,
    /// Every exercise, by id.
    pub exercises: Vec<Exercise>,
    /// Every routine, by id.
    pub routines: Vec<Routine>,
    /// The screenings, by id.
    pub screenings: Vec<Screening>,
    /// The conditions, by id.
    pub conditions: Vec<Condition>,
    /// The demands, by id.
    pub demands: Vec<Demand>,
    /// The targets, by id.
    pub targets: Vec<Target>,
    /// The equipment, by id.
    pub equipment: Vec<Equipment>,
    /// The sources, by id.
    pub sources: Vec<Source>,
}

impl From<Bundle> for AsWritten {
    fn from(bundle: Bundle) -> Self {
        let Bundle {
            format: _,
            version: _,
            catalog,
            review,
            units,
            exercises,
            routines,
            screenings,
            conditions,
            demands,
            targets,
            equipment,
            sources,
        } = bundle;
        Self {
            catalog,
            review,
            units,
            exercises,
            routines,
            screenings,
            conditions,
            demands,
            targets,
            equipment,
            sources,
        }
    }
}
