//! The examples in the rules' docs, run: bad must be reported by its rule, good must not.

use crate::{Input, Session, baseline::Baseline, config::Config, finding::Finding, rule::RULES};

/// The fenced blocks of a kind in a rule's docs, each split into its documents.
fn examples(docs: &str, label: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut block: Option<String> = None;
    for line in docs.lines() {
        match &mut block {
            None if line == format!("```yaml {label}") => block = Some(String::new()),
            None => {}
            Some(text) if line == "```" => {
                found.push(text.split("---\n").map(str::to_owned).collect());
                block = None;
            }
            Some(text) => *text += &format!("{line}\n"),
        }
    }
    found
}

/// The findings on an example; the core pack is there, as it is for every catalog.
fn lint(documents: &[String]) -> Vec<Finding> {
    let config =
        Config::read("[catalog]\nid = \"example\"\nname = \"Example\"\nversion = \"0.1.0\"\n").unwrap();
    let (baseline, documents): (Vec<&String>, Vec<&String>) =
        documents.iter().partition(|text| text.contains("\"findings\""));
    let baseline =
        baseline.first().map(|text| Baseline::read("nocere-baseline.json", text.as_str()).unwrap());
    let inputs = documents.iter().enumerate();
    let inputs = inputs.map(|(at, text)| Input::from((format!("example-{at}.yaml").as_str(), text.as_str())));
    Session::new(config)
        .on("2026-11-21".parse().unwrap())
        .with_baseline(baseline)
        .lint(inputs.collect())
        .findings
}

#[test]
fn every_rule_reports_its_bad_examples_and_not_its_good_ones() {
    for rule in RULES {
        let (bad, good) = (examples(rule.docs, "bad"), examples(rule.docs, "good"));
        assert!(!bad.is_empty() && !good.is_empty(), "{} has no bad or no good example", rule.name);
        for (documents, expected) in bad.iter().map(|d| (d, true)).chain(good.iter().map(|d| (d, false))) {
            let findings = lint(documents);
            let named: Vec<String> =
                findings.iter().map(|found| format!("{}: {}", found.rule, found.message)).collect();
            assert_eq!(
                findings.iter().any(|found| found.rule == rule.name),
                expected,
                "{}: {named:#?}",
                rule.name
            );
            // An example shows one thing: it is well-formed otherwise.
            for basic in ["invalid-syntax", "invalid-schema", "unknown-reference", "duplicate-id"] {
                let stray = rule.name != basic && findings.iter().any(|found| found.rule == basic);
                assert!(!stray, "{}: {named:#?}", rule.name);
            }
        }
    }
}
