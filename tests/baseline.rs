//! The baseline: what was known is not reported, everything else is, and nothing known reaches a bundle.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;

use common::{FAULTY, Folder, Ran, nocere_at, workspace};
use serde_json::Value;

fn accepted() -> Folder {
    let folder = Folder::catalog(&[("old/heel-raise.yaml", FAULTY)]);
    let ran = nocere_at(&folder, ["baseline", "--create"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:#?}");
    assert!(ran.stdout.contains("`nocere-baseline.json` knows 1 error, 1 warning"), "{ran:#?}");
    folder
}

fn lint(folder: &Folder, more: &[&str]) -> Ran {
    nocere_at(folder, ["lint", "--format", "json", "--fail-on", "warning"].iter().chain(more))
}

/// The rules that report something, sorted.
fn rules(ran: &Ran) -> Vec<String> {
    let mut rules: Vec<String> =
        ran.findings().iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect();
    rules.sort();
    rules
}

fn file(folder: &Folder) -> String {
    fs::read_to_string(folder.path().join("nocere-baseline.json")).unwrap()
}

#[test]
fn what_was_accepted_is_not_reported_again_and_the_summary_says_so() {
    let folder = accepted();
    let ran = lint(&folder, &[]);
    assert_eq!((ran.code, rules(&ran)), (Some(0), vec![]), "{ran:#?}");
    let ran = nocere_at(&folder, ["lint"]);
    assert_eq!(ran.stdout, "1 document: nothing to report (2 in the baseline)\n");
    let ran = lint(&folder, &["--no-baseline"]);
    assert_eq!((ran.code, rules(&ran)), (Some(1), vec!["missing-source".into(), "placeholder-text".into()]));
}

#[test]
fn the_file_is_sorted_an_entry_a_line_without_lines_and_fits_its_schema() {
    let folder = accepted();
    let text = file(&folder);
    let value: Value = serde_json::from_str(&text).unwrap();
    let schema = fs::read_to_string(workspace().join("schemas/baseline.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    jsonschema::validate(&schema, &value).unwrap();
    let entries = value["findings"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    for entry in entries {
        assert_eq!(entry["document"], "exercise/heel-raise");
        assert!(entry.get("line").is_none() && entry.get("path").is_none());
    }
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("fingerprint")).collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines.is_sorted(), "{text}");
    // Written again, it is the same.
    fs::remove_file(folder.path().join("nocere-baseline.json")).unwrap();
    nocere_at(&folder, ["baseline", "--create"]);
    assert_eq!(file(&folder), text);
}

#[test]
fn lines_comments_other_keys_and_the_name_of_the_file_do_not_matter() {
    let folder = accepted();
    folder.replace(
        "old/heel-raise.yaml",
        "kind: exercise\n",
        "# About it.\n\n\nkind: exercise\nsummary: Up and down.\n",
    );
    assert_eq!(rules(&lint(&folder, &[])), Vec::<String>::new());
    fs::rename(folder.path().join("old/heel-raise.yaml"), folder.path().join("calves.yaml")).unwrap();
    assert_eq!(rules(&lint(&folder, &[])), Vec::<String>::new());
}

#[test]
fn a_second_finding_of_the_same_rule_in_the_same_document_is_new() {
    let folder = accepted();
    folder.replace("old/heel-raise.yaml", "name: Heel raise", "name: Heel raise TODO");
    assert_eq!(rules(&lint(&folder, &[])), ["placeholder-text"]);
    // Also where it is alike in everything but that there are two of them now.
    let folder = accepted();
    folder.replace("old/heel-raise.yaml", "your heels slowly.", "your heels slowly. TODO");
    let ran = lint(&folder, &[]);
    assert_eq!((ran.code, rules(&ran)), (Some(1), vec!["placeholder-text".to_owned()]), "{ran:#?}");
    // And the same fault in another document.
    let folder = accepted();
    folder.write("old/second.yaml", FAULTY.replace("id: heel-raise", "id: calf-raise"));
    assert_eq!(rules(&lint(&folder, &[])), ["missing-source", "placeholder-text"]);
}

#[test]
fn a_finding_that_has_become_worse_is_reported_again() {
    let folder = accepted();
    let config = fs::read_to_string(folder.path().join("nocere.toml")).unwrap();
    folder.write("nocere.toml", format!("{config}[rules]\nmissing-source = \"error\"\n"));
    assert_eq!(rules(&lint(&folder, &[])), ["missing-source"]);
    folder.write("nocere.toml", format!("{config}[rules]\nmissing-source = \"note\"\n"));
    assert_eq!(rules(&lint(&folder, &[])), Vec::<String>::new(), "a milder one is known");
}

#[test]
fn an_update_hides_nothing_that_is_new() {
    let folder = accepted();
    let before = file(&folder);
    folder.replace("old/heel-raise.yaml", "name: Heel raise", "name: Heel raise TBD");
    for arguments in [&["baseline"][..], &["baseline", "--prune"]] {
        let ran = nocere_at(&folder, arguments);
        assert_eq!(ran.code, Some(0), "{ran:#?}");
        assert!(ran.stdout.contains("not in it, and reported: 1 error"), "{ran:#?}");
        assert_eq!(file(&folder), before);
        assert_eq!(rules(&lint(&folder, &[])), ["placeholder-text"]);
    }
    let ran = nocere_at(&folder, ["baseline", "--create"]);
    assert_eq!(ran.code, Some(2), "a baseline that is there is not written anew: {ran:#?}");
    assert!(ran.stderr.contains("is there already") && ran.stderr.contains("--prune"), "{ran:#?}");
    assert_eq!(file(&folder), before);
}

#[test]
fn what_is_resolved_is_noted_until_it_is_pruned_and_is_new_when_it_comes_back() {
    let folder = accepted();
    folder.replace("old/heel-raise.yaml", " TODO", "");
    let ran = lint(&folder, &[]);
    assert_eq!((ran.code, rules(&ran)), (Some(0), vec!["stale-baseline".to_owned()]), "{ran:#?}");
    let finding = &ran.findings()[0];
    assert_eq!(
        (finding["severity"].as_str(), finding["path"].as_str()),
        (Some("note"), Some("nocere-baseline.json"))
    );
    assert_eq!(finding["data"]["rule"], "placeholder-text");
    assert!(finding["help"].as_str().unwrap().contains("nocere baseline --prune"));
    // Looking changes nothing.
    let ran = nocere_at(&folder, ["baseline"]);
    assert!(ran.stdout.contains("resolved, to be taken out with `--prune`: 1 entry"), "{ran:#?}");
    assert_eq!(rules(&lint(&folder, &[])), ["stale-baseline"]);
    let ran = nocere_at(&folder, ["baseline", "--prune"]);
    assert!(ran.stdout.contains("placeholder-text in exercise/heel-raise /steps/*"), "{ran:#?}");
    assert!(!file(&folder).contains("placeholder-text") && file(&folder).contains("missing-source"));
    assert_eq!(rules(&lint(&folder, &[])), Vec::<String>::new());
    folder.replace("old/heel-raise.yaml", "Stand tall at a worktop.", "Stand tall at a worktop. TODO");
    assert_eq!(rules(&lint(&folder, &[])), ["placeholder-text"]);
    // With the last entry the file goes.
    folder.write("old/heel-raise.yaml", FAULTY.replace(" TODO", "") + "sources: [bjsmb]\n");
    nocere_at(&folder, ["baseline", "--prune"]);
    assert!(!folder.path().join("nocere-baseline.json").exists());
}

#[test]
fn what_a_suppression_takes_away_is_not_in_it() {
    let folder = Folder::catalog(&[("old/heel-raise.yaml", FAULTY)]);
    let comment = "TODO # nocere: allow placeholder-text -- the worktop is sold under this name";
    folder.replace("old/heel-raise.yaml", "TODO", comment);
    nocere_at(&folder, ["baseline", "--create"]);
    assert!(!file(&folder).contains("placeholder-text"), "{}", file(&folder));
    folder.write("old/heel-raise.yaml", FAULTY);
    assert_eq!(rules(&lint(&folder, &[])), ["placeholder-text"], "without its suppression it is new");
    // What was in it and is suppressed since needs no entry any more.
    let folder = accepted();
    folder.replace("old/heel-raise.yaml", "TODO", comment);
    assert_eq!(rules(&lint(&folder, &[])), ["stale-baseline"]);
}

#[test]
fn an_export_does_not_look_at_it() {
    let folder = accepted();
    assert_eq!(lint(&folder, &[]).code, Some(0));
    let ran = nocere_at(&folder, ["export", "--out", "dist"]);
    assert_eq!(ran.code, Some(1), "{ran:#?}");
    assert!(
        ran.stdout.contains("placeholder-text") && ran.stderr.contains("nothing was exported"),
        "{ran:#?}"
    );
    assert!(!folder.path().join("dist").exists());
}

#[test]
fn a_broken_file_is_said_to_be_broken_and_nothing_is_decided() {
    let folder = accepted();
    let good = file(&folder);
    let newer = good.replace("\"version\": 1", "\"version\": 2");
    let cut = good.rsplit_once('{').unwrap().0.to_owned();
    for (text, words) in [
        ("<<<<<<< HEAD\n".to_owned() + &good, "nocere-baseline.json:1: this is not a baseline"),
        (cut, "nocere-baseline.json:"),
        (newer, "has the version 2"),
        (
            good.replace("\"place\"", "\"plaice\""),
            "nocere-baseline.json:4: this is not a baseline: unknown field `plaice`",
        ),
        ("[]".into(), "this is not a baseline"),
        (String::new(), "this is not a baseline"),
    ] {
        folder.write("nocere-baseline.json", &text);
        for arguments in [&["lint"][..], &["baseline"], &["baseline", "--prune"]] {
            let ran = nocere_at(&folder, arguments);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{text}: {ran:#?}");
            assert!(ran.stderr.contains(words) && ran.stderr.contains("help: "), "{words}: {ran:#?}");
        }
        assert_eq!(file(&folder), text, "it is left as it is");
        assert_eq!(lint(&folder, &["--no-baseline"]).code, Some(1));
    }
}

#[test]
fn without_a_catalog_or_a_baseline_it_says_what_to_do() {
    let folder = Folder::catalog(&[("old/heel-raise.yaml", FAULTY)]);
    for arguments in [&["baseline"][..], &["baseline", "--prune"]] {
        let ran = nocere_at(&folder, arguments);
        assert!(ran.code == Some(2) && ran.stderr.contains("nocere baseline --create"), "{ran:#?}");
    }
    let ran = nocere_at(&Folder::new(), ["baseline", "--create"]);
    assert_eq!(ran.code, Some(3), "{ran:#?}");
    let clean = Folder::catalog(&[("a.yaml", &(FAULTY.replace(" TODO", "") + "sources: [bjsmb]\n"))]);
    let ran = nocere_at(&clean, ["baseline", "--create"]);
    assert!(ran.code == Some(0) && ran.stdout.contains("was not written"), "{ran:#?}");
    assert!(!clean.path().join("nocere-baseline.json").exists());
}

#[test]
fn in_a_workspace_each_catalog_has_its_own_or_none() {
    let folder = Folder::new();
    folder.write("nocere.toml", "[workspace]\ncatalogs = [\"clean\", \"old\"]\n");
    for name in ["clean", "old"] {
        folder.write(
            &format!("{name}/nocere.toml"),
            format!("[catalog]\nid = \"{name}\"\nname = \"Trial\"\nversion = \"0.1.0\"\n"),
        );
    }
    folder.write("old/heel-raise.yaml", FAULTY);
    folder.write("clean/heel-raise.yaml", FAULTY.replace(" TODO", "") + "sources: [bjsmb]\n");
    assert_eq!(nocere_at(&folder, ["baseline", "--create"]).code, Some(0));
    assert!(!folder.path().join("clean/nocere-baseline.json").exists());
    let ran = nocere_at(&folder, ["baseline"]);
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    assert!(ran.stdout.starts_with("`old/nocere-baseline.json` knows 1 error, 1 warning"), "{ran:#?}");
    assert_eq!(lint(&folder, &[]).code, Some(0));
    // What one catalog knows is new in another.
    folder.write("clean/heel-raise.yaml", FAULTY);
    assert_eq!(rules(&lint(&folder, &[])), ["missing-source", "placeholder-text"]);
}
