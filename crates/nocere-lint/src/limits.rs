//! What a file may cost at most: `[limits]` in `nocere.toml`. A file beyond a limit gets a finding that names it.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, Unexpected, Visitor},
};

/// What a file may cost at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Limits {
    /// The size of one file, in MiB.
    #[serde(default)]
    pub file_mib: Limit<16, 1024>,
    /// Keys, values and items in one document.
    #[serde(default)]
    pub values: Limit<50_000, 5_000_000>,
    /// Lists and mappings inside each other.
    #[serde(default)]
    pub depth: Limit<32, 100>,
}

impl Limits {
    /// The most that any `nocere.toml` can allow.
    pub const MOST: Self = Self { file_mib: Limit::HIGHEST, values: Limit::HIGHEST, depth: Limit::HIGHEST };

    /// The size of one file, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.file_mib.get() << 20
    }

    /// What is wrong with a file of more bytes than that, to be said of it.
    #[must_use]
    pub fn too_large(&self) -> String {
        format!("larger than {} MiB, the limit `{}`", self.file_mib, Self::FILE_MIB)
    }

    /// What these settings are called.
    pub const FILE_MIB: &str = "limits.file-mib";
    /// See there.
    pub(crate) const VALUES: &str = "limits.values";
    /// See there.
    pub(crate) const DEPTH: &str = "limits.depth";
}

/// What to do about a document that is beyond a limit.
pub(crate) fn help(name: &str) -> String {
    format!("split it: one document a file; if it must be so, set `{name}` in nocere.toml")
}

/// A limit: a whole number from 1 to `MOST`, and `USUAL` where nothing is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Limit<const USUAL: u32, const MOST: u32>(u32);

impl<const USUAL: u32, const MOST: u32> Limit<USUAL, MOST> {
    /// The highest that can be set.
    const HIGHEST: Self = Self(MOST);

    /// The number.
    #[must_use]
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

impl<const USUAL: u32, const MOST: u32> Default for Limit<USUAL, MOST> {
    fn default() -> Self {
        Self(USUAL)
    }
}

impl<const USUAL: u32, const MOST: u32> fmt::Display for Limit<USUAL, MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de, const USUAL: u32, const MOST: u32> Deserialize<'de> for Limit<USUAL, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number<const USUAL: u32, const MOST: u32>;
        impl<const USUAL: u32, const MOST: u32> Visitor<'_> for Number<USUAL, MOST> {
            type Value = u32;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a whole number from 1 to {MOST}; {USUAL} is usual")
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<u32, E> {
                let limit = u32::try_from(number).ok().filter(|limit| (1..=MOST).contains(limit));
                limit.ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<u32, E> {
                self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
        deserializer.deserialize_i64(Number::<USUAL, MOST>).map(Self)
    }
}

impl<const USUAL: u32, const MOST: u32> JsonSchema for Limit<USUAL, MOST> {
    fn schema_name() -> Cow<'static, str> {
        format!("LimitTo{MOST}").into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL })
    }
}
