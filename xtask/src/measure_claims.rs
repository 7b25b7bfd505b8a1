//! `cargo xtask measure claims`: how well the claim rules agree with labelled sentences.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use nocere_lint::phrase::{PatternSet, Wording};
use nocere_model::{ClaimRule, Confidence};

use crate::measure::{Pack, Tally, hash, is_blind};
use crate::measure_patterns;

/// The parts that the labelled sentences are divided into, by repository. The first two are read while rules are
/// written; of the last only the figures are.
const PARTS: [&str; 3] = ["tuning", "blind-a", "blind-b"];

/// Options of the measurement.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Labelled sentences, one JSON object a line
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// List misses and false alarms
    #[arg(long)]
    list: bool,
    /// Which part of the sources to list: look at blind-b only to report, never to tune
    #[arg(long, default_value = "tuning", value_parser = PARTS)]
    half: String,
    /// List only this rule's findings
    #[arg(long)]
    rule: Option<String>,
    /// Also time the search over the sentences in which nothing is found
    #[arg(long)]
    speed: bool,
    /// Name the patterns that find one labelled sentence or none over all the files, and those that raise alarms
    #[arg(long)]
    patterns: bool,
    /// The folder with the claim rules and lexicons
    #[arg(long, default_value = "catalog/core")]
    pack: PathBuf,
}

/// A labelled sentence.
#[derive(serde::Deserialize)]
pub(crate) struct Sentence {
    pub(crate) text: String,
    pub(crate) flag: bool,
    #[serde(default)]
    categories: Vec<String>,
    #[serde(default)]
    pub(crate) borderline: bool,
    #[serde(default)]
    stratum: String,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    article: String,
}

/// A sentence with what the rules said.
struct Judged {
    sentence: Sentence,
    half: &'static str,
    /// Rule, matched words, confidence.
    found: Vec<(String, String, Confidence)>,
}

impl Judged {
    fn found_any(&self) -> bool {
        self.found.iter().any(|(_, _, confidence)| *confidence >= Confidence::Medium)
    }
}

/// Reads the sentences, runs the rules and prints the figures.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let Pack { lexicons, rules, .. } = Pack::read(&options.pack)?;
    let sets: Vec<PatternSet> = rules.iter().map(PatternSet::from).collect();
    let started = Instant::now();
    let wording = Wording::compile(&lexicons, &sets)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    println!("compiled {} rules and {} lexicons in {:.1?}", rules.len(), lexicons.len(), started.elapsed());
    for file in &options.files {
        println!("\n== {}", file.display());
        let judged = judge(file, &wording, &rules)?;
        print_figures(&judged, &rules);
        if options.list {
            list(&judged, options);
        }
        if options.speed {
            time(&judged, &wording);
        }
    }
    if options.patterns {
        measure_patterns::list(&options.files, &lexicons, &rules)?;
    }
    Ok(())
}

/// How fast text without findings is read, on one core.
fn time(judged: &[Judged], wording: &Wording) {
    let quiet: Vec<&str> =
        judged.iter().filter(|one| one.found.is_empty()).map(|one| one.sentence.text.as_str()).collect();
    let page = quiet.join("\n\n");
    let rounds = (32_000_000 / page.len().max(1)).max(1);
    let mut hits = Vec::new();
    let started = Instant::now();
    for _ in 0..rounds {
        wording.find(&page, &mut hits);
    }
    let megabytes = (page.len() * rounds) as f64 / 1e6;
    println!(
        "{:.0} MB/s over {megabytes:.0} MB without findings",
        megabytes / started.elapsed().as_secs_f64()
    );
}

fn judge(file: &Path, wording: &Wording, rules: &[ClaimRule]) -> Result<Vec<Judged>, String> {
    let mut judged = Vec::new();
    for sentence in read(file)? {
        let found = wording
            .hits(&sentence.text)
            .into_iter()
            .map(|hit| (rules[hit.set].id.to_string(), sentence.text[hit.range].to_owned(), hit.confidence))
            .collect();
        judged.push(Judged { half: part(&site(&sentence)), sentence, found });
    }
    Ok(judged)
}

/// The labelled sentences of a file.
pub(crate) fn read(file: &Path) -> Result<Vec<Sentence>, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, json)| !json.trim().is_empty());
    lines
        .map(|(line, json)| {
            serde_json::from_str(json).map_err(|error| format!("{}:{}: {error}", file.display(), line + 1))
        })
        .collect()
}

