//! `nocere.toml`: severities by rule and by file, options, and `nocere config`, which says what counts and why.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{FAULTY, Folder, Ran, nocere, nocere_at};

const CATALOG: &str = "[catalog]\nid = \"trial\"\nname = \"Trial\"\nversion = \"0.1.0\"\n";

/// A catalog with a faulty exercise in `legacy/` and one in `new/`.
fn with(settings: &str) -> Folder {
    let folder = Folder::new();
    folder.write("nocere.toml", format!("{CATALOG}{settings}"));
    folder.write("legacy/old.yaml", FAULTY);
    folder.write("new/calf.yaml", FAULTY.replace("heel-raise", "calf-raise"));
    folder
}

fn lint(folder: &Folder) -> Ran {
    nocere_at(folder, ["lint", "--format", "json"])
}

/// Severity, rule and path of what is reported, sorted.
fn reported(ran: &Ran) -> Vec<String> {
    let findings = ran.findings();
    let word = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap().to_owned();
    let mut all: Vec<String> = findings
        .iter()
        .map(|one| format!("{} {} {}", word(one, "severity"), word(one, "rule"), word(one, "path")))
        .collect();
    all.sort();
    all
}

#[test]
fn an_override_counts_in_its_files_alone() {
    let folder = with(
        "[[overrides]]\npaths = [\"legacy/**\"]\nrules = { missing-source = \"off\", placeholder-text = \"note\" }\n",
    );
    let expected = [
        "error placeholder-text new/calf.yaml",
        "note placeholder-text legacy/old.yaml",
        "warning missing-source new/calf.yaml",
    ];
    assert_eq!(reported(&lint(&folder)), expected);
    // The patterns start at the nocere.toml, wherever one calls from.
    let ran =
        nocere(["lint", "../new", "../legacy", "--format", "json"]).at(&folder.path().join("new")).run();
    let from_below: Vec<String> = reported(&ran);
    assert_eq!(from_below.len(), 3, "{from_below:?}");
    assert!(from_below.contains(&"note placeholder-text ../legacy/old.yaml".into()), "{from_below:?}");
    let outside = Folder::new();
    let there = folder.path().display().to_string();
    let ran = nocere_at(&outside, ["lint", &there, "--format", "json"]);
    assert_eq!(reported(&ran).len(), 3);
}

