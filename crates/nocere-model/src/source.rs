//! Documents that can be cited.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ClaimStrength, Grade, Id};

/// A document that can be cited.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// Its id, such as `ng59`.
    pub id: Id<Source>,
    /// Its title, or a description where it has none. Titles are quotations and are not linted for claims.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub title: String,
    /// What sort of document it is.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub source_kind: SourceKind,
    /// The best grade that a statement resting on this document alone can have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-required" = true))]
    pub grade: Option<Grade>,
    /// Who wrote or published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The year of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1800, max = 2200))]
    pub year: Option<u16>,
    /// Where to find it: an address without its scheme, a DOI, or a catalogue number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// What it says that matters here, in our own words. It reports what others claim, so it is not linted for claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// How much of it was read.
    #[serde(default)]
    pub reading: Reading,
}

/// The sorts of documents, strongest evidence first.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A clinical guideline.
    Guideline,
    /// A systematic review or meta-analysis.
    SystematicReview,
    /// A controlled trial.
    Trial,
    /// An observational or laboratory study.
    Study,
    /// A consensus statement or Delphi study.
    Consensus,
    /// A leaflet or page of a health service.
    HealthService,
    /// A law, code or ruling.
    Regulation,
    /// A reference work or classification.
    Reference,
    /// A web page or article.
    #[default]
    WebPage,
}

/// How much of a source was read by those who cite it.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// The whole document.
    Whole,
    /// Excerpts or a summary.
    #[default]
    Excerpt,
    /// Nothing: it is known from what others say of it.
    SecondHand,
}

impl Source {
    /// The strongest claim that this document alone can carry: grade A carries `established`, B `likely`, C
    /// `possible`. A document without a grade carries nothing.
    #[must_use]
    pub fn carries(&self) -> Option<ClaimStrength> {
        self.grade.map(|grade| match grade {
            Grade::A => ClaimStrength::Established,
            Grade::B => ClaimStrength::Likely,
            Grade::C => ClaimStrength::Possible,
        })
    }
}
