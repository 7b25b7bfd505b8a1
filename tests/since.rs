//! `--since`: what a change is responsible for, in real repositories.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;

use common::{Folder, Ran, nocere, nocere_at};

fn exercise(id: &str, demands: &str) -> String {
    format!(
        "kind: exercise
id: {id}
name: Heel raise
technique: strengthening
difficulty: beginner
targets: [calves]
demands: [{demands}]
steps:
  - Stand tall at a worktop and rest your fingertips on it.
  - Rise onto the balls of both feet, and lower your heels slowly.
feel: {{ expect: [steady work in both calves], stop: [sharp pain at the heel] }}
dosage: {{ reps: 8-12, sets: 2, sessions: 3/week }}
"
    )
}

const DEMAND: &str =
    "kind: demand\nid: heel-load\nname: Load on the heel\nfamily: load\nsay: Puts weight on the heel.\n";

const CONDITION: &str = "kind: condition
id: heel-trouble
name: Heel trouble
ask: Has a clinician told you that your heel bone is cracked?
limits:
  - demand: heel-load
    level: avoid
    because: The cracked bone bears the weight of the body.
    grade: C
    sources: [bjsmb]
";

/// A repository with a catalog in a folder of it; the exercise has no source, which is an old fault.
fn repository() -> Folder {
    let folder = Folder::new();
    folder.write("content/nocere.toml", "[catalog]\nid = \"trial\"\nname = \"Trial\"\nversion = \"0.1.0\"\n");
    folder.write("content/old.yaml", exercise("old", "standing"));
    folder.commit_first();
    folder
}

fn since(folder: &Folder, revision: &str, more: &[&str]) -> Ran {
    let all = ["lint", "content", "--format", "json", "--fail-on", "note", "--since", revision];
    nocere_at(folder, all.iter().chain(more))
}

/// Rule and path of what is reported, sorted.
fn reported(ran: &Ran) -> Vec<String> {
    let word = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let mut all: Vec<String> =
        ran.findings().iter().map(|one| format!("{} {}", word(one, "rule"), word(one, "path"))).collect();
    all.sort();
    all
}

#[test]
fn without_a_change_nothing_is_reported_and_old_faults_stay_silent() {
    let folder = repository();
    let ran = nocere_at(&folder, ["lint", "content", "--format", "json"]);
    assert_eq!(reported(&ran), ["missing-source content/old.yaml"]);
    let ran = since(&folder, "main", &[]);
    assert_eq!((ran.code, reported(&ran)), (Some(0), vec![]), "{ran:#?}");
    // Lines that move are no change.
    folder.replace("content/old.yaml", "kind:", "# About it.\n\nkind:");
    assert_eq!(reported(&since(&folder, "main", &[])), Vec::<String>::new());
    fs::rename(folder.path().join("content/old.yaml"), folder.path().join("content/moved.yaml")).unwrap();
    assert_eq!(reported(&since(&folder, "main", &[])), Vec::<String>::new());
}

#[test]
fn committed_uncommitted_and_untracked_changes_count_alike() {
    let folder = repository();
    folder.git(&["checkout", "--quiet", "-b", "work"]);
    folder.write("content/committed.yaml", exercise("committed", "standing"));
    folder.commit("one more");
    folder.write("content/staged.yaml", exercise("staged", "standing"));
    folder.git(&["add", "content/staged.yaml"]);
    folder.write("content/untracked.yaml", exercise("untracked", "standing"));
    folder.replace("content/old.yaml", "name: Heel raise", "name: Heel raise TODO");
    assert_eq!(
        reported(&since(&folder, "main", &[])),
        [
            "missing-source content/committed.yaml",
            "missing-source content/staged.yaml",
            "missing-source content/untracked.yaml",
            "placeholder-text content/old.yaml"
        ]
    );
    // Less is asked for, and less is shown.
    let ran = nocere_at(&folder, ["lint", "content/staged.yaml", "--format", "json", "--since", "main"]);
    assert_eq!(reported(&ran), ["missing-source content/staged.yaml"]);
}

#[test]
fn a_change_of_a_condition_is_responsible_for_an_exercise_that_nobody_touched() {
    let folder = repository();
    folder.write("content/heel-load.yaml", DEMAND);
    folder.write("content/heel-trouble.yaml", CONDITION.replace("heel-load", "standing"));
    folder.write("content/walk.yaml", exercise("walk", "standing, heel-load"));
    folder.commit("a condition that limits something else");
    let before = nocere_at(&folder, ["lint", "content", "--format", "json"]);
    folder.git(&["checkout", "--quiet", "-b", "work"]);
    folder.write("content/heel-trouble.yaml", CONDITION);
    let ran = since(&folder, "main", &[]);
    let about_walk: Vec<serde_json::Value> =
        ran.findings().into_iter().filter(|finding| finding["path"] == "content/walk.yaml").collect();
    assert!(
        about_walk.iter().any(|finding| finding["rule"] == "missing-contraindication"
            && finding["data"]["condition"] == "heel-trouble"
            && finding["data"]["demand"] == "heel-load"),
        "{ran:#?}\nbefore: {before:#?}"
    );
    assert!(!reported(&ran).contains(&"missing-source content/walk.yaml".into()), "that is old");
    assert_eq!(folder.git(&["diff", "--name-only", "main"]), "content/heel-trouble.yaml\n");
}

