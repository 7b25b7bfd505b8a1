//! A claim of benefit is stronger than the evidence that it cites.
//!
//! Evidence of grade A carries `established`, B `likely`, C `possible`; a claim without evidence carries nothing. The
//! words count too: "eases pain" says that it is established, whatever `strength` says, while "may ease pain for some
//! people" says that it is possible.
//!
//! ## Why it matters
//!
//! Readers in pain plan their recovery by these sentences. Advertising rules in the United States and the United Kingdom
//! ask for evidence that fits the claim before it is made, and do not accept "preliminary" as an excuse.
//!
//! ## Examples
//!
//! ```yaml bad
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! claims:
//!   - say: Eases tightness in the calves.
//!     strength: established
//!     evidence: [flex]
//! ```
//!
//! ```yaml bad
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! claims:
//!   - say: Eases tightness in the calves.
//!     strength: possible
//!     evidence: [flex]
//! ```
//!
//! ```yaml good
//! kind: exercise
//! id: calf-raise
//! name: Calf raise
//! technique: strengthening
//! demands: [standing]
//! steps: [Stand tall, rise onto the balls of both feet, and lower slowly.]
//! claims:
//!   - say: May ease a feeling of tightness in the calves.
//!     strength: possible
//!     evidence: [flex]
//! ```
//!
//! ## What to do
//!
//! Weaken the words and the `strength` to what the evidence carries; or cite the stronger source; or take the claim out.

use nocere_model::{Claim, ClaimStrength, Exercise, Id, Routine, Source};

use crate::{
    catalog::{Catalog, Entry},
    finding::{Finding, Severity},
    rule::{Check, Definition},
    rules::cite,
};

pub(crate) const RULE: Definition = Definition { severity: Severity::Error, check: Check::Each(check) };

fn check(catalog: &Catalog, entry: &Entry, found: &mut Vec<Finding>) {
    let exercise = entry.reading::<Exercise>(&["claims"]).map(|exercise| &exercise.value().claims);
    let routine = entry.reading::<Routine>(&["claims"]).map(|routine| &routine.value().claims);
    let claims = exercise.or(routine).into_iter().flatten();
    for (index, claim) in claims.enumerate() {
        let Some(carried) = carried(catalog, &claim.evidence) else { continue };
        found.extend(compare(catalog, entry, index, claim, carried));
    }
}

/// The strongest claim that the evidence carries: `Some(None)` when it carries none, `None` when a source is not known
/// and nothing can be said.
fn carried(catalog: &Catalog, evidence: &[Id<Source>]) -> Option<Option<ClaimStrength>> {
    let sources: Vec<_> = evidence.iter().filter_map(|id| catalog.get(id)).collect();
    (sources.len() == evidence.len()).then(|| sources.iter().filter_map(|source| source.carries()).max())
}

fn compare(
    catalog: &Catalog,
    entry: &Entry,
    index: usize,
    claim: &Claim,
    carried: Option<ClaimStrength>,
) -> Option<Finding> {
    let pointer = format!("/claims/{index}");
    let allowed =
        carried.map_or("no claim of benefit".into(), |carried| format!("at most `{}`", word(carried)));
    let finding = if carried.is_none_or(|carried| claim.strength > carried) {
        let key = if claim.evidence.is_empty() { "say" } else { "strength" };
        let what = if claim.evidence.is_empty() {
            "it cites no evidence".into()
        } else {
            format!("its evidence carries {allowed}")
        };
        entry.finding(
            &format!("{pointer}/{key}"),
            format!("this claim is said to be `{}`, and {what}", word(claim.strength)),
        )
    } else {
        let worded = expressed(claim.say.as_str());
        carried.filter(|carried| worded > *carried)?;
        let message = format!(
            "these words say that the benefit is {}, and the evidence carries {allowed}",
            word(worded)
        );
        entry.finding(&format!("{pointer}/say"), message)
    };
    let finding = finding
        .why("Readers in pain plan their recovery by such sentences, and advertising rules ask for evidence that fits them.")
        .help("weaken the words and the strength to what the evidence carries, or cite the stronger source")
        .data("strength", word(claim.strength));
    Some(cite(catalog, finding, &claim.evidence))
}

/// How strong a sentence is by its words alone.
fn expressed(text: &str) -> ClaimStrength {
    let text = text.to_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    if has(&[
        "may",
        "might",
        "can",
        "could",
        "perhaps",
        "possibly",
        "sometimes",
        "some",
        "uncertain",
        "unclear",
    ]) {
        ClaimStrength::Possible
    } else if has(&[
        "likely",
        "often",
        "usually",
        "tends",
        "tend",
        "helps",
        "help",
        "many",
        "probably",
        "generally",
    ]) {
        ClaimStrength::Likely
    } else {
        ClaimStrength::Established
    }
}

fn word(strength: ClaimStrength) -> &'static str {
    match strength {
        ClaimStrength::Possible => "possible",
        ClaimStrength::Likely => "likely",
        ClaimStrength::Established => "established",
    }
}
