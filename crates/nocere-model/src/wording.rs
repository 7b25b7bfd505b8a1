//! Wording data: rules about claims, cues for demands, and the word lists that both use.
//!
//! The patterns in these files are written in the phrase language described in `docs/phrase-rules.md`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Demand, Id, Source};

/// How sure a finding is that the words mean what it says they mean.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, Default,
)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A careful reader could disagree. Shown as a note, and not counted by default.
    Low,
    /// A careful reader would agree in most texts.
    Medium,
    /// A careful reader would agree.
    #[default]
    High,
}

impl Confidence {
    /// One step less sure.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::High => Self::Medium,
            Self::Medium | Self::Low => Self::Low,
        }
    }
}

/// How bad a finding is. Errors block an export.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, Default,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be changed before it is published.
    #[default]
    Warning,
    /// Must not be published.
    Error,
}

/// A set of severities that follows one jurisdiction's advertising rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Profile {
    /// United States: Federal Trade Commission, health products compliance guidance.
    #[serde(rename = "us-ftc")]
    UsFtc,
    /// United Kingdom: Committee of Advertising Practice code.
    #[serde(rename = "uk-cap")]
    UkCap,
    /// European Union: unfair commercial practices directive and medical devices regulation.
    #[serde(rename = "eu")]
    Eu,
    /// Australia: therapeutic goods advertising code.
    #[serde(rename = "au-tga")]
    AuTga,
}

/// What the sentence around a match does with the matched words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// Denied in the same clause: "does not cure", "no result is guaranteed".
    Negated,
    /// Made less certain: "may", "might", "for some people".
    Hedged,
    /// Inside an "if", "when" or "unless" clause.
    Conditional,
    /// The sentence asks a question.
    Question,
    /// Told as what somebody else believes, or named as a myth: "it is a myth that", "so-called".
    Reported,
    /// Inside quotation marks.
    Quoted,
    /// Part of advice against something: "do not", "avoid", "stop if".
    Warning,
    /// Offered as a choice: "or hold a weight", "to make it harder".
    Option,
    /// Part of getting ready: "take the bar from the rack", "before you begin".
    SetUp,
    /// A command: the matched words begin a clause that tells the reader to do something.
    Imperative,
    /// Wished for or aimed at, not stated as a result: "want to", "designed to", "in order to".
    Aim,
    /// About the past of a field or a person: "in the 1970s", "was founded".
    History,
    /// The sentence itself names its evidence: a trial, a year in brackets, a reference number.
    Cited,
}

/// One pattern with the conditions that belong to it alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pattern {
    /// The words to find, in the phrase language: `{cure|heal} ... <condition>`.
    pub find: String,
    /// How sure a match of this pattern is. High when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Further contexts in which a match does not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Context>,
    /// Contexts of the rule's own `unless`, `noted-when` and `softened-by` that do not matter for this pattern.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub despite: Vec<Context>,
    /// A match counts only when all of these contexts hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Context>,
    /// Look-alikes: a match that shares a word with one of these patterns does not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// A match counts only when one of these patterns stands in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// A match does not count when one of these patterns stands in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
}

/// A pattern as written in a file: the words alone, or the words with conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PatternEntry {
    /// The words to find.
    Words(String),
    /// The words to find, with conditions.
    Full(Box<Pattern>),
}

impl From<&PatternEntry> for Pattern {
    fn from(entry: &PatternEntry) -> Self {
        match entry {
            PatternEntry::Words(find) => Pattern { find: find.clone(), ..Pattern::default() },
            PatternEntry::Full(pattern) => (**pattern).clone(),
        }
    }
}

/// Sentences that show what a set of patterns finds and what it leaves alone. They are run as tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Examples {
    /// Each of these must be found.
    #[serde(default)]
    pub flag: Vec<String>,
    /// None of these may be found, although they look alike.
    #[serde(default)]
    pub ok: Vec<String>,
}

/// A kind of unsafe claim: how to recognise it, why it harms, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ClaimRule {
    /// The rule's name; it reads well after "allow": `claim-guarantee`.
    pub id: Id<ClaimRule>,
    /// The codes under which measurements count this rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// How much it matters when no profile is chosen.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub severity: Severity,
    /// How much it matters under each jurisdiction's rules; `severity` holds where one is absent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub profiles: BTreeMap<Profile, Severity>,
    /// What the finding says. `{match}` stands for the matched words, `{name}` for what `<name>` matched.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub message: String,
    /// The harm, and the regulator's rule.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub why: String,
    /// What to write instead, with a good example.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub instead: String,
    /// The sources that `why` rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Id<Source>>,
    /// The wordings that make the claim.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub patterns: Vec<PatternEntry>,
    /// Contexts in which a match does not count. When absent: negated, conditional, question, reported,
    /// warning, history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<Vec<Context>>,
    /// Contexts in which a match is only a note, whatever its confidence. When absent: hedged, quoted, aim,
    /// cited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted_when: Option<Vec<Context>>,
    /// Look-alikes of every pattern: a match that shares a word with one of these does not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// No match counts when one of these patterns stands in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// Sentences that must and must not be found.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub examples: Examples,
}

/// A named class of words and phrases that patterns use as `<name>`.
///
/// Several lexicons with one id add up, so a catalog can extend a built-in class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lexicon {
    /// The name that patterns use: `condition` for `<condition>`.
    pub id: Id<Lexicon>,
    /// What belongs in this class and what does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Nouns and noun phrases; the plural of the last word is found too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nouns: Vec<String>,
    /// Verbs and phrasal verbs; all forms of the first word are found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verbs: Vec<String>,
    /// Words and phrases found exactly as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Members written in the phrase language: `[lower] <body-part> pain`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<String>,
}

/// The wordings that show one demand: "lie face down" shows `prone`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cue {
    /// The id of this cue file.
    pub id: Id<Cue>,
    /// The demand that the words show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-required" = true))]
    pub demand: Option<Id<Demand>>,
    /// The wordings that show it.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub patterns: Vec<PatternEntry>,
    /// Contexts in which a match does not count. When absent: negated, question, warning, option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<Vec<Context>>,
    /// Contexts that make a match one step less sure. When absent: hedged, conditional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub softened_by: Option<Vec<Context>>,
    /// Look-alikes of every pattern: a match that shares a word with one of these does not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// No match counts when one of these patterns stands in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// Texts that must and must not be found.
    #[serde(default)]
    #[schemars(extend("x-required" = true))]
    pub examples: Examples,
}