#[test]
fn what_happened_on_the_other_branch_meanwhile_is_not_held_against_this_one() {
    let folder = repository();
    folder.git(&["checkout", "--quiet", "-b", "work"]);
    folder.write("content/new.yaml", exercise("new", "standing") + "sources: [bjsmb]\n");
    folder.commit("work");
    folder.git(&["checkout", "--quiet", "main"]);
    folder.replace("content/old.yaml", "dosage:", "sources: [bjsmb]\ndosage:");
    folder.commit("the old fault is mended");
    folder.git(&["checkout", "--quiet", "work"]);
    // Against the newest main, the old fault would look new here.
    assert_eq!(reported(&since(&folder, "main", &[])), Vec::<String>::new());
}

#[test]
fn a_finding_that_became_worse_and_a_suppression_that_went_are_reported() {
    let folder = repository();
    folder.replace(
        "content/old.yaml",
        "name: Heel raise",
        "name: TODO raise # nocere: allow placeholder-text -- it is sold so",
    );
    folder.commit("allowed");
    assert_eq!(reported(&since(&folder, "HEAD", &[])), Vec::<String>::new());
    folder.replace("content/old.yaml", " # nocere: allow placeholder-text -- it is sold so", "");
    assert_eq!(reported(&since(&folder, "HEAD", &[])), ["placeholder-text content/old.yaml"]);
    folder.git(&["checkout", "--quiet", "."]);
    folder.replace("content/nocere.toml", "version", "# stricter\nversion");
    let config = fs::read_to_string(folder.path().join("content/nocere.toml")).unwrap();
    folder.write("content/nocere.toml", config + "[rules]\nmissing-source = \"error\"\n");
    assert_eq!(reported(&since(&folder, "HEAD", &[])), ["missing-source content/old.yaml"]);
}

#[test]
fn a_catalog_that_is_new_has_only_new_findings() {
    let folder = repository();
    folder.write("other/nocere.toml", "[catalog]\nid = \"other\"\nname = \"Other\"\nversion = \"0.1.0\"\n");
    folder.write("other/new.yaml", exercise("new", "standing"));
    let ran = nocere_at(&folder, ["lint", "content", "other", "--format", "json", "--since", "main"]);
    assert_eq!(reported(&ran), ["missing-source other/new.yaml"]);
}

#[test]
fn it_works_from_any_folder_on_prose_and_on_standard_input() {
    let folder = repository();
    folder.write("post.md", "This stretch cures sciatica for good.\n");
    folder.commit("a post");
    folder.write("post.md", "This stretch cures sciatica for good.\n\nIt cures migraine for good.\n");
    let ran = nocere_at(&folder, ["lint", "post.md", "--format", "json", "--since", "HEAD"]);
    assert!(!ran.findings().is_empty(), "{ran:#?}");
    for finding in ran.findings() {
        assert_eq!(finding["range"]["start"]["line"], 3, "{ran:#?}");
    }
    folder.write("content/new.yaml", exercise("new", "standing"));
    let inside = folder.path().join("content");
    let ran = nocere(["lint", "--format", "json", "--since", "HEAD"]).at(&inside).run();
    assert_eq!(reported(&ran), ["missing-source new.yaml"]);
}

#[test]
fn what_git_cannot_say_ends_the_run_with_words() {
    let folder = repository();
    for (revision, words) in
        [("nowhere", "git knows no commit `nowhere`"), ("--all", "git knows no commit `--all`")]
    {
        let ran = nocere_at(&folder, ["lint", "content", &format!("--since={revision}")]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:#?}");
        assert!(ran.stderr.contains(words) && ran.stderr.contains("help: "), "{ran:#?}");
    }
    let loose = Folder::catalog(&[("old.yaml", &exercise("old", "standing"))]);
    let ran = nocere_at(&loose, ["lint", "--since", "main"]);
    assert!(
        ran.code == Some(2) && ran.stderr.contains("not in the work tree of a git repository"),
        "{ran:#?}"
    );
    loose.git(&["init", "--quiet"]);
    let ran = nocere_at(&loose, ["lint", "--since", "main"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("no commit in this repository yet"), "{ran:#?}");
    let ran = nocere(["lint", "--since", "main"]).at(folder.path()).env("PATH", "/nowhere").run();
    assert_eq!(ran.code, Some(3), "there is no catalog at the top: {ran:#?}");
    let ran = nocere(["lint", "content", "--since", "main"]).at(folder.path()).env("PATH", "/nowhere").run();
    assert!(ran.code == Some(2) && ran.stderr.contains("the program `git` cannot be run"), "{ran:#?}");
}

#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let folder = repository();
    folder.git(&["branch", "base"]);
    folder.replace("content/old.yaml", "name: Heel raise", "name: Heel raises");
    folder.commit("second");
    let clone = Folder::new();
    let url = format!("file://{}", folder.path().display());
    clone.git(&["clone", "--quiet", "--depth=1", "--no-single-branch", &url, "clone"]);
    let ran = nocere(["lint", "content", "--since", "origin/base"]).at(&clone.path().join("clone")).run();
    assert_eq!(ran.code, Some(2), "{ran:#?}");
    assert!(ran.stderr.contains("fetch-depth: 0"), "{ran:#?}");
}
