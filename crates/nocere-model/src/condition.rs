//! Diagnoses, states and life phases, and what they forbid.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{Demand, Grade, Id, Level, Prose, Source};

/// A diagnosis, state or life phase that holds some exercises back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Condition {
    /// Its id, such as `sciatica`.
    pub id: Id<Condition>,
    /// Its name as people read it.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub name: Prose,
    /// Its codes in public classifications.
    #[serde(default)]
    pub codes: Codes,
    /// The screening question, in plain words, that a yes answers.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub ask: Prose,
    /// Which demands it forbids or limits, why, and on whose authority.
    #[serde(default)]
    pub limits: Vec<Limit>,
    /// Why it has no limits, where it has none: over-restriction is a defect too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_limits_because: Option<Prose>,
    /// What an editor should know: how sure the knowledge is, what is disputed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// Where the condition itself is described.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
}

/// One row of a condition: a demand, how strongly it is held back, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Limit {
    /// The demand; narrower demands are held back with it.
    pub demand: Id<Demand>,
    /// `avoid` or `caution`.
    pub level: Level,
    /// Why it harms, in plain words.
    pub because: Prose,
    /// For how long or until when the limit holds, where it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Prose>,
    /// How strong the authority is.
    pub grade: Grade,
    /// Who says so.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
}

/// Codes of a condition in public classifications.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// Codes of ICD-10-CM, the United States clinical modification (WHO's ICD-10 differs). A trailing `-` stands for
    /// every code below.
    #[serde(rename = "icd-10-cm", default)]
    pub icd_10_cm: Vec<Icd10Cm>,
}

/// A code of ICD-10-CM, such as `M54.16` or `M54.3-`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Icd10Cm(String);

const ICD_PATTERN: &str = "^[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?-?$";

impl Icd10Cm {
    /// Reads a code; `None` when the text does not have the form of one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let code = text.strip_suffix('-').unwrap_or(text).as_bytes();
        let upper = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
        let good = code.len() >= 3
            && code[0].is_ascii_uppercase()
            && code[1].is_ascii_digit()
            && upper(&code[2])
            && match &code[3..] {
                [] => true,
                [b'.', detail @ ..] => (1..=4).contains(&detail.len()) && detail.iter().all(upper),
                _ => false,
            };
        good.then(|| Self(text.to_owned()))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Icd10Cm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl Serialize for Icd10Cm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for Icd10Cm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| D::Error::custom("an ICD-10-CM code looks like `M54.16`"))
    }
}
impl JsonSchema for Icd10Cm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "icd-10-cm".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": ICD_PATTERN, "examples": ["M54.16", "M54.3-"] })
    }
}

#[cfg(test)]
mod tests {
    use super::Icd10Cm;

    #[test]
    fn codes_have_the_form_of_the_classification() {
        for good in ["M54.16", "M54.3-", "I10", "M80.08XA", "Z96.64-", "I82.40-", "H81.1-"] {
            assert!(Icd10Cm::new(good).is_some(), "{good}");
        }
        for bad in ["", "M5", "54.1", "m54.1", "M54.", "M54.12345", "M54 16", "--"] {
            assert!(Icd10Cm::new(bad).is_none(), "{bad}");
        }
    }
}
