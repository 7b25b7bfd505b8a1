//! `cargo xtask measure demands`: how well the demand cues agree with labelled exercise texts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use nocere_lint::demand_cues::{DemandCues, Shown};
use nocere_model::{Confidence, CuePlace, Demand};

use crate::measure::{Pack, Tally, is_blind};

/// The demands that labels speak of. A narrower demand counts as the measured one that is broader.
const MEASURED: [&str; 31] = [
    "standing",
    "seated",
    "supine",
    "prone",
    "side-lying",
    "quadruped",
    "kneeling",
    "lumbar-flexion",
    "lumbar-extension",
    "lumbar-rotation",
    "lumbar-side-bending",
    "hip-flexion-end-range",
    "hip-extension-end-range",
    "hip-rotation-end-range",
    "hip-adduction-past-midline",
    "knee-flexion-deep",
    "weight-on-knees",
    "weight-on-wrists",
    "sciatic-nerve-tension",
    "femoral-nerve-tension",
    "spinal-compression",
    "external-load",
    "direct-pressure",
    "traction",
    "head-below-heart",
    "breath-hold-strain",
    "abdominal-pressure",
    "balance-demand",
    "impact",
    "neck-load",
    "overhead-arms",
];

/// Options of the measurement.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Exercise texts, one JSON object a line; labelled with `positions`, `loads` and `uncertain`
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// List misses and false alarms, text by text
    #[arg(long)]
    list: bool,
    /// Which half to show: look at texts of the blind half only to report, never to tune
    #[arg(long, default_value = "tune", value_parser = ["tune", "blind", "all"])]
    half: String,
    /// List only what concerns this demand
    #[arg(long)]
    demand: Option<String>,
    /// Print what is found in each text, a JSON object a line, and no figures; the texts need no labels
    #[arg(long)]
    dump: bool,
    /// The folder with the cues, demands and lexicons
    #[arg(long, default_value = "catalog/core")]
    pack: PathBuf,
}

#[derive(serde::Deserialize)]
struct Labelled {
    id: String,
    name: String,
    instructions: Vec<String>,
    #[serde(default)]
    positions: Vec<String>,
    #[serde(default)]
    loads: Vec<String>,
    #[serde(default)]
    uncertain: Vec<String>,
}

/// A text with what the cues say.
struct Judged {
    text: Labelled,
    half: &'static str,
    /// Demand, confidence, cue, words.
    found: Vec<(String, Confidence, String, String)>,
}

impl Judged {
    fn assigned(&self, demand: &str) -> bool {
        self.text.positions.iter().chain(&self.text.loads).any(|label| label == demand)
    }

    fn doubted(&self, demand: &str) -> bool {
        self.text.uncertain.iter().any(|label| label == demand)
    }

    fn finds(&self, demand: &str) -> bool {
        self.found.iter().any(|(found, sure, ..)| found == demand && *sure > Confidence::Low)
    }

    fn words(&self, demand: &str) -> String {
        let mine = self.found.iter().filter(|(found, ..)| found == demand);
        let mine = mine.map(|(_, sure, cue, words)| format!("{cue} {sure:?} “{words}”"));
        mine.collect::<Vec<_>>().join("; ")
    }
}

/// How doubtful labels count.
#[derive(Clone, Copy)]
enum Doubt {
    LeftOut,
    /// Assigned with doubt must be found; rejected with doubt must not.
    Strict,
    /// Whatever was found is right.
    Lenient,
}

