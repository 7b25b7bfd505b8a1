//! The reports for other programs: what is in them, and whether programs by others can read them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{collections::BTreeSet, fs};

use common::{Folder, Ran, consumer, nocere, workspace};
use serde_json::Value;

/// An exercise with an error, a warning, a note and words that mean harm to each format.
const HOSTILE: &str = "kind: exercise
id: heel-raise
name: \"Heel raise, [x](0) ::error::boo 100% \\\"a\\\" <b>&\\u001B[31m\\u0007 @all TODO\"
technique: strengthening
difficulty: beginner
targets: [calves, \"cal,f:s%0A <script>|`x\", calfs]
demands: [standing]
steps:
  - Stand tall at a worktop and rest your fingertips on it.
  - Rise onto the balls of both feet, and lower your heels slowly.
feel: { expect: [steady work in both calves], stop: [sharp pain at the heel] }
dosage: { reps: 8-12, sets: 2, sessions: 3/week }
";

/// A catalog with that exercise under a name that no format can take as it is.
fn hostile() -> Folder {
    let folder = Folder::catalog(&[("Füße & mehr/a b%,c#d.yaml", HOSTILE)]);
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::create_dir(folder.path().join(".out")).unwrap();
    folder
}

/// A catalog with so many errors, and so many findings of another severity.
fn many(errors: usize, others: usize, severity: &str) -> Folder {
    let folder = Folder::catalog(&[]);
    let config = read(&folder, "nocere.toml");
    folder.write("nocere.toml", format!("{config}[rules]\nplaceholder-text = \"{severity}\"\n"));
    let wrong: String = (0..errors).map(|at| format!(", zz-{at}")).collect();
    let steps: String = (0..others).map(|at| format!("  - Rise number {at}. TODO\n")).collect();
    let text = HOSTILE
        .replace(HOSTILE.lines().nth(2).unwrap(), "name: Heel raise")
        .replace(", \"cal,f:s%0A <script>|`x\", calfs]", &format!("{wrong}]"))
        .replace("steps:\n", &format!("sources: [bjsmb]\nsteps:\n{steps}"));
    folder.write("heel-raise.yaml", text);
    folder
}

fn lint(folder: &Folder, more: &[&str]) -> Ran {
    nocere(["lint"].iter().chain(more)).at(folder.path()).run()
}

fn read(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

/// The findings of the JSON report, by which the others are judged.
fn findings(folder: &Folder) -> Vec<Value> {
    let found = lint(folder, &["--format", "json"]).findings();
    assert!(found.len() >= 4, "{found:#?}");
    found
}

fn start(finding: &Value, part: &str) -> u64 {
    finding["range"]["start"][part].as_u64().unwrap()
}

// ---- several outputs

#[test]
fn one_run_writes_several_reports_and_the_exit_code_is_the_same() {
    let formats = ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"];
    let folder = hostile();
    let outputs: Vec<String> =
        formats.iter().map(|format| format!("--output={format}=.out/{format}")).collect();
    let outputs: Vec<&str> = outputs.iter().map(String::as_str).collect();
    let ran = lint(&folder, &outputs);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""));
    assert!(ran.stdout.contains("unknown-reference"), "standard output has the report for people: {ran:?}");
    for format in formats {
        let alone = lint(&folder, &["--format", format]);
        assert_eq!((alone.code, alone.stderr.as_str()), (Some(1), ""), "{format}");
        assert_eq!(read(&folder, &format!(".out/{format}")), alone.stdout, "{format}");
        let to_stdout = lint(&folder, &["--output", &format!("{format}=-")]);
        assert_eq!(to_stdout.stdout, alone.stdout, "{format}");
        assert_eq!(lint(&folder, &["--format", format, "--fail-on", "never"]).code, Some(0), "{format}");
    }
    let names: BTreeSet<String> = fs::read_dir(folder.path().join(".out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), formats.len(), "nothing else was left: {names:?}");
}

#[test]
fn clean_runs_are_reports_too() {
    let folder = Folder::catalog(&[(
        "heel-raise.yaml",
        &HOSTILE
            .replace(HOSTILE.lines().nth(2).unwrap(), "name: Heel raise")
            .replace("[calves, \"cal,f:s%0A <script>|`x\", calfs]", "[calves]")
            .replace("dosage:", "sources: [bjsmb]\ndosage:"),
    )]);
    for (format, expected) in [
        ("gitlab", "[]\n"),
        ("github", "1 document: nothing to report\n"),
        ("markdown", "### nocere\n\n1 document: nothing to report.\n"),
        ("jsonl", "{\"version\":1,\"summary\":{\"files\":1,\"errors\":0,\"warnings\":0,\"notes\":0}}\n"),
    ] {
        let ran = lint(&folder, &["--format", format]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), expected), "{format}");
    }
    assert_eq!(lint(&folder, &["--format", "sarif"]).json()["runs"][0]["results"], Value::Array(Vec::new()));
    assert!(lint(&folder, &["--format", "junit"]).stdout.contains("tests=\"1\" failures=\"0\""));
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is_done() {
    let folder = hostile();
    fs::create_dir(folder.path().join("taken")).unwrap();
    for (more, words) in [
        (&["--output", "sarif=nowhere/a.sarif"][..], "its folder is not there"),
        (&["--output", "sarif=taken"], "something that is not a file"),
        (&["--output", "sarif"], "FORMAT=PATH"),
        (&["--output", "sarif="], "FORMAT=PATH"),
        (&["--output", "sarfi=a"], "did you mean `sarif`?"),
        (&["--output", "xml=a"], "the formats are pretty, concise"),
        (&["--output", "json=-", "--output", "sarif=-"], "only one report can go to standard output"),
        (&["--format", "json", "--output", "sarif=-"], "only one report can go to standard output"),
        (&["--output", "json=a", "--output", "sarif=a"], "two reports"),
        // It would be content of the catalog the next time, and might be some now.
        (&["--output", "gitlab=report.json"], "read as content"),
        (&["--output", "json=Füße & mehr/a b%,c#d.yaml"], "read as content"),
        // The good one is not written either.
        (&["--output", "json=.out/good.json", "--output", "sarif=nowhere/a"], "nowhere/a"),
    ] {
        let ran = lint(&folder, more);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{more:?}: {ran:?}");
        assert!(ran.stderr.contains(words), "{more:?}: {}", ran.stderr);
    }
    assert!(!folder.path().join(".out/good.json").exists());
    // Where nothing can be decided, no report is written, and an old one stays.
    folder.write(".out/old.json", "old");
    assert_eq!(lint(&folder, &["nothing-here", "--output", "json=.out/old.json"]).code, Some(2));
    assert_eq!(read(&folder, ".out/old.json"), "old");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_written_through() {
    let folder = hostile();
    folder.write(".out/theirs.json", "theirs");
    std::os::unix::fs::symlink("theirs.json", folder.path().join(".out/ours.json")).unwrap();
    let ran = lint(&folder, &["--output", "json=.out/ours.json"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("symbolic link"), "{ran:?}");
    assert_eq!(read(&folder, ".out/theirs.json"), "theirs");
}

// ---- JSON lines

#[test]
fn json_lines_hold_what_the_json_report_holds() {
    let folder = hostile();
    let whole = lint(&folder, &["--format", "json"]).json();
    let lines = lint(&folder, &["--format", "jsonl"]).stdout;
    let mut lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = lines.pop().unwrap();
    assert_eq!(Value::Array(lines), whole["findings"]);
    assert_eq!((&last["version"], &last["summary"]), (&whole["version"], &whole["summary"]));
}

// ---- SARIF

#[test]
fn sarif_places_are_right_and_on_one_line() {
    let folder = hostile();
    let found = findings(&folder);
    let sarif = lint(&folder, &["--format", "sarif"]).json();
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), found.len());
    let lines: Vec<&str> = HOSTILE.lines().collect();
    for (result, finding) in results.iter().zip(&found) {
        assert_eq!(result["ruleId"], finding["rule"]);
        assert_eq!(result["level"], finding["severity"]);
        assert_eq!(result["partialFingerprints"]["primaryLocationLineHash"], finding["fingerprint"]);
        let place = &result["locations"][0]["physicalLocation"];
        let artifact = &place["artifactLocation"];
        assert_eq!(artifact["uri"], "F%C3%BC%C3%9Fe%20%26%20mehr/a%20b%25%2Cc%23d.yaml");
        assert!(run["originalUriBaseIds"].get(artifact["uriBaseId"].as_str().unwrap()).is_some());
        let region = &place["region"];
        assert_eq!(
            (&region["startLine"], &region["startColumn"]),
            (&finding["range"]["start"]["line"], &finding["range"]["start"]["column"])
        );
        assert_eq!(region["endLine"], region["startLine"]);
        // The words that are said to stand there do.
        let line: Vec<char> = lines[start(finding, "line") as usize - 1].chars().collect();
        let column = |name: &str| region[name].as_u64().unwrap() as usize - 1;
        let words: String = line[column("startColumn")..column("endColumn")].iter().collect();
        assert_eq!(region["snippet"]["text"], words);
        let context = &place["contextRegion"];
        let shown = &lines[context["startLine"].as_u64().unwrap() as usize - 1
            ..context["endLine"].as_u64().unwrap() as usize];
        assert_eq!(context["snippet"]["text"], shown.join("\n"));
        // Nothing that a file holds is taken for a link.
        let text = result["message"]["text"].as_str().unwrap();
        assert!(!text.contains("[x](0)"), "{text}");
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
    }
    let fixed: Vec<&Value> = results.iter().filter_map(|result| result.get("fixes")).collect();
    let replaced = &fixed
        .iter()
        .find(|fixes| fixes[0]["description"]["text"].as_str().unwrap().contains("calves"))
        .unwrap()[0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replaced["insertedContent"]["text"], "calves");
}

#[test]
fn sarif_rules_have_the_whole_of_their_documentation_also_where_they_are_content() {
    let folder = hostile();
    folder.write(
        "claims/claim-magic.yaml",
        fs::read_to_string(workspace().join("catalog/core/claims/claim-excess.yaml"))
            .unwrap()
            .replace("id: claim-excess", "id: claim-magic"),
    );
    let sarif = lint(&folder, &["--format", "sarif"]).json();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    for id in ["missing-contraindication", "claim-cure", "claim-magic"] {
        assert!(ids.contains(&id), "{id}: {ids:?}");
    }
    for rule in rules {
        let of = |pointer: &str| rule.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        for short in ["/shortDescription/text", "/fullDescription/text"] {
            assert!((20..=1024).contains(&of(short).chars().count()), "{rule:#}");
        }
        assert!(of("/fullDescription/text").len() > of("/shortDescription/text").len(), "{rule:#}");
        for help in ["/help/text", "/help/markdown"] {
            assert!(of(help).contains("## Why it matters") && of(help).contains("## What to do"), "{rule:#}");
        }
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 10);
        assert_eq!(rule.get("helpUri"), None, "no page on the web is claimed");
    }
}

