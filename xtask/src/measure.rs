//! What the measurements share: the pack that they measure, the two halves, the figures.

use std::path::{Path, PathBuf};

use nocere_lint::document::Document;
use nocere_lint::position::SourceText;
use nocere_model::{ClaimRule, Content, Cue, Demand, Kind, Lexicon};
use serde_json::Value;

/// The wording data of a pack.
#[derive(Default)]
pub(crate) struct Pack {
    pub(crate) lexicons: Vec<Lexicon>,
    pub(crate) rules: Vec<ClaimRule>,
    pub(crate) cues: Vec<Cue>,
    pub(crate) demands: Vec<Demand>,
}

impl Pack {
    /// Reads it from the files, so that a change needs no compiling.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let mut pack = Self::default();
        for part in ["lexicon", "claims", "cues", "demands"] {
            let Ok(entries) = std::fs::read_dir(folder.join(part)) else { continue };
            let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            paths.sort();
            for path in paths {
                pack.add(&path)?;
            }
        }
        Ok(pack)
    }

    fn add(&mut self, path: &Path) -> Result<(), String> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
        let document = Document::read(SourceText::new(&*name, text));
        if let Some(fault) = document.faults.first() {
            return Err(format!("{name}: {}", fault.message));
        }
        let Value::Object(mut map) = document.to_value() else {
            return Err(format!("{name}: not a mapping"));
        };
        let kind = map.shift_remove("kind").and_then(|kind| kind.as_str()?.parse::<Kind>().ok());
        let kind = kind.ok_or(format!("{name}: no kind"))?;
        match Content::decode(kind, Value::Object(map)).map_err(|error| format!("{name}: {error}"))? {
            Content::Lexicon(lexicon) => self.lexicons.push(lexicon),
            Content::ClaimRule(rule) => self.rules.push(rule),
            Content::Cue(cue) => self.cues.push(cue),
            Content::Demand(demand) => self.demands.push(demand),
            _ => {}
        }
        Ok(())
    }
}

/// A number for a key, the same on every machine.
pub(crate) fn hash(key: &str) -> u64 {
    let hash = key
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let hash = hash ^ (hash >> 32);
    hash ^ (hash >> 16)
}

/// Whether something with this key belongs to the half that is not read while rules are written.
pub(crate) fn is_blind(key: &str) -> bool {
    hash(key) & 8 != 0
}

/// How often what was found and what was wanted agree.
#[derive(Default, Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) hit: usize,
    pub(crate) miss: usize,
    pub(crate) alarm: usize,
    pub(crate) quiet: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, wanted: bool, found: bool) {
        match (wanted, found) {
            (true, true) => self.hit += 1,
            (true, false) => self.miss += 1,
            (false, true) => self.alarm += 1,
            (false, false) => self.quiet += 1,
        }
    }

    pub(crate) fn print(&self, name: &str) {
        let ratio = |a: usize, b: usize| if a + b == 0 { f64::NAN } else { a as f64 / (a + b) as f64 };
        let (precision, recall) = (ratio(self.hit, self.alarm), ratio(self.hit, self.miss));
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!(
            "{name:34} precision {precision:5.3}  recall {recall:5.3}  F1 {f1:5.3}   found {:3}  missed {:3}  false alarms {:3}  quiet {:3}",
            self.hit, self.miss, self.alarm, self.quiet
        );
    }
}
