//! The bundle: the only form of a catalog that front ends show. Everything in it is resolved; nothing needs to be
//! derived, joined or added up by its reader.
//!
//! Two promises hold for every object: a list is always there, also when it is empty, and a key that is absent was
//! not stated. Lists are sorted by id unless their order means something, and then the field says so. Later releases
//! of version 1 may add keys, so readers ignore keys that they do not know. What a bundle was made from stands in its
//! manifest alone, so that the bundle changes only when what it says does.

mod as_written;
mod exercise;
mod manifest;
mod provenance;
mod quantity;
mod read;
mod routine;
mod screening;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use as_written::AsWritten;
pub use exercise::{Because, Contraindication, DemandAsked, Exercise};
pub use manifest::{CatalogVersion, FileHash, Manifest, ManifestFormat, Revision};
pub use provenance::{Allowed, DocumentHash, FindingCounts, PackHash, Provenance};
pub use quantity::{Amount, Dosage, Frequency, Range, Seconds};
pub use routine::{Block, KeptRule, Routine, Step};
pub use screening::{Condition, ConditionQuestion, Screening};

use crate::{
    DEFAULT_SECONDS_PER_REP, Demand, Equipment, Id, Kind, Kinded, Prose, ReviewStatus, Source, Target,
};

/// A validated catalog, ready to be shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Bundle {
    /// What this file is.
    pub format: Format,
    /// The version of the format. Readers refuse a version that they do not know.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// The catalog that it was made from.
    pub catalog: Identity,
    /// Whether a clinician has signed the content off. Front ends show the notice.
    pub review: ReviewSummary,
    /// The units of its numbers, and what was assumed to work them out.
    pub units: Units,
    /// Every exercise, by id.
    pub exercises: Vec<Exercise>,
    /// Every routine, by id.
    pub routines: Vec<Routine>,
    /// The screenings that routines begin with, by id. No exercise is shown to a person who has not answered.
    pub screenings: Vec<Screening>,
    /// Every condition that an exercise, a routine or a screening speaks of, by id.
    pub conditions: Vec<Condition>,
    /// Every demand that an exercise or a condition speaks of, and the broader ones, by id.
    pub demands: Vec<Demand>,
    /// Every target that is spoken of, and the regions that it is part of, by id.
    pub targets: Vec<Target>,
    /// Everything that an exercise needs, by id.
    pub equipment: Vec<Equipment>,
    /// Every source that something in this bundle cites, by id.
    pub sources: Vec<Source>,
}

/// The version of the format, of bundles and their manifests.
pub const VERSION: u32 = 1;

/// The lists of a bundle, each with the kind of what is in it. What others refer to comes before them.
pub const LISTS: [(&str, Kind); 8] = [
    ("sources", Kind::Source),
    ("targets", Kind::Target),
    ("equipment", Kind::Equipment),
    ("demands", Kind::Demand),
    ("conditions", Kind::Condition),
    ("screenings", Kind::Screening),
    ("exercises", Kind::Exercise),
    ("routines", Kind::Routine),
];

/// The name of the format.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub enum Format {
    /// A bundle of nocere.
    #[serde(rename = "nocere-bundle")]
    NocereBundle,
}

/// The catalog that a bundle was made from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Identity {
    /// Its id, in kebab-case.
    pub id: String,
    /// Its name as people read it.
    pub name: Prose,
    /// Its version, `MAJOR.MINOR.PATCH`.
    pub version: String,
    /// The language of its texts, as a BCP 47 tag.
    pub language: String,
}

/// How far the clinical review of the exercises and routines has come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReviewSummary {
    /// `draft` while a single exercise or routine is a draft.
    pub status: ReviewStatus,
    /// How many exercises and routines a clinician has signed off.
    pub reviewed: usize,
    /// How many exercises and routines nobody has signed off.
    pub drafts: usize,
    /// What front ends show with the content, in plain words: what the review covers, and that this is no medical
    /// advice.
    pub notice: Prose,
}

/// The units of a bundle's numbers, and what was assumed to work them out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Units {
    /// The unit of every length of time.
    pub time: TimeUnit,
    /// How long one repetition without a hold is taken to last, in seconds: an assumption, used only to add up
    /// durations.
    pub seconds_per_repetition: u32,
}

/// Units of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TimeUnit {
    /// Whole seconds.
    Second,
}

impl Default for Units {
    fn default() -> Self {
        Self { time: TimeUnit::Second, seconds_per_repetition: DEFAULT_SECONDS_PER_REP }
    }
}

/// Something that is described elsewhere in the bundle, with its name, so that lists can be shown as they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "")]
#[schemars(rename = "{K}Reference", bound = "K: Kinded + JsonSchema")]
pub struct Reference<K> {
    /// Its id.
    pub id: Id<K>,
    /// Its name as people read it.
    pub name: Prose,
}

impl Bundle {
    /// The JSON Schema (2020-12) of a bundle.
    #[must_use]
    pub fn schema() -> Value {
        written_schema::<Self>("bundle")
    }
}

/// The schema of something that is written, and read by others.
fn written_schema<T: JsonSchema>(name: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    crate::schema::without_null(&mut schema);
    for_generators(&mut schema);
    if let Some(object) = schema.as_object_mut() {
        object.insert("$id".into(), json!(format!("https://nocere.invalid/schemas/{name}.schema.json")));
    }
    schema
}

/// Says the same so that generators of types for other languages understand it: they name a type by its `title`, take a
/// `$ref` with anything beside it for a type of its own, and do not know `patternProperties`.
fn for_generators(schema: &mut Value) {
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        for (name, definition) in definitions {
            definition["title"] = name.as_str().into();
        }
    }
    plain_references_and_maps(schema);
}

fn plain_references_and_maps(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(reference) = object.get("$ref").filter(|_| object.len() > 1).cloned() {
                object.shift_remove("$ref");
                object.insert("allOf".into(), json!([{ "$ref": reference }]));
            }
            if let Some(Value::Object(patterns)) = object.get("patternProperties")
                && let Some((pattern, values)) = patterns.clone().into_iter().next()
                && patterns.len() == 1
            {
                object.shift_remove("patternProperties");
                object.insert("propertyNames".into(), json!({ "pattern": pattern }));
                object.insert("additionalProperties".into(), values);
            }
            object.values_mut().for_each(plain_references_and_maps);
        }
        Value::Array(items) => items.iter_mut().for_each(plain_references_and_maps),
        _ => {}
    }
}

/// Makes the schema say what is written: keys are absent rather than null, and nothing is left to a default. Objects
/// stay open, as later releases may add keys. (`x-required` and closed objects are for content files.)
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.shift_remove("x-required");
            object.shift_remove("default");
            for closed in ["additionalProperties", "unevaluatedProperties"] {
                if object.get(closed) == Some(&Value::Bool(false)) {
                    object.shift_remove(closed);
                }
            }
            object.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_known() {
        let schema = Bundle::schema();
        let properties = schema["properties"].as_object().unwrap();
        let lists = properties.iter().filter(|(_, property)| property["type"] == "array");
        let mut lists: Vec<&str> = lists.map(|(name, _)| name.as_str()).collect();
        lists.sort_unstable();
        let mut known: Vec<&str> = LISTS.iter().map(|(list, _)| *list).collect();
        known.sort_unstable();
        assert_eq!(known, lists);
    }
}