#[test]
fn sarif_names_files_from_the_top_of_the_repository() {
    let folder = hostile();
    let uri = |at: &str, path: &str| {
        let ran = nocere(["lint", "--format", "sarif", path]).at(&folder.path().join(at)).run();
        ran.json()["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].clone()
    };
    let expected = uri("", ".");
    let whole = folder.path().to_str().unwrap().to_owned();
    for (at, path) in [("Füße & mehr", "."), ("Füße & mehr", "a b%,c#d.yaml"), ("", whole.as_str())] {
        assert_eq!(uri(at, path), expected, "{at}: {path}");
    }
    // A file elsewhere has no path from the top.
    let elsewhere = Folder::new();
    fs::create_dir(elsewhere.path().join(".git")).unwrap();
    let ran = nocere(["lint", "--format", "sarif", &whole]).at(elsewhere.path()).run();
    let artifact =
        ran.json()["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].clone();
    assert!(artifact["uri"].as_str().unwrap().starts_with("file:///"), "{artifact}");
    assert_eq!(artifact.get("uriBaseId"), None);
}

#[test]
fn sarif_shows_the_other_evidence() {
    let bending = HOSTILE.replace("demands: [standing]", "demands: [standing, lumbar-flexion-loaded]");
    let folder = Folder::catalog(&[("a/heel.yaml", &bending), ("b/heel.yaml", HOSTILE)]);
    let sarif = lint(&folder, &["--format", "sarif"]).json();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let of = |rule: &str| results.iter().find(|result| result["ruleId"] == rule).unwrap();
    // Evidence in the built-in pack is named; no viewer could open it.
    let missing = of("missing-contraindication");
    assert!(missing["message"]["text"].as_str().unwrap().contains("See core:conditions/"), "{missing:#}");
    assert!(
        missing["relatedLocations"][0]["logicalLocations"][0]["fullyQualifiedName"]
            .as_str()
            .unwrap()
            .starts_with("core:")
    );
    // Evidence in the repository can be followed.
    let twice = of("duplicate-id");
    assert!(twice["message"]["text"].as_str().unwrap().contains("](0)"), "{twice:#}");
    let uri = twice["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri == "a/heel.yaml", "{uri}");
}

#[test]
fn limits_of_code_scanning_are_kept_and_said() {
    for (findings, kept, words) in [(5_100, 5_100, "shows the worst 5000"), (25_100, 25_000, "takes 25000")] {
        let folder = many(0, 0, "warning");
        for part in 0..findings / 5_000 + 1 {
            let count = 5_000.min(findings - part * 5_000);
            let names: Vec<String> = (0..count).map(|at| format!("q{at}")).collect();
            let text = read(&folder, "heel-raise.yaml")
                .replace("id: heel-raise", &format!("id: heel-{part}"))
                .replace("targets: [calves]", &format!("targets: [calves, {}]", names.join(", ")));
            folder.write(&format!("heel-{part}.yaml"), text);
        }
        let ran = lint(&folder, &["--format", "sarif"]);
        let run = &ran.json()["runs"][0];
        let results = run["results"].as_array().unwrap().len();
        assert_eq!(results, kept, "{findings}");
        let said = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert!(said.as_str().unwrap().contains(words), "{said}");
    }
}

#[test]
fn sarif_fits_the_schema_and_microsofts_validator_agrees() {
    let folder = hostile();
    let more = [
        "tests/rules/missing-contraindication/bad",
        "tests/rules/invalid-syntax/bad-duplicate-key",
        "tests/rules/claim-exceeds-evidence/bad",
        "tests/rules/order-violation/bad",
    ];
    let whole = folder.path().to_str().unwrap();
    let out = format!("sarif={whole}/out.sarif");
    let ran = nocere(["lint", "--output", &out].iter().chain(&more)).run();
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    lint(&folder, &["--output", "sarif=hostile.sarif"]);
    let tool = "@microsoft/sarif-multitool-linux";
    let Some(schema) = consumer::installed(&format!("node/node_modules/{tool}/sarif-2.1.0.json")) else {
        return;
    };
    let schema = fs::read_to_string(schema).unwrap();
    let schema: Value = serde_json::from_str(schema.trim_start_matches('\u{feff}')).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for name in ["out.sarif", "hostile.sarif"] {
        let log: Value = serde_json::from_str(&read(&folder, name)).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&log)
            .map(|fault| format!("{fault} at {}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        let Some(mut validate) = consumer::native(&format!("{tool}/Sarif.Multitool")) else { return };
        let validated = validate
            .args(["validate", name, "--output", "validated.sarif", "--log", "ForceOverwrite"])
            .args(["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--kind", "Fail"])
            .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
            .current_dir(folder.path())
            .output()
            .unwrap();
        let text = read(&folder, "validated.sarif");
        let report: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        let run = &report["runs"][0];
        assert_eq!(run["invocations"][0]["executionSuccessful"], true, "{validated:?}");
        let found: BTreeSet<String> = run["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|result| {
                format!(
                    "{} {}",
                    result["ruleId"].as_str().unwrap(),
                    result["message"]["id"].as_str().unwrap()
                )
            })
            .collect();
        // Neither error nor warning. The notes are choices: code scanning reads `text` and no `id` of a message; rules are
        // named and not numbered; there is no page on the web for each, nothing is fetched, and the file is the same
        // in every clone.
        let choices = [
            "SARIF2002 Note_Default",
            "SARIF2003 Note_Default",
            "SARIF2006 Note_Default",
            "SARIF2009 Note_UseConventionalRuleIds",
            "SARIF2012 Note_ProvideHelpUri",
        ];
        let strays: Vec<&String> = found.iter().filter(|found| !choices.contains(&found.as_str())).collect();
        assert!(strays.is_empty(), "{name}: {strays:#?}");
        assert!(!found.is_empty(), "the validator has looked at it");
    }
}

// ---- GitHub

/// An annotation: its command, its properties, and its message, as the runner reads them.
fn annotation(line: &str) -> (String, std::collections::BTreeMap<String, String>, String) {
    let (command, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (command, properties) = command.split_once(' ').unwrap();
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property = |text: &str| data(&text.replace("%3A", ":").replace("%2C", ","));
    let properties = properties.split(',').map(|pair| pair.split_once('=').unwrap());
    let properties = properties.map(|(name, value)| (name.to_owned(), property(value))).collect();
    (command.to_owned(), properties, data(message))
}

#[test]
fn github_annotations_are_escaped_and_stand_on_the_right_line() {
    let folder = hostile();
    let found = findings(&folder);
    let ran = lint(&folder, &["--format", "github"]);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), found.len() + 1, "one line a finding, and the summary: {}", ran.stdout);
    let raw = ran.stdout.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(raw, None, "control characters reach the log");
    let mut ranks = Vec::new();
    for line in &lines[..found.len()] {
        let (command, properties, message) = annotation(line);
        assert_eq!(properties["file"], "Füße & mehr/a b%,c#d.yaml");
        let finding = found
            .iter()
            .find(|finding| {
                finding["rule"] == properties["title"].as_str()
                    && start(finding, "line").to_string() == properties["line"]
                    && start(finding, "column").to_string() == properties["col"]
            })
            .unwrap_or_else(|| panic!("{line}"));
        assert_eq!(properties["endLine"], properties["line"]);
        let words = finding["message"].as_str().unwrap().chars().skip(1).take(20).collect::<String>();
        assert!(message.contains(&words), "{message}");
        if let Some(help) = finding["help"].as_str() {
            assert!(message.contains("\nWhat to do: ") && message.contains(&help[1..10]), "{message}");
        }
        ranks.push(["error", "warning", "notice"].iter().position(|known| *known == command).unwrap());
    }
    assert!(ranks.is_sorted(), "{ranks:?}");
}

#[test]
fn github_annotations_are_capped_and_the_rest_is_in_the_summary_of_the_step() {
    let folder = many(14, 3, "warning");
    folder.write("summary.md", "What was there.\n");
    let summary = folder.path().join("summary.md");
    let call = |format: &str| {
        nocere(["lint", "--output", &format!("{format}=-")])
            .at(folder.path())
            .env("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())
            .run()
    };
    let ran = call("github");
    let count = |start: &str| ran.stdout.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("::error "), count("::warning "), count("::notice ")), (10, 3, 1), "{}", ran.stdout);
    let notice = ran.stdout.lines().find(|line| line.starts_with("::notice ")).unwrap();
    assert!(notice.contains("4 more: 4 errors."), "{notice}");
    let text = read(&folder, "summary.md");
    assert!(text.starts_with("What was there.\n### nocere\n"), "{text}");
    assert_eq!(text.matches("| **error** |").count(), 14, "{text}");
    assert_eq!(text.matches("| warning |").count(), 3, "{text}");
    // Other formats leave it alone, and an annotation never says more than there is.
    let before = read(&folder, "summary.md");
    call("json");
    assert_eq!(read(&folder, "summary.md"), before);
    let few = many(10, 10, "note");
    let ran = lint(&few, &["--format", "github"]);
    assert!(!ran.stdout.contains("more:") && ran.stdout.matches("::error ").count() == 10, "{}", ran.stdout);
    assert_eq!(ran.stdout.matches("::notice ").count(), 10, "{}", ran.stdout);
    // The notice that closes the list is one of those that are shown.
    let ran = lint(&many(0, 12, "note"), &["--format", "github"]);
    assert_eq!(ran.stdout.matches("::notice ").count(), 10, "{}", ran.stdout);
    assert!(ran.stdout.contains("::notice title=nocere::3 more: 3 notes."), "{}", ran.stdout);
}

#[test]
fn the_summary_of_a_step_keeps_its_limit() {
    let folder = many(4_000, 0, "warning");
    for (before, after) in [(0, 1 << 20), ((1 << 20) - 3_000, 1 << 20), ((1 << 20) - 10, (1 << 20) - 10)] {
        folder.write("summary.md", "x".repeat(before));
        let path = folder.path().join("summary.md");
        let ran = nocere(["lint", "--format", "github"])
            .at(folder.path())
            .env("GITHUB_STEP_SUMMARY", path.to_str().unwrap())
            .run();
        assert_eq!(ran.code, Some(1));
        let text = read(&folder, "summary.md");
        assert!(text.len() <= after, "{before}: {}", text.len());
        assert!(text.starts_with(&"x".repeat(before)));
        assert_eq!(
            text.contains("more findings are not shown here"),
            before > 0 && text.len() > before,
            "{before}"
        );
    }
}

// ---- GitLab

#[test]
fn gitlab_issues_have_what_the_merge_request_needs() {
    let folder = hostile();
    let found = findings(&folder);
    let text = lint(&folder, &["--format", "gitlab"]).stdout;
    assert!(text.starts_with('['), "no byte order mark");
    let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(issues.len(), found.len());
    for (issue, finding) in issues.iter().zip(&found) {
        assert_eq!(issue["check_name"], finding["rule"]);
        assert!(issue["description"].as_str().unwrap().starts_with(finding["rule"].as_str().unwrap()));
        assert!(
            ["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap())
        );
        assert_eq!(issue["severity"] == "critical", finding["severity"] == "error");
        assert_eq!(issue["location"]["path"], "Füße & mehr/a b%,c#d.yaml");
        assert_eq!(issue["location"]["lines"]["begin"], finding["range"]["start"]["line"]);
    }
    // Issues with the same fingerprint would be shown as one, also where two catalogs hold the same document.
    let both = Folder::new();
    for catalog in ["a", "b"] {
        both.write(&format!("{catalog}/nocere.toml"), read(&folder, "nocere.toml"));
        both.write(&format!("{catalog}/heel-raise.yaml"), HOSTILE);
    }
    let issues = lint(&both, &["--format", "gitlab", "a", "b"]).json();
    let prints: BTreeSet<&str> =
        issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), 2 * found.len());
}