/// Reads the texts, runs the cues and prints the figures.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let pack = Pack::read(&options.pack)?;
    let broader: BTreeMap<String, String> = pack
        .demands
        .iter()
        .filter_map(|demand: &Demand| Some((demand.id.to_string(), demand.broader.as_ref()?.to_string())))
        .collect();
    let cues = DemandCues::compile(&pack.lexicons, pack.cues)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    for file in &options.files {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let mut judged = Vec::new();
        for (line, json) in text.lines().enumerate().filter(|(_, json)| !json.trim().is_empty()) {
            let text: Labelled = serde_json::from_str(json)
                .map_err(|error| format!("{}:{}: {error}", file.display(), line + 1))?;
            judged.push(judge(&cues, &broader, text));
        }
        judged.retain(|one| options.half == "all" || one.half == options.half);
        if options.dump {
            dump(&judged);
        } else {
            println!("== {}, half: {} ({} texts)", file.display(), options.half, judged.len());
            figures(&judged);
        }
        if options.list {
            list(&judged, options.demand.as_deref());
        }
    }
    Ok(())
}

fn judge(cues: &DemandCues, broader: &BTreeMap<String, String>, text: Labelled) -> Judged {
    let mut texts = vec![(CuePlace::Name, text.name.as_str())];
    texts.extend(text.instructions.iter().map(|step| (CuePlace::Text, step.as_str())));
    let measured = |shown: &Shown<'_>| {
        let mut demand = shown.demand.as_str();
        while !MEASURED.contains(&demand) {
            demand = broader.get(demand)?.as_str();
        }
        Some(demand.to_owned())
    };
    let found = cues
        .read(&texts)
        .into_iter()
        .filter_map(|shown| {
            let words = texts[shown.text].1.get(shown.range.clone()).unwrap_or_default().to_owned();
            Some((measured(&shown)?, shown.confidence, shown.cue.id.to_string(), words))
        })
        .collect();
    Judged { half: if is_blind(&text.id) { "blind" } else { "tune" }, text, found }
}

fn tally<'j>(
    judged: impl IntoIterator<Item = &'j Judged>,
    demands: &[&str],
    doubt: Doubt,
    least: Confidence,
) -> Tally {
    let mut tally = Tally::default();
    for one in judged {
        for demand in demands {
            let assigned = one.assigned(demand);
            let found = one.found.iter().any(|(name, sure, ..)| name == demand && *sure >= least);
            match doubt {
                Doubt::LeftOut if one.doubted(demand) => {}
                Doubt::Lenient if one.doubted(demand) => tally.add(found, found),
                _ => tally.add(assigned, found),
            }
        }
    }
    tally
}

fn figures(judged: &[Judged]) {
    let sure = Confidence::Medium;
    tally(judged, &MEASURED, Doubt::LeftOut, sure).print("all, doubtful labels left out");
    tally(judged, &MEASURED, Doubt::Strict, sure).print("all, strict");
    tally(judged, &MEASURED, Doubt::Lenient, sure).print("all, lenient");
    tally(judged, &MEASURED, Doubt::LeftOut, Confidence::Low).print("all, with notes, doubtful left out");
    for demand in MEASURED {
        tally(judged, &[demand], Doubt::LeftOut, sure).print(demand);
    }
}

fn list(judged: &[Judged], wanted: Option<&str>) {
    for one in judged {
        let mut lines = BTreeSet::new();
        for demand in MEASURED.into_iter().filter(|demand| wanted.is_none_or(|wanted| wanted == *demand)) {
            match (one.assigned(demand), one.finds(demand), one.doubted(demand)) {
                (_, _, true) => {}
                (true, false, _) => {
                    lines.insert(format!("  MISSED {demand}  {}", one.words(demand)));
                }
                (false, true, _) => {
                    lines.insert(format!("  FALSE ALARM {demand}  {}", one.words(demand)));
                }
                _ => {}
            }
        }
        if !lines.is_empty() {
            println!("\n{} · {}", one.text.name, one.text.instructions.join(" | "));
            lines.iter().for_each(|line| println!("{line}"));
        }
    }
}

fn dump(judged: &[Judged]) {
    for one in judged {
        let found: Vec<_> = one
            .found
            .iter()
            .map(|(demand, sure, cue, words)| serde_json::json!([demand, sure, cue, words]))
            .collect();
        println!(
            "{}",
            serde_json::json!({ "id": one.text.id, "name": one.text.name, "half": one.half, "found": found })
        );
    }
}
