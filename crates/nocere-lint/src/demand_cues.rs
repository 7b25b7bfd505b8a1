//! What the words of an exercise show that it asks of the body.
//!
//! The phrase engine reads sentence by sentence. What a sentence means can depend on the rest of the exercise:
//! "sit on the bench" is a position, or the way into lying on it. So a cue may name demands that the rest must show
//! (`when-shown`) or must not show (`unless-shown`).

use std::collections::HashSet;
use std::ops::Range;

use nocere_model::{Confidence, Cue, CuePlace, Demand, Id, Lexicon};

use crate::phrase::{Hit, PatternError, PatternSet, Wording};

/// The cues of a catalog, ready to read exercises with.
#[derive(Debug)]
pub struct DemandCues {
    cues: Vec<Cue>,
    wording: Wording,
}

/// Words that show a demand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown<'c> {
    /// Which text, counted as given.
    pub text: usize,
    /// The bytes of the text.
    pub range: Range<usize>,
    /// The cue that found them.
    pub cue: &'c Cue,
    /// The demand that they show.
    pub demand: &'c str,
    /// How sure that is.
    pub confidence: Confidence,
}

impl DemandCues {
    /// Compiles cues that use these lexicons. Cues that name no demand are left out.
    pub fn compile(
        lexicons: &[Lexicon],
        cues: impl IntoIterator<Item = Cue>,
    ) -> Result<Self, Vec<PatternError>> {
        let cues: Vec<Cue> = cues.into_iter().filter(|cue| cue.demand.is_some()).collect();
        let sets: Vec<PatternSet> = cues.iter().map(PatternSet::from).collect();
        Ok(Self { wording: Wording::compile(lexicons, &sets)?, cues })
    }

    /// The cues that are used.
    #[must_use]
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    /// Everything that the texts of one exercise show, in their order.
    #[must_use]
    pub fn read<'c>(&'c self, texts: &[(CuePlace, &str)]) -> Vec<Shown<'c>> {
        let mut all = Vec::new();
        let mut hits: Vec<Hit> = Vec::new();
        for (text, (place, words)) in texts.iter().enumerate() {
            hits.clear();
            self.wording.find(words, &mut hits);
            all.extend(hits.drain(..).filter_map(|hit| {
                let cue = self.cues.get(hit.set)?;
                let demand = cue.demand.as_ref()?.as_str();
                let here = cue.place.is_none_or(|wanted| wanted == *place);
                here.then_some(Shown { text, range: hit.range, cue, demand, confidence: hit.confidence })
            }));
        }
        self.weigh(&mut all);
        all
    }

    /// Drops what the rest of the exercise does not bear out. Each demand is settled after those that its cues ask
    /// for; where they ask for each other, the first in the list of cues is settled first.
    fn weigh(&self, all: &mut Vec<Shown<'_>>) {
        let mut sure: HashSet<&str> = HashSet::new();
        let mut waiting: Vec<&Cue> = self.cues.iter().collect();
        while !waiting.is_empty() {
            let unsettled = |cue: &&Cue| {
                cue.conditions().any(|asked| {
                    Some(asked) != cue.demand.as_ref()
                        && waiting.iter().any(|other| other.demand.as_ref() == Some(asked))
                })
            };
            let (mut later, mut now): (Vec<&Cue>, Vec<&Cue>) = waiting.iter().copied().partition(unsettled);
            if now.is_empty() {
                now.push(later.remove(0));
            }
            waiting = later;
            for cue in now {
                let is_sure = |demand: &Id<Demand>| sure.contains(demand.as_str());
                let counts = (cue.when_shown.is_empty() || cue.when_shown.iter().any(is_sure))
                    && !cue.unless_shown.iter().any(is_sure);
                all.retain(|shown| counts || shown.cue.id != cue.id);
                let found = all.iter().filter(|shown| shown.cue.id == cue.id);
                sure.extend(
                    found.filter(|shown| shown.confidence > Confidence::Low).map(|shown| shown.demand),
                );
            }
        }
    }
}