#[test]
fn the_last_override_that_matches_counts() {
    let folder = with(
        "[rules]\nmissing-source = \"error\"
[[overrides]]\npaths = [\"**/*.yaml\"]\nrules = { missing-source = \"off\" }
[[overrides]]\npaths = [\"nothing/**\", \"new/*.yaml\"]\nrules = { missing-source = \"note\" }
[[overrides]]\npaths = [\"*.yaml\"]\nrules = { missing-source = \"error\" }\n",
    );
    let all = reported(&lint(&folder));
    assert!(all.contains(&"note missing-source new/calf.yaml".into()), "{all:?}");
    assert!(!all.iter().any(|one| one.contains("missing-source legacy")), "{all:?}");
    // A rule that is off can be on in some files.
    let folder = with(
        "[rules]\nmissing-source = \"off\"\n[[overrides]]\npaths = [\"new/**\"]\nrules = { missing-source = \"error\" }\n",
    );
    let all = reported(&lint(&folder));
    assert!(all.contains(&"error missing-source new/calf.yaml".into()), "{all:?}");
    assert!(!all.iter().any(|one| one.contains("missing-source legacy")), "{all:?}");
}

#[test]
fn claim_rules_are_overridden_by_the_same_names() {
    let folder = with("[[overrides]]\npaths = [\"legacy/**\"]\nrules = { claim-cure = \"off\" }\n");
    let claim = "summary: This exercise cures sciatica for good.\n";
    folder.write("legacy/old.yaml", FAULTY.to_owned() + claim);
    folder.write("new/calf.yaml", FAULTY.replace("heel-raise", "calf-raise") + claim);
    let all = reported(&lint(&folder));
    assert!(all.iter().any(|one| one.ends_with("claim-cure new/calf.yaml")), "{all:?}");
    assert!(!all.iter().any(|one| one.ends_with("claim-cure legacy/old.yaml")), "{all:?}");
}

#[test]
fn an_override_opens_no_way_into_a_bundle() {
    for setting in ["off", "note", "warning"] {
        let folder = with(&format!(
            "[[overrides]]\npaths = [\"**\"]\nrules = {{ placeholder-text = \"{setting}\" }}\n"
        ));
        assert_eq!(lint(&folder).code, Some(0), "{setting}");
        let ran = nocere_at(&folder, ["export", "--out", "dist"]);
        assert_eq!(ran.code, Some(1), "{setting}: {ran:#?}");
        assert!(ran.stdout.contains("placeholder-text"), "{setting}: {ran:#?}");
        assert!(!folder.path().join("dist").exists());
    }
    // A stricter one blocks an export, as it does a run.
    let folder = with("[[overrides]]\npaths = [\"**\"]\nrules = { missing-source = \"error\" }\n");
    for path in ["legacy/old.yaml", "new/calf.yaml"] {
        folder.replace(path, " TODO", "");
    }
    let ran = nocere_at(&folder, ["export", "--out", "dist"]);
    assert!(ran.code == Some(1) && ran.stdout.contains("missing-source"), "{ran:#?}");
}

#[test]
fn options_change_what_a_rule_reports() {
    let folder = with("[options.placeholder-text]\nwords = [\"ZZTOP\", \"fill me in\"]\n");
    folder.write("legacy/old.yaml", FAULTY.replace("TODO", "Fill me in."));
    folder.write("new/calf.yaml", FAULTY.replace("heel-raise", "calf-raise").replace("TODO", "zztop"));
    let all = reported(&lint(&folder));
    assert!(all.contains(&"error placeholder-text legacy/old.yaml".into()), "{all:?}");
    assert!(!all.contains(&"error placeholder-text new/calf.yaml".into()), "capitals count: {all:?}");

    let routine = "kind: routine
id: evening
name: Evening
screening: low-back-self-care
duration: 6 min
blocks:
  - title: All
    exercises: [calf-stretch]
";
    let stretch = FAULTY
        .replace("heel-raise", "calf-stretch")
        .replace(" TODO", "")
        .replace("{ reps: 8-12, sets: 2, sessions: 3/week }", "{ hold: 60 s, reps: 4 }");
    for (tolerance, silent) in [("", false), ("[options.duration-mismatch]\ntolerance = 50\n", true)] {
        let folder = Folder::new();
        folder.write("nocere.toml", format!("{CATALOG}{tolerance}"));
        folder.write("routine.yaml", routine);
        folder.write("stretch.yaml", &stretch);
        let all = reported(&lint(&folder));
        assert_eq!(!all.iter().any(|one| one.contains("duration-mismatch")), silent, "{all:?}");
    }
}

#[test]
fn mistakes_are_refused_with_their_line_and_what_was_meant() {
    for (settings, place, help) in [
        (
            "[rules]\nmissing-sourse = \"off\"\n",
            "nocere.toml:6: there is no rule `missing-sourse`",
            "did you mean `missing-source`?",
        ),
        (
            "# claim-gaurantee\n[rules]\nclaim-gaurantee = \"off\"\n",
            "nocere.toml:7: there is no rule `claim-gaurantee`",
            "did you mean `claim-guarantee`?",
        ),
        (
            "[rules]\nmissing-source = \"off\"\n[[overrides]]\npaths = [\"a\"]\n[overrides.rules]\nmissing-source = \"off\"\nmissing-dossage = \"off\"\n",
            "nocere.toml:11: there is no rule `missing-dossage`",
            "did you mean `missing-dosage`?",
        ),
        (
            "[[overrides]]\npaths = [\"a/[\"]\nrules = {}\n",
            "nocere.toml:6: this pattern cannot be used",
            "legacy/**",
        ),
        (
            "[[overrides]]\npaths = [\"ok\", \"../elsewhere\"]\nrules = {}\n",
            "nocere.toml:6: this pattern cannot be used",
            "legacy/**",
        ),
        ("[[overrides]]\npaths = [\"legacy/\"]\nrules = {}\n", "write `legacy/**`", "legacy/**"),
        (
            "[[overrides]]\npath = [\"a\"]\nrules = {}\n",
            "nocere.toml:6: unknown field `path`",
            "docs/configuration.md",
        ),
        (
            "[options.duration-mismatch]\ntolerance = 101\n",
            "nocere.toml:6: a tolerance is a percentage",
            "25",
        ),
        (
            "[options.duration-mismatch]\ntolerence = 10\n",
            "nocere.toml:6: unknown field `tolerence`",
            "docs/configuration.md",
        ),
        (
            "[rules]\nmissing-source = \"warn\"\n",
            "nocere.toml:6: unknown variant `warn`",
            "docs/configuration.md",
        ),
    ] {
        let folder = with(settings);
        for command in ["lint", "config", "suppressions"] {
            let ran = nocere_at(&folder, [command]);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{settings}: {ran:#?}");
            assert!(ran.stderr.contains(place) && ran.stderr.contains(help), "{place}, {help}: {ran:#?}");
        }
    }
    // A claim rule of the catalog's own may be named.
    let folder = with("[rules]\nclaim-guarantee = \"off\"\n");
    assert_eq!(lint(&folder).code, Some(1));
}

#[test]
fn config_says_what_counts_for_a_file_and_where_it_comes_from() {
    let folder = with(
        "profile = \"uk-cap\"\n[rules]\nmissing-source = \"error\"\n[[overrides]]\npaths = [\"legacy/**\"]\nrules = { missing-source = \"off\" }\n[options.duration-mismatch]\ntolerance = 40\n",
    );
    folder.replace("nocere.toml", "[catalog]", "# settings\n[catalog]");
    // The profile stands before the first table.
    folder.write(
        "nocere.toml",
        "profile = \"uk-cap\"\n".to_owned()
            + &std::fs::read_to_string(folder.path().join("nocere.toml"))
                .unwrap()
                .replace("profile = \"uk-cap\"\n[rules]", "[rules]"),
    );
    let shown = |path: &str| {
        let ran = nocere_at(&folder, ["config", "--show-origin", path]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:#?}");
        let lines: Vec<Vec<String>> = ran
            .stdout
            .lines()
            .map(|line| {
                line.split("  ").map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
            })
            .collect();
        move |name: &str| {
            let found = lines.iter().find(|line| line[0] == name);
            found.unwrap_or_else(|| panic!("{name} is not in {lines:#?}"))[1..].to_vec()
        }
    };
    let (old, new) = (shown("legacy/old.yaml"), shown("new/calf.yaml"));
    assert_eq!(old("profile"), ["uk-cap", "nocere.toml:1"]);
    assert_eq!(old("rules.missing-source"), ["off", "nocere.toml:11"]);
    assert_eq!(new("rules.missing-source"), ["error", "nocere.toml:8"]);
    assert_eq!(new("rules.missing-dosage"), ["warning", "default"]);
    assert_eq!(new("rules.claim-guarantee")[1], "default");
    assert_eq!(new("options.duration-mismatch.tolerance"), ["40", "nocere.toml:13"]);
    assert_eq!(new("catalog.packs"), ["core", "default"]);
    let plain = nocere_at(&folder, ["config", "new/calf.yaml"]).stdout;
    assert!(plain.contains("rules.missing-source") && !plain.contains("nocere.toml"), "{plain}");
    let json = nocere_at(&folder, ["config", "new/calf.yaml", "--format", "json"]).json();
    let settings = json[0]["settings"].as_array().unwrap();
    let found = settings.iter().find(|one| one["name"] == "rules.missing-source").unwrap();
    assert_eq!((&found["value"], &found["origin"]), (&"error".into(), &"nocere.toml:8".into()));
}
