//! Every rule against small catalogs of its own, through the real binary.
//!
//! `tests/rules/RULE/bad*` are catalogs in which that rule, and nothing else, reports something;
//! `tests/rules/RULE/good*` are catalogs in which nothing is reported. How the reports read is in `tests/snapshots`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;

use common::{folders, nocere, snapshot, workspace};

/// The rules that are written in Rust. Those that are documents carry their examples in the document.
fn rules() -> BTreeSet<String> {
    let listed = nocere(["rules", "--format", "json"]).run();
    let names = listed.json().as_array().unwrap().clone();
    names
        .iter()
        .map(|rule| rule["name"].as_str().unwrap().to_owned())
        .filter(|name| !workspace().join(format!("catalog/core/claims/{name}.yaml")).exists())
        .collect()
}

/// The catalogs of a rule whose name starts in this way.
fn cases(rule: &str, start: &str) -> Vec<String> {
    let all = folders(&workspace().join("tests/rules").join(rule)).into_iter();
    all.filter(|case| case.starts_with(start)).map(|case| format!("tests/rules/{rule}/{case}")).collect()
}

#[test]
fn every_rule_has_a_bad_and_a_good_catalog() {
    let rules = rules();
    assert!(rules.len() >= 26, "{rules:?}");
    let known: BTreeSet<String> = folders(&workspace().join("tests/rules")).into_iter().collect();
    assert_eq!(known, rules, "a folder for each rule, and a rule for each folder");
    for rule in rules {
        for case in ["bad", "good"] {
            assert!(!cases(&rule, case).is_empty(), "tests/rules/{rule} has no {case} catalog");
        }
        let strays: Vec<String> = cases(&rule, "")
            .into_iter()
            .filter(|case| !["bad", "good"].iter().any(|start| case.contains(&format!("/{start}"))))
            .collect();
        assert!(strays.is_empty(), "neither bad nor good: {strays:?}");
    }
}

#[test]
fn bad_catalogs_are_reported_by_their_rule_alone_and_good_ones_by_none() {
    let all: Vec<String> =
        folders(&workspace().join("tests/rules")).iter().flat_map(|rule| cases(rule, "")).collect();
    let mut arguments = vec!["lint", "--format", "json"];
    arguments.extend(all.iter().map(String::as_str));
    let ran = nocere(arguments).run();
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let findings = ran.findings();
    for case in &all {
        let rule = case.split('/').nth(2).unwrap();
        let reported: Vec<(&str, &str)> = findings
            .iter()
            .filter(|finding| finding["path"].as_str().unwrap().starts_with(&format!("{case}/")))
            .map(|finding| (finding["rule"].as_str().unwrap(), finding["message"].as_str().unwrap()))
            .collect();
        if case.contains("/good") {
            assert!(reported.is_empty(), "{case}: {reported:#?}");
        } else {
            assert!(!reported.is_empty(), "{case}: nothing was reported");
            assert!(reported.iter().all(|(name, _)| *name == rule), "{case}: {reported:#?}");
        }
    }
}

#[test]
fn reports_read_as_they_should() {
    let rules = folders(&workspace().join("tests/rules"));
    // Each snapshot is compared, also after one that differs.
    std::thread::scope(|scope| {
        let threads: Vec<_> = rules
            .iter()
            .map(|rule| {
                scope.spawn(move || {
                    let mut arguments = vec!["lint".to_owned()];
                    arguments.extend(cases(rule, "bad"));
                    let ran = nocere(arguments).run();
                    assert_eq!(ran.stderr, "", "{rule}");
                    snapshot(rule, &format!("nocere lint tests/rules/{rule}/bad*"), &ran.stdout);
                })
            })
            .collect();
        let failed: Vec<&String> = threads
            .into_iter()
            .zip(&rules)
            .filter_map(|(thread, rule)| thread.join().is_err().then_some(rule))
            .collect();
        assert!(failed.is_empty(), "the reports of these rules changed: {failed:?}");
    });
}
