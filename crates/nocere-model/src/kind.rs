//! The document kinds: each is named once, here.

use std::fmt;

use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    ClaimRule, Condition, Cue, Demand, DosageGuide, Equipment, Exercise, Id, Lexicon, OrderingRule, Prose,
    RedFlag, Routine, Screening, Source, Target,
};

/// A type whose documents have a kind.
pub trait Kinded: Sized {
    /// The kind.
    const KIND: Kind;
    /// The document, when it is of this kind.
    fn of(content: &Content) -> Option<&Self>;
}

macro_rules! kinds {
    ($($kind:ident = $name:literal),+ $(,)?) => {
        /// What a document is: the value of its `kind:`.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        #[allow(missing_docs)]
        pub enum Kind { $($kind),+ }

        /// A document, read.
        #[derive(Clone, PartialEq, Debug)]
        #[allow(missing_docs, clippy::large_enum_variant)]
        pub enum Content { $($kind($kind)),+ }

        impl Kind {
            /// Every kind, in the order of the docs.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// Its name, as written after `kind:`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),+ }
            }

            /// The JSON Schema (2020-12) of its documents, `kind` included.
            #[must_use]
            pub fn schema(self) -> Value {
                match self { $(Self::$kind => schema_of::<$kind>()),+ }
            }
        }

        impl Content {
            /// Reads a document of a kind from its value without `kind` and `overrides`.
            ///
            /// # Errors
            /// When the value does not fit the kind's schema.
            pub fn decode<'de, D: serde::Deserializer<'de>>(kind: Kind, value: D) -> Result<Self, D::Error> {
                match kind { $(Kind::$kind => $kind::deserialize(value).map(Self::$kind)),+ }
            }
        }

        $(impl Kinded for $kind {
            const KIND: Kind = Kind::$kind;
            fn of(content: &Content) -> Option<&Self> {
                match content {
                    Content::$kind(content) => Some(content),
                    _ => None,
                }
            }
        })+
    };
}

kinds! {
    Exercise = "exercise",
    Routine = "routine",
    Condition = "condition",
    RedFlag = "red-flag",
    Screening = "screening",
    Demand = "demand",
    Target = "target",
    Equipment = "equipment",
    OrderingRule = "ordering-rule",
    DosageGuide = "dosage-guide",
    Source = "source",
    ClaimRule = "claim-rule",
    Cue = "cue",
    Lexicon = "lexicon",
    Tombstone = "tombstone",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Kind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|kind| kind.name() == text).ok_or(())
    }
}

/// A retired id: it stays taken for ever, so that no old link shows a different exercise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tombstone {
    /// The retired id.
    pub id: Id<Tombstone>,
    /// The kind it was of.
    pub was: Kind,
    /// Why it was retired.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub because: Prose,
    /// The id that takes its place, of the same kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

/// The JSON Schema of one kind's documents.
fn schema_of<T: JsonSchema + Kinded>() -> Value {
    let schema: Schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    let mut schema = schema.to_value();
    crate::schema::without_null(&mut schema);
    if let Some(object) = schema.as_object_mut() {
        object.insert("$id".into(), json!(format!("https://nocere.invalid/schemas/{}.schema.json", T::KIND)));
        if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
            let kind =
                json!({ "type": "string", "const": T::KIND.name(), "description": "What this document is." });
            properties.shift_insert(0, "kind".into(), kind);
            let overrides = json!({
                "type": "string",
                "description": "This document replaces the one of the same id in this pack. Say so on purpose: a changed rule changes who is shown what.",
            });
            properties.insert("overrides".into(), overrides);
        }
        let required = required(object);
        object.insert("required".into(), required);
    }
    schema
}

/// The top-level keys that must be there. Readers fill each of them with a stand-in, so that a document with a missing
/// key is still linted; `x-required` marks the ones for which that is only a stand-in, and no default.
fn required(schema: &mut serde_json::Map<String, Value>) -> Value {
    let mut required = vec![json!("kind"), json!("id")];
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (name, property) in properties.into_iter().flatten() {
        if let Some(property) = property.as_object_mut()
            && property.shift_remove("x-required").is_some()
        {
            property.shift_remove("default");
            required.push(json!(name));
        }
    }
    required.into()
}

/// One schema for a document of any kind, for editors: `kind` chooses the branch.
#[must_use]
pub fn document_schema() -> Value {
    let branches: Vec<Value> = Kind::ALL
        .iter()
        .map(|kind| {
            json!({
                "if": { "properties": { "kind": { "const": kind.name() } }, "required": ["kind"] },
                "then": { "$ref": format!("{kind}.schema.json") },
            })
        })
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://nocere.invalid/schemas/document.schema.json",
        "title": "nocere document",
        "description": "A document of an exercise catalog; `kind` says which.",
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {
                "description": "What this document is.",
                "enum": Kind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
            },
        },
        "allOf": branches,
    })
}