/// Sentences are halved by their repository, so that one site's style never stands in both halves.
fn site(sentence: &Sentence) -> String {
    if sentence.source.is_empty() {
        sentence.article.clone()
    } else {
        sentence.source.split('/').skip(3).take(2).collect::<Vec<_>>().join("/")
    }
}

/// The part that a site's sentences belong to.
fn part(site: &str) -> &'static str {
    match (is_blind(site), hash(site) & 16 != 0) {
        (false, _) => PARTS[0],
        (true, false) => PARTS[1],
        (true, true) => PARTS[2],
    }
}

fn print_figures(judged: &[Judged], rules: &[ClaimRule]) {
    for half in PARTS.into_iter().chain(["all"]) {
        let mut without = Tally::default();
        let mut with = Tally::default();
        for one in judged.iter().filter(|one| half == "all" || one.half == half) {
            with.add(one.sentence.flag, one.found_any());
            if !one.sentence.borderline {
                without.add(one.sentence.flag, one.found_any());
            }
        }
        let noted = judged
            .iter()
            .filter(|one| half == "all" || one.half == half)
            .filter(|one| {
                one.sentence.flag && !one.sentence.borderline && !one.found_any() && !one.found.is_empty()
            })
            .count();
        without.print(&format!("{half}, borderline left out"));
        println!("{:34} of the missed, {noted} have a note", "");
        with.print(&format!("{half}, with borderline"));
    }
    let categories: BTreeSet<&str> =
        judged.iter().flat_map(|one| one.sentence.categories.iter().map(String::as_str)).collect();
    println!(
        "-- recall of sentences with a category (found by any rule; by a rule of the category), borderline left out"
    );
    for category in categories {
        for half in PARTS {
            let wanted: Vec<&Judged> = judged
                .iter()
                .filter(|one| one.half == half && !one.sentence.borderline)
                .filter(|one| one.sentence.categories.iter().any(|c| c == category))
                .collect();
            let own = |one: &&&Judged| {
                one.found.iter().any(|(id, _, confidence)| {
                    *confidence >= Confidence::Medium
                        && rules.iter().any(|rule| {
                            rule.id.as_str() == id && rule.categories.iter().any(|c| c == category)
                        })
                })
            };
            let any = wanted.iter().filter(|one| one.found_any()).count();
            println!(
                "{category:20} {half:8} {any:3} / {:3}   by its own rule {:3}",
                wanted.len(),
                wanted.iter().filter(own).count()
            );
        }
    }
    let mut strata: BTreeMap<String, Tally> = BTreeMap::new();
    let mut by_rule: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    for one in judged.iter().filter(|one| !one.sentence.borderline) {
        let stratum = format!("{}, {}, {}", one.half, one.sentence.topic, one.sentence.stratum);
        strata.entry(stratum).or_default().add(one.sentence.flag, one.found_any());
        let ids: BTreeSet<&str> = one
            .found
            .iter()
            .filter(|(_, _, confidence)| *confidence >= Confidence::Medium)
            .map(|(id, _, _)| id.as_str())
            .collect();
        for id in ids {
            by_rule.entry((id, one.half)).or_default().add(one.sentence.flag, true);
        }
    }
    println!("-- by stratum, borderline left out");
    strata.iter().for_each(|(name, tally)| tally.print(name));
    println!("-- by rule (any flagged sentence counts as right), borderline left out");
    by_rule.iter().for_each(|((id, half), tally)| tally.print(&format!("{id}, {half}")));
}

fn list(judged: &[Judged], options: &Options) {
    let words = |one: &Judged| {
        let all = one.found.iter().map(|(id, words, confidence)| format!("{id} “{words}” {confidence:?}"));
        all.collect::<Vec<_>>().join("; ")
    };
    let shown = |one: &&Judged| {
        one.half == options.half
            && options.rule.as_ref().is_none_or(|rule| one.found.iter().any(|(id, _, _)| id == rule))
    };
    for (title, borderline, wanted, found) in [
        ("MISSED", false, true, false),
        ("FALSE ALARM", false, false, true),
        ("missed, borderline", true, true, false),
        ("alarm, borderline", true, false, true),
        ("found", false, true, true),
    ] {
        println!("\n-- {title}");
        for one in judged.iter().filter(shown).filter(|one| {
            one.sentence.borderline == borderline && one.sentence.flag == wanted && one.found_any() == found
        }) {
            println!("[{}] {}\n      {}", one.sentence.categories.join(","), one.sentence.text, words(one));
        }
    }
}
