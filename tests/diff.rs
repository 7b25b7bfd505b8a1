//! `nocere diff` through the real binary: pull requests on the real catalog, and what a reviewer is told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use common::{Folder, Ran, files, nocere, snapshot, workspace};
use serde_json::Value;

/// A repository with the real catalogs, committed once on `main`.
struct Repository(Folder);

impl Repository {
    fn new() -> Self {
        let folder = Folder::new();
        for part in ["nocere.toml", "catalog"] {
            let from = workspace().join(part);
            let all = if from.is_dir() { files(&from) } else { vec![from] };
            for file in all {
                let name = file.strip_prefix(workspace()).unwrap().to_str().unwrap().to_owned();
                folder.write(&name, fs::read(&file).unwrap());
            }
        }
        let repository = Self(folder);
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.commit();
        repository
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]);
        let done = git.args(arguments).current_dir(self.path()).stdin(Stdio::null()).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "A change"]);
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Changes a text that must be in a file.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let file = self.path().join(path);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{path} holds no {from:?}");
        fs::write(file, text.replacen(from, to, 1)).unwrap();
    }

    fn exercise(&self, id: &str, from: &str, to: &str) {
        self.edit(&format!("catalog/low-back/exercises/{id}.yaml"), from, to);
    }

    fn diff(&self, arguments: &[&str]) -> Ran {
        let path = std::env::var("PATH").unwrap_or_default();
        nocere(["diff"].iter().chain(arguments)).at(self.path()).env("PATH", &path).run()
    }

    /// What the change since `main` means, as a comment and as data.
    fn review(&self, name: &str, description: &str) -> Value {
        let ran = self.diff(&["main", "--format", "markdown"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
        snapshot(&format!("diff/{name}"), description, &without_commits(&ran.stdout));
        let ran = self.diff(&["main", "--format", "json"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        valid(&ran.json());
        // The knowledge pack is no catalog of its own.
        let diffs = ran.json().as_array().unwrap().clone();
        assert_eq!(diffs.len(), 1, "{}", ran.stdout);
        diffs[0].clone()
    }
}

/// The names of commits differ from run to run.
fn without_commits(text: &str) -> String {
    let words = text.split_inclusive(|c: char| !c.is_ascii_hexdigit());
    let hash = |word: &str| word.len() >= 12 && word.chars().take(12).all(|c| c.is_ascii_hexdigit());
    words.map(|word| if hash(word) { format!("COMMIT{}", &word[12..]) } else { word.to_owned() }).collect()
}

fn valid(json: &Value) {
    let schema = fs::read_to_string(workspace().join("schemas/diff.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(json).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The effects of groups as `routine exercise condition…`.
fn effects(groups: &Value) -> Vec<String> {
    let groups = groups.as_array().unwrap().iter();
    let effects = groups.flat_map(|group| group["effects"].as_array().unwrap());
    let mut all: Vec<String> = effects
        .map(|effect| {
            let people = effect["people-with"].as_array().unwrap().iter();
            let people: Vec<&str> = people.map(|one| one.as_str().unwrap()).collect();
            let routine = effect["routine"].as_str().unwrap_or("-");
            format!("{routine} {} {}", effect["exercise"].as_str().unwrap(), people.join("+"))
        })
        .collect();
    all.sort();
    all
}

fn said(diff: &Value, section: &str) -> Vec<String> {
    let changes = diff["changes"].as_array().unwrap().iter();
    let of_section = changes.filter(|change| change["section"] == section && change["bump"] != "none");
    of_section
        .map(|change| format!("{}: {}", change["id"].as_str().unwrap_or(""), change["say"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_weakened_contraindication() {
    let repository = Repository::new();
    let weaker =
        ("condition: facet-syndrome\n    level: avoid", "condition: facet-syndrome\n    level: caution");
    repository.exercise("prone-back-extension", weaker.0, weaker.1);
    let diff = repository.review("weakened", "an exercise says caution where it said avoid");
    let exposed = effects(&diff["exposures"]);
    assert_eq!(
        exposed,
        [
            "- prone-back-extension facet-syndrome",
            "assess-before-stretching prone-back-extension facet-syndrome"
        ]
    );
    assert_eq!(diff["verdict"]["change"], "major");
    assert_eq!(diff["verdict"]["required"], "0.2.0");
    assert_eq!(diff["verdict"]["enough"], false);
    let ran = repository.diff(&["main"]);
    snapshot("diff/weakened-terminal", "the same at a terminal", &without_commits(&ran.stdout));
    assert!(ran.stdout.lines().count() <= 24, "one screen: {}", ran.stdout);
}

#[test]
fn a_contraindication_that_still_follows() {
    let repository = Repository::new();
    let (from, to) =
        ("condition: osteoporosis\n    level: avoid", "condition: osteoporosis\n    level: caution");
    repository.exercise("standing-hamstring-stretch", from, to);
    let diff = repository.review("weakened-in-words-only", "what follows from the demands is stronger");
    assert_eq!(effects(&diff["exposures"]), [""; 0]);
    assert_eq!(diff["verdict"]["change"], "minor");
    assert_eq!(diff["head"]["errors"], 1, "the words and the knowledge disagree");
    let ran = repository.diff(&["main"]);
    assert!(ran.stdout.contains("there is 1 error, and the catalog cannot be exported"), "{}", ran.stdout);
}

#[test]
fn a_limit_of_the_pack() {
    let repository = Repository::new();
    let path = "catalog/core/conditions/vertebral-fracture.yaml";
    let text = fs::read_to_string(repository.path().join(path)).unwrap();
    let rows: Vec<&str> = text.split("  - demand: ").collect();
    let kept: Vec<&str> = rows.iter().copied().filter(|row| !row.starts_with("lumbar-flexion\n")).collect();
    assert_eq!(kept.len() + 1, rows.len());
    repository.0.write(path, kept.join("  - demand: "));
    // As a pull request would go on: what no longer follows is no longer written.
    for file in files(&repository.path().join("catalog/low-back/exercises")) {
        let text = fs::read_to_string(&file).unwrap();
        let mut inside = false;
        let kept = text.split_inclusive('\n').filter(|line| {
            let begins = line.starts_with("  - condition: ") || !line.starts_with(' ');
            inside = if begins { line.contains(": vertebral-fracture\n") } else { inside };
            !inside
        });
        let kept: String = kept.collect();
        // This one says so on its own authority.
        if !file.ends_with("supported-bridge.yaml") {
            fs::write(&file, kept).unwrap();
        }
    }
    let diff = repository.review("limit-of-the-pack", "a condition of the pack limits one demand less");
    let causes: Vec<&Value> =
        diff["exposures"].as_array().unwrap().iter().map(|group| &group["cause"]).collect();
    assert_eq!(causes[0]["what"], "limit");
    assert_eq!(causes[0]["demand"], "lumbar-flexion");
    assert!(effects(&diff["exposures"]).iter().all(|effect| effect.ends_with("vertebral-fracture")));
    let first = &diff["exposures"][0];
    assert!(first["effects"].as_array().unwrap().len() > 5, "one cause, and its effects: {first:#}");
    assert!(first["effects-say"].as_array().unwrap().len() <= 8, "{first:#}");
}

#[test]
fn a_raised_dose() {
    let repository = Repository::new();
    repository.exercise(
        "standing-hamstring-stretch",
        "hold: 5-10 s, reps: 3, sets: 3",
        "hold: 30 s, reps: 3, sets: 5",
    );
    let diff = repository.review("dose", "an exercise is held longer, with more sets");
    let said = said(&diff, "doses");
    assert!(said[0].contains("hold 30 s (was: 5 to 10 s), sets 5 (was: 3)"), "{said:?}");
    assert!(said[0].contains("so in `hips-first-low-back-last`"), "{said:?}");
    assert_eq!(diff["verdict"]["change"], "minor");
}

#[test]
fn a_step_in_another_place() {
    let repository = Repository::new();
    let path = "catalog/low-back/routines/hips-first-low-back-last.yaml";
    repository.edit(path, "      - reclining-hip-stretch\n", "");
    repository.edit(
        path,
        "      - side-lying-quadratus-stretch\n",
        "      - side-lying-quadratus-stretch\n      - reclining-hip-stretch\n",
    );
    repository.edit(path, "hips-before-low-back, ", "");
    let diff =
        repository.review("order", "a routine holds the same in another order, and keeps one rule less");
    let said = said(&diff, "order");
    assert!(
        said.iter().any(|say| say.contains("`reclining-hip-stretch` moves from place 2 to place 9")),
        "{said:?}"
    );
    assert!(
        said.iter().any(|say| say.contains("no longer keeps the rule `hips-before-low-back`")),
        "{said:?}"
    );
}

#[test]
fn an_exercise_that_is_gone() {
    let repository = Repository::new();
    fs::remove_file(repository.path().join("catalog/low-back/exercises/clamshell.yaml")).unwrap();
    repository.edit("catalog/low-back/routines/hips-instead-of-back.yaml", "clamshell", "bridge");
    let diff = repository.review("gone", "an exercise is removed, and its place taken by another");
    assert!(said(&diff, "documents").iter().any(|say| say.starts_with("clamshell: exercise that is gone")));
    assert_eq!(diff["verdict"]["change"], "major");
}

#[test]
fn a_new_exercise() {
    let repository = Repository::new();
    let text =
        fs::read_to_string(repository.path().join("catalog/low-back/exercises/pelvic-tilt.yaml")).unwrap();
    let text = text
        .replace("id: pelvic-tilt", "id: small-pelvic-tilt")
        .replace("name: Pelvic tilt", "name: Small pelvic tilt");
    repository.0.write("catalog/low-back/exercises/small-pelvic-tilt.yaml", text);
    repository.edit(
        "catalog/low-back/routines/hips-instead-of-back.yaml",
        "      - clamshell",
        "      - small-pelvic-tilt\n      - clamshell",
    );
    let diff = repository.review("new", "a new exercise, which a routine takes up");
    assert_eq!(effects(&diff["exposures"]), [""; 0], "an addition exposes nobody");
    assert!(said(&diff, "documents").iter().any(|say| {
        say.starts_with("small-pelvic-tilt: new exercise, in `hips-instead-of-back`, shown to everybody")
    }));
    assert_eq!(diff["verdict"]["change"], "minor");
}

#[test]
fn a_stronger_claim() {
    let repository = Repository::new();
    repository.exercise("knee-hug", "strength: possible", "strength: established");
    let diff = repository.review("claim", "a claim is made more strongly on the same evidence");
    let said = said(&diff, "claims");
    assert!(said[0].contains("claims more strongly, as established (was: possible)"), "{said:?}");
    assert_eq!(diff["verdict"]["change"], "minor");
}

#[test]
fn other_words() {
    let repository = Repository::new();
    repository.exercise("easy-walk", "may stretch more", "can stretch more");
    repository.exercise("knee-hug", "Both knees to the chest rounds", "Two knees to the chest round");
    let diff = repository.review("wording", "words alone");
    assert_eq!(diff["verdict"]["change"], "patch");
    assert_eq!(diff["verdict"]["required"], "0.1.1");
    let ran = repository.diff(&["main", "--wording"]);
    assert!(ran.stdout.contains("[-Both-]{+Two+}"), "{}", ran.stdout);
}

#[test]
fn a_red_flag_that_nobody_asks_for() {
    let repository = Repository::new();
    let path = fs::read_dir(repository.path().join("catalog/core/screenings"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let text = fs::read_to_string(&path).unwrap();
    let first = text.lines().find(|line| line.starts_with("  - ")).unwrap().to_owned();
    fs::write(&path, text.replacen(&format!("{first}\n"), "", 1)).unwrap();
    let diff = repository.review("red-flag", "a screening asks for one red flag less");
    let flag = first.trim_start_matches("  - ").trim();
    let said = said(&diff, "protections");
    assert!(
        said.iter().any(|say| say.contains(&format!("no longer asks for the red flag `{flag}`"))),
        "{said:?}"
    );
    assert_eq!(diff["verdict"]["change"], "major");
}

#[test]
fn nothing_but_a_comment() {
    let repository = Repository::new();
    repository.exercise("knee-hug", "kind: exercise", "kind: exercise # as ever");
    let diff = repository.review("comment", "a comment in a file");
    assert_eq!(diff["verdict"]["change"], "none");
    assert_eq!(repository.diff(&["main", "--fail-on", "any", "--require-version"]).code, Some(0));
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let repository = Repository::new();
    repository.0.write("catalog/low-back/exercises/bird-dog.yaml", "kind: exercise\nid: [\n");
    let diff = repository.review("unreadable", "a file cannot be read any more");
    assert_eq!(effects(&diff["exposures"]), [""; 0]);
    assert_eq!(effects(&diff["withdrawals"]), [""; 0]);
    let named = diff["not-compared"].as_array().unwrap();
    assert!(named.iter().any(|one| one["id"] == "bird-dog"), "{named:#?}");
    assert!(named.iter().any(|one| one["kind"] == "routine"), "{named:#?}");
    assert!(!diff.to_string().contains("exercise that is gone"));
    assert_eq!(repository.diff(&["main", "--fail-on", "exposure"]).code, Some(1));
}

#[test]
fn a_version_that_is_too_low_fails_where_it_is_asked_for() {
    let repository = Repository::new();
    let raise = |from: &str, to: &str| {
        repository.edit(
            "catalog/low-back/nocere.toml",
            &format!("version = \"{from}\""),
            &format!("version = \"{to}\""),
        );
    };
    repository.exercise(
        "prone-back-extension",
        "condition: facet-syndrome\n    level: avoid",
        "condition: facet-syndrome\n    level: caution",
    );
    let code = |arguments: &[&str]| repository.diff(&[&["main", "--quiet"], arguments].concat()).code;
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--fail-on", "exposure"]), Some(1));
    assert_eq!(code(&["--fail-on", "major"]), Some(1));
    let ran = repository.diff(&["main", "--require-version"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("declares version 0.1.0, and this change asks for 0.2.0"), "{}", ran.stderr);
    raise("0.1.0", "0.1.9");
    assert_eq!(code(&["--require-version"]), Some(1));
    raise("0.1.9", "0.2.0");
    assert_eq!(code(&["--require-version"]), Some(0));
}

#[test]
fn a_branch_is_compared_with_where_it_began() {
    let repository = Repository::new();
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.exercise("knee-hug", "strength: possible", "strength: likely");
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.exercise(
        "prone-back-extension",
        "condition: facet-syndrome\n    level: avoid",
        "condition: facet-syndrome\n    level: caution",
    );
    repository.commit();
    let exposed = |arguments: &[&str]| {
        let ran = repository.diff(&[arguments, &["--format", "json"]].concat());
        let json = ran.json();
        (
            effects(&json[0]["exposures"]).len(),
            effects(&json[0]["withdrawals"]).len(),
            said(&json[0], "claims").len(),
        )
    };
    assert_eq!(exposed(&["main", "work"]), (0, 0, 1), "what happened on main is not the work of the branch");
    assert_eq!(exposed(&["main", "work", "--exact"]), (0, 2, 1));
    assert_eq!(exposed(&["work"]), (2, 0, 0));
}

#[test]
fn bundles_folders_and_revisions_say_the_same() {
    let repository = Repository::new();
    let export = |out: &str| {
        let ran = nocere(["export", "--out", out, "catalog/low-back"]).at(repository.path()).run();
        assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    };
    export("old");
    repository.exercise("knee-hug", "Both knees to the chest rounds", "Two knees to the chest round");
    repository.exercise(
        "prone-back-extension",
        "condition: facet-syndrome\n    level: avoid",
        "condition: facet-syndrome\n    level: caution",
    );
    export("new");
    let json = |arguments: &[&str]| repository.diff(&[arguments, &["--format", "json"]].concat()).json();
    let by_bundles = json(&["./old", "./new/bundle.json"]);
    assert_eq!(effects(&by_bundles[0]["exposures"]).len(), 2);
    assert_eq!(by_bundles, json(&["main"]));
    assert_eq!(by_bundles, json(&["HEAD", "./catalog/low-back"]));
    assert_eq!(by_bundles, json(&["./old"]));
    // A bundle of a later release may say more.
    repository.0.replace("new/bundle.json", r#""exercises":[{"#, r#""exercises":[{"later":1,"#);
    assert_eq!(by_bundles, json(&["./old", "./new"]));
}

#[test]
fn what_cannot_be_compared_is_said_with_what_to_do() {
    let repository = Repository::new();
    let fails = |arguments: &[&str], words: &str| {
        let ran = repository.diff(arguments);
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stderr.contains(words) && ran.stderr.contains("help:"), "{}", ran.stderr);
        assert_eq!(ran.stdout, "");
    };
    fails(&["mian"], "`mian` is no file or folder, and as a revision it cannot be used");
    repository.git(&["branch", "catalog"]);
    fails(&["catalog"], "is a revision and also a file or folder here");
    repository.0.write("other.json", "{}");
    fails(&["./other.json"], "is no bundle");
    repository.0.write("other.json", "{");
    fails(&["./other.json"], "is not JSON: line 1, column 1");
    repository.0.write("other.json", r#"{"format":"nocere-bundle","version":9}"#);
    fails(&["./other.json"], "is a bundle of version 9");
}

/// Content that tries to be more than content.
#[test]
fn hostile_words_stay_words_and_a_comment_stays_within_its_limit() {
    let repository = Repository::new();
    repository.exercise("knee-hug", "strength: possible", "strength: likely");
    let evil = "\"</details> <img src=x> @everyone ` ![a](http://b) \\u001b[31m\"";
    let path = repository.path().join("catalog/low-back/exercises/knee-hug.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let at = text.find("claims:\n  - say: ").unwrap() + "claims:\n  - say: ".len();
    let end = at + text[at..].find("\n    strength").unwrap();
    fs::write(&path, format!("{}{evil}{}", &text[..at], &text[end..])).unwrap();
    let markdown = repository.diff(&["main", "--format", "markdown"]).stdout;
    for bad in ["<img", "@everyone", "![a]", "\u{1b}", "http://"] {
        assert!(!markdown.contains(bad), "{bad}: {markdown}");
    }
    assert!(!repository.diff(&["main"]).stdout.contains('\u{1b}'));
    // A rewrite of everything.
    for file in files(&repository.path().join("catalog/low-back/exercises")) {
        let text = fs::read_to_string(&file).unwrap();
        let long = "word ".repeat(800);
        fs::write(&file, text.replace("\nsummary: ", &format!("\nsummary: {long}"))).unwrap();
    }
    let markdown = repository.diff(&["main", "--format", "markdown", "--wording"]).stdout;
    assert!(markdown.chars().count() <= 65_536, "{}", markdown.chars().count());
    assert!(markdown.contains("are left out, because a comment can hold 65,536 characters"));
    assert_eq!(markdown.matches("<details>").count(), markdown.matches("</details>").count());
    let first = markdown.lines().take(8).collect::<Vec<_>>().join("\n");
    assert!(first.contains("This is a "), "the verdict comes first: {first}");
}