// ---- JUnit

#[test]
fn junit_is_read_by_a_parser_that_others_wrote() {
    let folder = hostile();
    let found = findings(&folder);
    lint(&folder, &["--output", "junit=out.xml"]);
    let Some(mut python) = consumer::python() else { return };
    let script = "
import json, sys
from junitparser import JUnitXml, Failure
suites = JUnitXml.fromfile(sys.argv[1])
cases = [
    {'suite': suite.name, 'tests': suite.tests, 'failures': suite.failures, 'name': case.name,
     'class': case.classname, 'line': case._elem.get('line'), 'file': case._elem.get('file'),
     'result': [[r.type, r.message, r.text] for r in case.result if isinstance(r, Failure)]}
    for suite in suites for case in suite]
print(json.dumps({'tests': suites.tests, 'failures': suites.failures, 'cases': cases}))
";
    let output = python.args(["-c", script]).arg(folder.path().join("out.xml")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let parsed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let failing = found.iter().filter(|finding| finding["severity"] != "note").count();
    assert_eq!(
        (parsed["tests"].as_u64(), parsed["failures"].as_u64()),
        (Some(found.len() as u64), Some(failing as u64))
    );
    let cases = parsed["cases"].as_array().unwrap();
    for (case, finding) in cases.iter().zip(&found) {
        assert_eq!(case["suite"], "Füße & mehr/a b%,c#d.yaml");
        assert_eq!(case["file"], case["suite"]);
        assert_eq!(case["line"], start(finding, "line").to_string());
        assert!(case["name"].as_str().unwrap().starts_with(finding["rule"].as_str().unwrap()));
        let failure = &case["result"][0];
        if finding["severity"] != "note" {
            assert_eq!(failure[0], finding["severity"]);
            let message = finding["message"].as_str().unwrap().chars().skip(1).take(15).collect::<String>();
            assert!(failure[1].as_str().unwrap().contains(&message), "{failure}");
        }
    }
    let all = parsed.to_string();
    assert!(all.contains("<script>"), "text comes through as text");
}

// ---- Markdown

#[test]
fn markdown_shows_what_files_hold_and_obeys_none_of_it() {
    let folder = hostile();
    let text = lint(&folder, &["--format", "markdown"]).stdout;
    for raw in ["<script>", "<b>", "@all", "[x](0)", "\u{1b}", "\u{7}"] {
        assert!(!text.contains(raw), "{raw}: {text}");
    }
    let found = findings(&folder);
    let rows: Vec<&str> =
        text.lines().filter(|line| line.starts_with("| ") && line.contains("<code>")).collect();
    assert_eq!(rows.len(), found.len(), "{text}");
    assert!(rows.iter().all(|row| row.matches('|').count() == 4), "a cell is a cell: {text}");
    for finding in &found {
        let place = format!(":{}</code>", start(finding, "line"));
        assert!(
            rows.iter().any(|row| row.contains(&place) && row.contains(finding["rule"].as_str().unwrap()))
        );
    }
    assert!(text.contains("<details><summary>Why, and what to do</summary>\n\n- "), "{text}");
}

#[test]
fn markdown_stays_short_enough_for_a_comment() {
    let folder = many(3_000, 0, "warning");
    let text = lint(&folder, &["--format", "markdown"]).stdout;
    assert_eq!(text.matches("| **error** |").count(), 200, "as many as --max-findings lets through");
    assert!(text.contains("2800 more findings are not shown here."));
    let text = lint(&folder, &["--format", "markdown", "--max-findings", "0"]).stdout;
    assert!(text.len() <= 60_000 && text.contains("more findings are not shown here."), "{}", text.len());
    assert!(text.contains("3000 errors"), "all are counted");
}

// ---- size

#[test]
fn a_message_without_an_end_is_cut_where_few_lines_are_shown() {
    let long = "x".repeat(300_000);
    let folder = Folder::catalog(&[("heel-raise.yaml", &HOSTILE.replace("calfs", &long))]);
    for format in ["github", "gitlab", "markdown"] {
        let text = lint(&folder, &["--format", format]).stdout;
        assert!(text.contains('…') && text.len() < 20_000, "{format}: {}", text.len());
    }
    assert!(lint(&folder, &["--format", "json"]).stdout.contains(&long), "programs get all of it");
}
