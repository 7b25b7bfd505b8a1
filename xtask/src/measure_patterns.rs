//! `cargo xtask measure claims --patterns`: which patterns serve several sentences, and which only one or none.
//!
//! A pattern that finds a single labelled sentence may be that sentence, learnt by heart; one that finds none may
//! still be general. A person decides; this names them.

use std::path::PathBuf;

use nocere_lint::phrase::{PatternSet, Wording};
use nocere_model::{ClaimRule, Confidence, Lexicon, Pattern, PatternEntry};

use crate::measure::Tally;
use crate::measure_claims::{Sentence, read};

/// A pattern with what it found on its own, whatever its neighbours found.
struct Use<'a> {
    rule: &'a ClaimRule,
    index: usize,
    entry: &'a PatternEntry,
    found: Tally,
    /// Flagged sentences that no other pattern finds.
    alone: usize,
}

/// Lists the patterns that find one labelled sentence or none, then those that raise alarms.
pub(crate) fn list(files: &[PathBuf], lexicons: &[Lexicon], rules: &[ClaimRule]) -> Result<(), String> {
    let mut sets = Vec::new();
    let mut uses = Vec::new();
    for rule in rules {
        for (index, entry) in rule.patterns.iter().enumerate() {
            sets.push(PatternSet { patterns: vec![entry.clone()], ..PatternSet::from(rule) });
            uses.push(Use { rule, index, entry, found: Tally::default(), alone: 0 });
        }
    }
    let wording = Wording::compile(lexicons, &sets)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    for file in files {
        for sentence in read(file)?.iter().filter(|sentence| !sentence.borderline) {
            count(sentence, &wording, &mut uses);
        }
    }
    let of = |found: usize| uses.iter().filter(move |one| one.found.hit + one.found.alarm == found);
    println!(
        "\n== patterns: {}; find nothing: {}; find one sentence: {}",
        uses.len(),
        of(0).count(),
        of(1).count()
    );
    let alarming = uses.iter().filter(|one| one.found.alarm > 0 && one.found.hit < 3 * one.found.alarm);
    print("find nothing", of(0));
    print("find one sentence", of(1));
    print("raise a false alarm for fewer than three right findings", alarming);
    Ok(())
}

fn count(sentence: &Sentence, wording: &Wording, uses: &mut [Use]) {
    let mut sets: Vec<usize> = wording
        .hits(&sentence.text)
        .into_iter()
        .filter(|hit| hit.confidence >= Confidence::Medium)
        .map(|hit| hit.set)
        .collect();
    sets.sort_unstable();
    sets.dedup();
    for set in &sets {
        uses[*set].found.add(sentence.flag, true);
    }
    if let ([set], true) = (&sets[..], sentence.flag) {
        uses[*set].alone += 1;
    }
}

fn print<'a>(title: &str, uses: impl Iterator<Item = &'a Use<'a>>) {
    println!("\n-- {title}");
    for one in uses {
        let find = Pattern::from(one.entry).find;
        let Tally { hit, alarm, .. } = one.found;
        println!("{}[{}] right {hit} (alone {}), alarms {alarm}: {find}", one.rule.id, one.index, one.alone);
    }
}
