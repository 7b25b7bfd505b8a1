//! The built-in wording data: every file reads, every pattern compiles, every example holds.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};

use nocere_lint::document::Document;
use nocere_lint::phrase::{PatternSet, Wording};
use nocere_lint::position::SourceText;
use nocere_model::{ClaimRule, Confidence, Content, Cue, Examples, Kind, Lexicon};
use serde_json::Value;

#[derive(Default)]
struct Pack {
    lexicons: Vec<Lexicon>,
    rules: Vec<ClaimRule>,
    cues: Vec<Cue>,
}

fn yaml_files(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            yaml_files(&path, files);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            files.push(path);
        }
    }
}

fn core_pack() -> Pack {
    let mut files = Vec::new();
    yaml_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/core"), &mut files);
    files.sort();
    let mut pack = Pack::default();
    for path in files {
        let name = path.display().to_string();
        let document = Document::read(SourceText::new(&*name, std::fs::read_to_string(&path).unwrap()));
        assert_eq!(document.faults, [], "{name}");
        let Value::Object(mut map) = document.to_value() else { panic!("{name} is not a mapping") };
        let kind = map.shift_remove("kind").unwrap_or_default();
        let kind: Kind =
            kind.as_str().unwrap_or_default().parse().unwrap_or_else(|()| panic!("{name}: kind"));
        if !matches!(kind, Kind::ClaimRule | Kind::Cue | Kind::Lexicon) {
            continue;
        }
        match Content::decode(kind, Value::Object(map)).unwrap_or_else(|error| panic!("{name}: {error}")) {
            Content::ClaimRule(rule) => pack.rules.push(rule),
            Content::Cue(cue) => pack.cues.push(cue),
            Content::Lexicon(lexicon) => pack.lexicons.push(lexicon),
            _ => {}
        }
    }
    pack
}

/// The examples of a set that do not hold.
fn wrong_examples(wording: &Wording, set: usize, id: &str, examples: &Examples) -> Vec<String> {
    let mut wrong = Vec::new();
    let counted = |text: &str| {
        let hits = wording.hits(text).into_iter();
        hits.filter(|hit| hit.set == set && hit.confidence >= Confidence::Medium)
            .map(|hit| text[hit.range].to_owned())
            .collect::<Vec<_>>()
    };
    for text in &examples.flag {
        if counted(text).is_empty() {
            wrong.push(format!("{id}: not found: {text}"));
        }
    }
    for text in &examples.ok {
        for words in counted(text) {
            wrong.push(format!("{id}: found “{words}”: {text}"));
        }
    }
    wrong
}

#[test]
fn every_pattern_compiles_and_every_example_holds() {
    let pack = core_pack();
    let mut sets: Vec<PatternSet> = pack.rules.iter().map(PatternSet::from).collect();
    sets.extend(pack.cues.iter().map(PatternSet::from));
    let wording = Wording::compile(&pack.lexicons, &sets).unwrap_or_else(|errors| {
        panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    });
    let rules = pack.rules.iter().map(|rule| (rule.id.to_string(), &rule.examples, 8));
    let cues = pack.cues.iter().map(|cue| (cue.id.to_string(), &cue.examples, 1));
    let mut wrong = Vec::new();
    for (set, (id, examples, least)) in rules.chain(cues).enumerate() {
        if examples.flag.len() < least || examples.ok.len() < least {
            wrong.push(format!("{id}: write at least {least} examples of each sort"));
        }
        wrong.extend(wrong_examples(&wording, set, &id, examples));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_claim_rule_says_what_an_editor_needs() {
    for rule in core_pack().rules {
        for (field, text) in [("message", &rule.message), ("why", &rule.why), ("instead", &rule.instead)] {
            assert!(text.len() > 20, "{}: {field} is too short", rule.id);
        }
        assert!(!rule.sources.is_empty(), "{}: no source", rule.id);
        assert!(rule.id.as_str().starts_with("claim-"), "{}", rule.id);
    }
}
