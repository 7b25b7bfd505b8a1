//! The catalogs of this repository: nothing is to be reported in them, and what people are shown changes only where a
//! review sees it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{collections::BTreeSet, fs};

use common::{Folder, files, nocere, snapshot, workspace};
use serde_json::Value;

#[test]
fn the_catalogs_of_this_repository_are_clean() {
    let ran = nocere(["lint", "--format", "concise"]).run();
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.ends_with(" in 2 catalogs: nothing to report\n"), "{}", ran.stdout);
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
}

/// One snapshot for each exercise and each routine, resolved as a front end gets it. After a change of content:
/// `INSTA_UPDATE=always cargo test --test content`, and the differences are part of the review.
#[test]
fn what_front_ends_are_given_changes_only_where_a_review_sees_it() {
    let folder = Folder::new();
    let out = folder.path().to_str().unwrap();
    let ran = nocere(["export", "--out", out, "catalog/low-back"]).run();
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    let bundle = fs::read_to_string(folder.path().join("bundle.json")).unwrap();
    let bundle: Value = serde_json::from_str(&bundle).unwrap();
    let mut names = BTreeSet::new();
    let mut changed = Vec::new();
    for (kind, list) in [("exercise", "exercises"), ("routine", "routines")] {
        let documents = bundle[list].as_array().unwrap();
        assert_eq!(documents.len(), files(&workspace().join("catalog/low-back").join(list)).len());
        for document in documents {
            let id = document["id"].as_str().unwrap();
            let name = format!("{kind}-{id}");
            let mut document = document.clone();
            if kind == "routine" {
                document["adaptations"] = for_people(&document["adaptations"]);
            }
            let text = serde_json::to_string_pretty(&document).unwrap();
            let description = format!("the {kind} `{id}` in the bundle of catalog/low-back");
            // Each is compared, also after one that differs.
            if std::panic::catch_unwind(|| snapshot(&format!("low-back/{name}"), &description, &text))
                .is_err()
            {
                changed.push(name.clone());
            }
            names.insert(format!("{name}.snap"));
        }
    }
    assert!(changed.is_empty(), "these changed: {changed:?}");
    let kept = files(&workspace().join("tests/snapshots/low-back"));
    let kept: BTreeSet<String> =
        kept.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(kept, names, "a snapshot for each document, and a document for each snapshot");
}

/// The table of adaptations as a review wants to see it: what people without conditions are shown, and for each single
/// condition what goes and what comes.
fn for_people(table: &Value) -> Value {
    let nobody = shown(table, None);
    let mut people = serde_json::Map::new();
    people.insert("(none)".into(), nobody.join(", ").into());
    for condition in table["conditions"].as_object().unwrap().keys() {
        let these = shown(table, Some(condition));
        let gone = nobody
            .iter()
            .filter(|exercise| !these.contains(exercise))
            .map(|exercise| format!("- {exercise}"));
        let new = these
            .iter()
            .filter(|exercise| !nobody.contains(exercise))
            .map(|exercise| format!("+ {exercise}"));
        people.insert(condition.clone(), gone.chain(new).collect::<Vec<_>>().join(", ").into());
    }
    people.into()
}

/// What a front end shows to people with one condition, or with none, looked up as `docs/bundle.md` says.
fn shown(table: &Value, condition: Option<&str>) -> Vec<String> {
    let mut audience = &table["audiences"][0];
    if let Some(number) = condition.and_then(|condition| table["conditions"][condition].as_u64()) {
        let next = audience["next"][usize::try_from(number).unwrap()].as_u64().unwrap();
        audience = &table["audiences"][usize::try_from(next).unwrap()];
    }
    let Some(steps) = audience["shown"]["steps"].as_array() else { return vec!["no routine".into()] };
    let step = |step: &Value| &table["steps"][usize::try_from(step.as_u64().unwrap()).unwrap()];
    steps.iter().map(|number| step(number)["exercise"].as_str().unwrap().to_owned()).collect()
}
