//! The wording knowledge of a catalog and its packs, compiled once and shared by every rule that reads prose.

use std::sync::{Arc, OnceLock};

use nocere_model::{ClaimRule, Cue, CuePlace, Demand, Id, Kind, Lexicon};

use crate::{
    catalog::{Catalog, Doc, Entry, Layer},
    demand_cues::{self, Shown},
    phrase::{Hit, PatternError, PatternSet, Wording},
    session::BUILT_IN_PACK,
};

/// Claim rules and demand cues, compiled.
#[derive(Debug)]
pub(crate) struct Wordings {
    claims: Compiled,
    cues: Compiled,
    /// What is wrong with the patterns: the kind of the document, and the fault.
    pub(crate) faults: Vec<(Kind, PatternError)>,
}

/// One engine, and the documents behind its pattern sets by id.
#[derive(Debug, Default)]
struct Compiled {
    wording: Option<Wording>,
    ids: Vec<String>,
}

impl Wordings {
    /// The wordings of a catalog. Most catalogs use those of the built-in pack as they are: these are compiled once
    /// in the life of the process.
    pub(crate) fn shared(catalog: &Catalog) -> Arc<Self> {
        static BUILT_IN: OnceLock<Arc<Wordings>> = OnceLock::new();
        let of_wording =
            |entry: &&Entry| matches!(entry.kind, Some(Kind::ClaimRule | Kind::Cue | Kind::Lexicon));
        let mut entries = catalog.entries().iter().filter(of_wording).peekable();
        let built_in = |entry: &Entry| {
            entry.layer == Layer::Pack(BUILT_IN_PACK.into())
                && entry.document.source.path.starts_with("core:")
        };
        // A catalog without the pack has no wordings at all, and nothing to share.
        let only_built_in = entries.peek().is_some() && entries.all(built_in);
        match only_built_in {
            true => Arc::clone(BUILT_IN.get_or_init(|| Arc::new(Self::of(catalog)))),
            false => Arc::new(Self::of(catalog)),
        }
    }

    /// Compiles what a catalog has. A document with a broken pattern is left out, and reported.
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let mut faults = Vec::new();
        let lexicons: Vec<Lexicon> = catalog
            .entries()
            .iter()
            .filter_map(|entry| entry.doc::<Lexicon>())
            .map(|doc| doc.value().clone())
            .collect();
        let claims = catalog.all::<ClaimRule>().iter().map(|rule| PatternSet::from(rule.value())).collect();
        let cues = catalog.all::<Cue>().iter().map(|cue| PatternSet::from(cue.value())).collect();
        let claims = Compiled::of(Kind::ClaimRule, lexicons.clone(), claims, &mut faults);
        let cues = Compiled::of(Kind::Cue, lexicons, cues, &mut faults);
        faults.dedup();
        Self { claims, cues, faults }
    }

    /// The claims that a text makes, each with the rule that speaks of it.
    pub(crate) fn claims<'c>(&self, catalog: &'c Catalog, text: &str) -> Vec<(Doc<'c, ClaimRule>, Hit)> {
        let hits = self.claims.hits(text).into_iter();
        hits.filter_map(|hit| Some((catalog.entry(Kind::ClaimRule, &self.claims.ids[hit.set])?.doc()?, hit)))
            .collect()
    }

    /// The words of one text that a cue finds, whatever the rest of the exercise says.
    pub(crate) fn cues<'c>(&self, catalog: &'c Catalog, text: &str) -> Vec<(Doc<'c, Cue>, Hit)> {
        let hits = self.cues.hits(text).into_iter();
        hits.filter_map(|hit| Some((catalog.entry(Kind::Cue, &self.cues.ids[hit.set])?.doc()?, hit)))
            .collect()
    }

    /// What the telling texts of one exercise show that it asks of the body, each with the cue that shows it. The texts
    /// are searched once, whoever asks.
    pub(crate) fn demands_shown<'c>(
        &self,
        catalog: &'c Catalog,
        entry: &Entry,
        texts: &[(CuePlace, &str)],
    ) -> Vec<Shown<'c>> {
        let cues: Vec<Option<&Cue>> = catalog.cues().collect();
        let search = || texts.iter().map(|(_, text)| self.cues.hits(text)).collect();
        let hits: &Vec<Vec<Hit>> = entry.cue_hits.get_or_init(search);
        demand_cues::read(&cues, |text| hits.get(text).cloned().unwrap_or_default(), texts)
    }

    /// The ids of the compiled cues, in their order.
    pub(crate) fn cue_ids(&self) -> &[String] {
        &self.cues.ids
    }

    /// The demands that some cue can show.
    pub(crate) fn demands_with_cues<'c>(&self, catalog: &'c Catalog) -> Vec<&'c Id<Demand>> {
        catalog.cues().flatten().filter_map(|cue| cue.demand.as_ref()).collect()
    }
}

impl Compiled {
    fn of(
        kind: Kind,
        mut lexicons: Vec<Lexicon>,
        mut sets: Vec<PatternSet>,
        faults: &mut Vec<(Kind, PatternError)>,
    ) -> Self {
        // Each round leaves out the documents at fault; a lexicon that goes can leave others without a class.
        for _ in 0..8 {
            match Wording::compile(&lexicons, &sets) {
                Ok(wording) => {
                    return Self {
                        wording: Some(wording),
                        ids: sets.into_iter().map(|set| set.id).collect(),
                    };
                }
                Err(errors) => {
                    let faulty = |id: &str| errors.iter().any(|error| error.id == id);
                    let is_lexicon = |id: &str| lexicons.iter().any(|lexicon| lexicon.id.as_str() == id);
                    for error in &errors {
                        let kind = if is_lexicon(&error.id) { Kind::Lexicon } else { kind };
                        if !faults.contains(&(kind, error.clone())) {
                            faults.push((kind, error.clone()));
                        }
                    }
                    sets.retain(|set| !faulty(&set.id));
                    lexicons.retain(|lexicon| !faulty(lexicon.id.as_str()));
                }
            }
        }
        Self::default()
    }

    fn hits(&self, text: &str) -> Vec<Hit> {
        self.wording.as_ref().map(|wording| wording.hits(text)).unwrap_or_default()
    }
}
