//! What the words of an exercise show that it asks of the body, and who must be held back because of it.

use nocere_lint::{
    Session,
    catalog::Catalog,
    demand_cues::{DemandCues, Shown},
    derivation::{broader, derive},
};
use nocere_model::{Confidence, Cue, CuePlace, Demand, Exercise, Id, Level, Lexicon};

use crate::ImportError;

/// The built-in pack, and its demand cues made ready.
pub(crate) struct Pack {
    pub(crate) catalog: Catalog,
    cues: DemandCues,
}

/// A demand that words show.
#[derive(Clone, Debug)]
pub(crate) struct Proposed {
    pub(crate) demand: Id<Demand>,
    pub(crate) confidence: Confidence,
    /// Where the words stand: 0 for the name, and the number of the step.
    pub(crate) step: usize,
    pub(crate) words: String,
}

/// A contraindication that follows from the proposed demands.
#[derive(Clone, Debug)]
pub(crate) struct Follows {
    pub(crate) condition: String,
    pub(crate) level: Level,
    pub(crate) because: String,
}

impl Pack {
    pub(crate) fn core() -> Result<Self, ImportError> {
        let catalog = Session::core_pack();
        let lexicons: Vec<Lexicon> = catalog.all::<Lexicon>().iter().map(|doc| doc.value().clone()).collect();
        let cues: Vec<Cue> = catalog.all::<Cue>().iter().map(|doc| doc.value().clone()).collect();
        let cues = DemandCues::compile(&lexicons, cues).map_err(|_| {
            ImportError::new(
                "the demand cues of the built-in pack cannot be read",
                "report this: it is a fault of this program",
            )
        })?;
        Ok(Self { catalog, cues })
    }

    /// The demands that a name and steps show, each with its surest words, by id. A demand for which a narrower one is
    /// shown as surely is left out: the narrower one holds back everybody whom the broader one does.
    pub(crate) fn demands(&self, name: &str, steps: &[String]) -> Vec<Proposed> {
        let mut texts = vec![(CuePlace::Name, name)];
        texts.extend(steps.iter().map(|step| (CuePlace::Text, step.as_str())));
        let mut shown: Vec<Shown<'_>> = self.cues.read(&texts);
        // The surest words first, and the steps before the name: they say how.
        shown.sort_by_key(|shown| {
            (shown.demand.clone(), std::cmp::Reverse(shown.confidence), shown.text == 0, shown.text)
        });
        shown.dedup_by(|later, first| later.demand == first.demand);
        let said_narrower = |lead: &Shown<'_>| {
            shown.iter().any(|other| {
                other.demand != lead.demand
                    && other.confidence >= lead.confidence
                    && broader(&self.catalog, other.demand).contains(&lead.demand)
            })
        };
        let kept = shown.iter().filter(|lead| !said_narrower(lead));
        kept.map(|shown| Proposed {
            demand: shown.demand.clone(),
            confidence: shown.confidence,
            step: shown.text,
            words: texts[shown.text].1.get(shown.range.clone()).unwrap_or_default().to_owned(),
        })
        .collect()
    }

    /// Everybody whom these demands hold back, by condition, with the pack's own reason.
    pub(crate) fn follows(&self, exercise: &Exercise) -> Vec<Follows> {
        derive(&self.catalog, exercise)
            .iter()
            .map(|derived| Follows {
                condition: derived.condition.id.to_string(),
                level: derived.level,
                because: derived.lead().limit.because.as_str().to_owned(),
            })
            .collect()
    }
}
