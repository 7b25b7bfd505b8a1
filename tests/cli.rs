//! The command as people and programs call it: exit codes, formats, colour, and input that means harm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;

use common::{Folder, Ran, SOUND, nocere, nocere_at, workspace};
use serde_json::Value;

const FORMATS: [&str; 3] = ["pretty", "concise", "json"];

fn lint(folder: &Folder, more: &[&str]) -> Ran {
    nocere_at(folder, ["lint"].iter().chain(more))
}

/// A catalog with one error, one warning, one note, or none of them.
fn with(severity: &str) -> Folder {
    let folder = Folder::catalog(&[]);
    let text = match severity {
        "error" => SOUND.replace("targets: [calves]", "targets: [calfs]"),
        "warning" | "note" => SOUND.replace("sources: [bjsmb]\n", ""),
        _ => SOUND.into(),
    };
    folder.write("heel-raise.yaml", text);
    if severity == "note" {
        let config = fs::read_to_string(folder.path().join("nocere.toml")).unwrap();
        folder.write("nocere.toml", config + "[rules]\nmissing-source = \"note\"\n");
    }
    folder
}

// ---- exit codes

#[test]
fn the_exit_code_follows_the_worst_finding_and_fail_on_in_every_format() {
    let levels = ["never", "error", "warning", "note"];
    for (severity, failing) in [("none", 4), ("note", 3), ("warning", 2), ("error", 1)] {
        let folder = with(severity);
        for (index, level) in levels.iter().enumerate() {
            // Each format with one level at which something fails, and all levels with one format.
            let formats =
                ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"];
            for format in formats.iter().filter(|format| *level == "warning" || **format == "json") {
                let ran = lint(&folder, &["--format", format, "--fail-on", level]);
                let expected = i32::from(index >= failing);
                assert_eq!(ran.code, Some(expected), "{severity}, {format}, {level}: {ran:#?}");
                assert_eq!(ran.stderr, "");
            }
        }
        // Without a level, errors fail.
        assert_eq!(lint(&folder, &[]).code, Some(i32::from(severity == "error")), "{severity}");
        let counted = lint(&folder, &["--format", "json"]).json()["summary"].clone();
        for (name, one) in [("errors", "error"), ("warnings", "warning"), ("notes", "note")] {
            assert_eq!(counted[name], u8::from(severity == one), "{severity}: {counted}");
        }
    }
}

#[test]
fn what_cannot_be_done_exits_with_2_and_says_why_on_standard_error() {
    let good = with("none");
    let broken = Folder::catalog(&[("heel-raise.yaml", SOUND)]);
    broken.write(
        "nocere.toml",
        "[catalog]\nid = \"a\"\nname = \"A\"\nversion = \"0.1.0\"\n[rules]\nmissing-sourse = \"off\"\n",
    );
    let untrue = Folder::catalog(&[("heel-raise.yaml", SOUND)]);
    untrue.write("nocere.toml", "[catalog\n");
    let workspace = Folder::new();
    workspace.write("nocere.toml", "[workspace]\ncatalogs = [\"../elsewhere\"]\n");
    for format in FORMATS {
        for (folder, more, words) in [
            (&good, &["nowhere"][..], "`nowhere`: no such file or directory"),
            (&good, &["heel-raise.yaml", "heel-rise.yaml"], "`heel-rise.yaml`"),
            (
                &broken,
                &[],
                "nocere.toml:6: there is no rule `missing-sourse`\n  help: did you mean `missing-source`?",
            ),
            (&untrue, &[], "nocere.toml:1: "),
            (&workspace, &[], "../elsewhere"),
        ] {
            let ran = lint(folder, &[&["--format", format], more].concat());
            assert_eq!(ran.code, Some(2), "{ran:#?}");
            assert_eq!(ran.stdout, "", "a program that reads the report must not take this for one");
            assert!(ran.stderr.starts_with("nocere: "), "{ran:#?}");
            assert!(ran.stderr.contains(words), "{words}: {ran:#?}");
        }
    }
    assert_eq!(lint(&good, &["--format", "xml"]).code, Some(2));
    assert_eq!(lint(&good, &["--fail-on", "fatal"]).code, Some(2));
}

#[test]
fn nothing_to_lint_exits_with_3() {
    let empty = Folder::new();
    let without_documents = Folder::catalog(&[]);
    for format in FORMATS {
        for folder in [&empty, &without_documents] {
            let ran = lint(folder, &["--format", format]);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(3), ""), "{ran:#?}");
            assert!(ran.stderr.contains("help: "), "{ran:#?}");
        }
    }
}

#[test]
fn an_unknown_rule_cannot_be_explained() {
    let ran = nocere(["explain", "missing-contraindications"]).run();
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("did you mean `missing-contraindication`?"), "{}", ran.stderr);
}

// ---- output

#[test]
fn quiet_prints_nothing_but_what_programs_read() {
    let folder = with("error");
    for (format, silent) in [("pretty", true), ("concise", true), ("json", false), ("sarif", false)] {
        let ran = lint(&folder, &["--quiet", "--format", format]);
        assert_eq!((ran.code, ran.stdout.is_empty()), (Some(1), silent), "{ran:#?}");
        assert_eq!(ran.stderr, "");
    }
    let ran = lint(&folder, &["--quiet", "nowhere"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("nowhere"), "errors are said all the same: {ran:#?}");
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let folder = with("error");
    let coloured = |ran: Ran| ran.stdout.contains('\u{1b}');
    let call = |more: &[&str]| nocere(["lint"].iter().chain(more)).at(folder.path());
    assert!(!coloured(call(&[]).run()), "standard output is no terminal");
    assert!(!coloured(call(&["--color", "auto"]).run()));
    assert!(!coloured(call(&["--color", "never"]).run()));
    assert!(!coloured(call(&[]).env("NO_COLOR", "1").run()));
    assert!(coloured(call(&["--color", "always"]).run()));
    assert!(coloured(call(&["--color", "always"]).env("NO_COLOR", "1").run()), "who asks is given");
    assert!(!coloured(call(&["--color", "always", "--format", "json"]).run()));
}

#[test]
fn concise_reports_are_a_line_each() {
    let folder = with("error");
    let ran = lint(&folder, &["--format", "concise"]);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "heel-raise.yaml:6:11: error[unknown-reference] there is no target `calfs`");
    assert_eq!(lines[1], "1 document: 1 error");
}

#[test]
fn long_reports_are_capped_for_people_and_whole_for_programs() {
    let folder = Folder::catalog(&[]);
    for number in 0..7 {
        let text =
            SOUND.replace("sources: [bjsmb]\n", "").replace("id: heel-raise", &format!("id: heel-{number}"));
        folder.write(&format!("heel-{number}.yaml"), text);
    }
    let concise = lint(&folder, &["--format", "concise", "--max-findings", "2"]).stdout;
    assert_eq!(concise.matches("missing-source").count(), 2, "{concise}");
    assert!(concise.contains("5 more findings are not shown") && concise.contains("7 warnings"), "{concise}");
    let all = lint(&folder, &["--format", "concise", "--max-findings", "0"]).stdout;
    assert_eq!(all.matches("missing-source").count(), 7, "{all}");
    assert_eq!(lint(&folder, &["--format", "json", "--max-findings", "2"]).findings().len(), 7);
}

#[test]
fn a_clean_run_is_one_line() {
    let ran = lint(&with("none"), &[]);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("1 document: nothing to report\n", ""));
}

// ---- JSON

#[test]
fn json_reports_fit_their_schema() {
    let schema = fs::read_to_string(workspace().join("schemas/report.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let ran = nocere([
        "lint",
        "--format",
        "json",
        "tests/rules/missing-contraindication/bad",
        "tests/rules/unknown-reference/bad",
        "tests/rules/unused-suppression/bad",
        "tests/rules/invalid-syntax/bad-duplicate-key",
    ])
    .run();
    let report = ran.json();
    let faults: Vec<String> =
        validator.iter_errors(&report).map(|fault| format!("{fault} at {}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(report["version"], 1);
    let findings = ran.findings();
    assert!(findings.len() >= 4);
    assert!(findings.iter().any(|finding| !finding["related"].as_array().unwrap().is_empty()));
    assert!(findings.iter().any(|finding| !finding["fixes"].as_array().unwrap().is_empty()));
    // The schema says something: a report without its version, or with a severity of its own, does not fit.
    let mut bad = report.clone();
    bad.as_object_mut().unwrap().remove("version");
    assert!(!validator.is_valid(&bad));
    let mut bad = report;
    bad["findings"][0]["severity"] = "fatal".into();
    assert!(!validator.is_valid(&bad));
}

/// The bytes of a finding's range, by its offsets; and its lines and columns, counted anew.
fn check_range(bytes: &[u8], range: &Value) -> String {
    let offset = |end: &str| usize::try_from(range[end]["offset"].as_u64().unwrap()).unwrap();
    for end in ["start", "end"] {
        let before = std::str::from_utf8(&bytes[..offset(end)]).expect("offsets fall between characters");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        assert_eq!(
            (range[end]["line"].as_u64(), range[end]["column"].as_u64()),
            (Some(line as u64), Some(column as u64))
        );
    }
    String::from_utf8(bytes[offset("start")..offset("end")].to_vec()).unwrap()
}

#[test]
fn places_are_right_in_every_encoding_of_lines_and_characters() {
    let text = SOUND
        .replace("name: Heel raise", "name: Fersenheben – „Ü“ 🦶 TODO zuhöchst")
        .replace("balls of both feet", "balls of both 🦶🦶 (TBD)")
        .replace("[steady work in both calves]", "[\"caf\\u00e9 \\u2013 FIXME here\"]")
        .replace("[bjsmb]", "[ß-source, nowhere]");
    for (name, content) in [
        ("lf", text.clone()),
        ("crlf", text.replace('\n', "\r\n")),
        ("bom", format!("\u{feff}{text}")),
        ("bom and crlf", format!("\u{feff}{}", text.replace('\n', "\r\n"))),
    ] {
        let folder = Folder::catalog(&[("heel-raise.yaml", &content)]);
        let findings = lint(&folder, &["--format", "json"]).findings();
        let marked: Vec<String> =
            findings.iter().map(|finding| check_range(content.as_bytes(), &finding["range"])).collect();
        for words in ["TODO", "TBD", "FIXME", "ß-source", "nowhere"] {
            assert!(marked.iter().any(|marked| marked == words), "{name}: {words} is not among {marked:?}");
        }
    }
}

#[test]
fn ranges_in_folded_and_quoted_text_hold_the_words_that_are_meant() {
    let text = SOUND.replace(
        "name: Heel raise\n",
        "name: Heel raise\nsummary: >-\n  Lifts both heels from the floor, and then – slowly –\n  lowers them. Lorem ipsum\n  dolor.\ndescription: |\n  One line.\n  Coming soon: more.\nalso-known-as: ['It''s a FIXME', \"a \\\"TBD\\\" name\"]\n",
    );
    let folder = Folder::catalog(&[("heel-raise.yaml", &text)]);
    let findings = lint(&folder, &["--format", "json"]).findings();
    let marked: Vec<String> =
        findings.iter().map(|finding| check_range(text.as_bytes(), &finding["range"])).collect();
    assert_eq!(marked, ["Lorem ipsum", "Coming soon", "FIXME", "TBD"]);
}

// ---- what is read

#[test]
fn a_single_file_is_reported_alone_and_knows_its_catalog() {
    let folder = Folder::catalog(&[
        (
            "exercises/heel-raise.yaml",
            &SOUND.replace("sources:", "alternatives: [toe-raise]\nprogressions: [calf-hop]\nsources:"),
        ),
        ("exercises/toe-raise.yaml", &SOUND.replace("heel-raise", "toe-raise").replace("[calves]", "[toes]")),
    ]);
    let ran = lint(&folder, &["--format", "concise", "exercises/heel-raise.yaml"]);
    // `toe-raise` is found, `calf-hop` is not, and the fault of the other file is not shown.
    assert!(
        ran.stdout.contains(
            "exercises/heel-raise.yaml:14:16: error[unknown-reference] there is no exercise `calf-hop`"
        ),
        "{}",
        ran.stdout
    );
    assert_eq!(ran.stdout.matches("error[").count(), 1, "{}", ran.stdout);
    let both = lint(&folder, &["--format", "concise"]);
    assert_eq!(both.stdout.matches("error[").count(), 2, "{}", both.stdout);
    // The same from inside the folder: the path is said as it was given.
    let inside =
        nocere(["lint", "--format", "concise", "heel-raise.yaml"]).at(&folder.path().join("exercises")).run();
    assert!(
        inside.stdout.starts_with("../exercises/heel-raise.yaml:")
            || inside.stdout.starts_with("heel-raise.yaml:"),
        "{}",
        inside.stdout
    );
    assert_eq!(inside.stdout.matches("error[").count(), 1);
}

#[test]
fn a_folder_that_is_named_like_a_document_is_a_folder() {
    let folder = with("none");
    folder.write("step.yaml/calf.yaml", SOUND.replace("id: heel-raise", "id: calf"));
    let ran = lint(&folder, &["--format", "json"]);
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    assert_eq!(ran.json()["summary"]["files"], 2);
}

#[test]
fn hidden_files_and_other_endings_are_left_out() {
    let folder = with("none");
    for path in
        [".hidden.yaml", ".git/config.yaml", "notes.txt", "image.png", "README.md", "heel-raise.yaml~"]
    {
        folder.write(path, "TODO: [");
    }
    let ran = lint(&folder, &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "1 document: nothing to report\n"));
}

#[test]
fn any_bytes_get_a_finding_and_never_a_panic() {
    let deep = format!("kind: exercise\nid: deep\nname: {}\n", "[".repeat(100_000));
    let bomb = (1..40).fold("kind: exercise\nid: bomb\na0: &a0 [x, x]\n".to_owned(), |text, n| {
        text + &format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1)
    });
    let long = format!("kind: exercise\nid: long\nname: {}\n", "x ".repeat(300_000));
    let json = format!("{}{}", "{\"a\":".repeat(20_000), "}".repeat(20_000));
    let folder = Folder::catalog(&[]);
    let mut paths = Vec::new();
    for (path, bytes) in [
        ("nul.yaml", b"kind: exercise\0\nid: a\n".to_vec()),
        ("utf16.yaml", b"\xff\xfek\0i\0n\0d\0".to_vec()),
        ("random.yaml", (0..=255).collect()),
        ("controls.yaml", b"kind: \x1b[31mexercise\nid: \x07\n".to_vec()),
        ("deep.yaml", deep.into_bytes()),
        ("bomb.yaml", bomb.into_bytes()),
        ("long.yaml", long.into_bytes()),
        ("scalar.yaml", b"exercise".to_vec()),
        ("null.yaml", b"~\n".to_vec()),
        ("dots.yaml", b"...\n".to_vec()),
        ("dashes.yaml", b"---\n---\n---\n".to_vec()),
        ("percent.yaml", b"%YAML 9.9\n---\nkind: exercise\n".to_vec()),
        ("keys.yaml", b"? [a, b]\n: c\n".to_vec()),
        ("merge.yaml", b"kind: exercise\nid: m\n<<: { name: x }\n".to_vec()),
        ("deep.json", json.into_bytes()),
        ("empty.json", Vec::new()),
        ("half.json", b"{\"kind\": \"exer".to_vec()),
        ("empty.yml", Vec::new()),
    ] {
        folder.write(path, bytes);
        paths.push(path);
    }
    let findings = lint(&folder, &["--format", "json"]).findings();
    for path in paths {
        assert!(findings.iter().any(|finding| finding["path"] == path), "nothing is said of {path}");
    }
    for format in ["pretty", "concise"] {
        let ran = lint(&folder, &["--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""), "{format}");
        let raw = ran.stdout.chars().find(|c| c.is_control() && *c != '\n' && *c != '\t');
        assert_eq!(raw, None, "{format}: control characters reach the terminal");
    }
}

#[cfg(unix)]
mod unix {
    use std::{os::unix::fs::PermissionsExt, process::Command};

    use super::*;

    #[test]
    fn a_file_that_may_not_be_read_gets_a_finding() {
        let folder = with("none");
        folder.write("secret.yaml", SOUND);
        let path = folder.path().join("secret.yaml");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&path).is_ok() {
            // Whoever may read everything cannot try this.
            return;
        }
        let ran = lint(&folder, &["--format", "concise"]);
        assert_eq!(ran.code, Some(1), "{ran:#?}");
        assert!(
            ran.stdout.starts_with(
                "secret.yaml:1:1: error[invalid-syntax] this file could not be read: permission denied"
            ),
            "{}",
            ran.stdout
        );
    }

    #[test]
    fn pipes_and_links_are_left_alone() {
        let folder = with("none");
        let pipe = folder.path().join("pipe.yaml");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
        link(".", "round");
        link("loop.yaml", "loop.yaml");
        link("/etc/hostname", "outside.yaml");
        link("heel-raise.yaml", "twice.yaml");
        let ran = lint(&folder, &[]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "1 document: nothing to report\n"), "{ran:#?}");
    }

    #[test]
    fn a_pipe_that_is_asked_for_is_refused_without_waiting() {
        let folder = with("none");
        assert!(Command::new("mkfifo").arg(folder.path().join("pipe.yaml")).status().unwrap().success());
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_nocere"))
            .args(["lint", "pipe.yaml"])
            .current_dir(folder.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..200 {
            if let Some(status) = child.try_wait().unwrap() {
                assert_ne!(status.code(), Some(101));
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        child.kill().unwrap();
        panic!("it waits for the other end of the pipe");
    }

    #[test]
    fn names_with_control_characters_do_not_reach_the_terminal() {
        let folder = Folder::catalog(&[]);
        folder.write("a\u{1b}[2Jb\u{7}\u{202e}c\r.yaml", SOUND.replace("[calves]", "[calfs\u{9b}]"));
        for format in ["pretty", "concise"] {
            let ran = lint(&folder, &["--format", format]);
            assert_eq!(ran.code, Some(1));
            let raw = |c: &char| (c.is_control() && *c != '\n') || *c == '\u{202e}';
            assert_eq!(ran.stdout.chars().find(raw), None, "{format}: {:?}", ran.stdout);
        }
        // Programs get the true name.
        let ran = lint(&folder, &["--format", "json"]);
        assert!(!ran.stdout.contains('\u{1b}'), "JSON escapes it");
        assert_eq!(ran.findings()[0]["path"], "a\u{1b}[2Jb\u{7}\u{202e}c\r.yaml");
        let ran = lint(&folder, &["no\u{1b}[2Jwhere"]);
        assert!(ran.code == Some(2) && !ran.stderr.contains('\u{1b}'), "{ran:?}");
    }

    #[test]
    fn a_reader_that_goes_away_is_no_error() {
        let folder = with("error");
        let mut child = Command::new(env!("CARGO_BIN_EXE_nocere"))
            .args(["lint"])
            .current_dir(folder.path())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

// ---- the other commands

#[test]
fn every_rule_can_be_explained() {
    let rules = nocere(["rules", "--format", "json"]).run().json();
    let rules = rules.as_array().unwrap();
    assert!(rules.len() >= 40);
    let listed = nocere(["rules"]).run().stdout;
    for rule in rules {
        let name = rule["name"].as_str().unwrap();
        assert!(listed.contains(&format!("  {name} ")), "{name} is not in the list for people");
        let ran = nocere(["explain", name]).run();
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{name}");
        for part in [&format!("# {name}\n"), "## Why it matters\n", "## Examples\n", "## What to do\n"] {
            assert!(ran.stdout.contains(part), "{name} lacks {part:?}: {}", ran.stdout);
        }
    }
}

#[test]
fn completions_and_manual_pages_are_generated() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = nocere(["completions", shell]).run();
        assert_eq!(ran.code, Some(0), "{shell}");
        assert!(ran.stdout.contains("nocere") && ran.stdout.contains("fail-on"), "{shell}");
    }
    let folder = Folder::new();
    let ran = nocere_at(&folder, ["man", "--out", "pages"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    for page in ["nocere.1", "nocere-lint.1", "nocere-explain.1"] {
        let text = fs::read_to_string(folder.path().join("pages").join(page)).unwrap();
        assert!(text.contains(".SH NAME") && text.contains("nocere"), "{page}");
    }
}

#[test]
fn help_names_every_command_and_the_version_is_that_of_the_package() {
    let help = nocere(["--help"]).run();
    assert_eq!(help.code, Some(0));
    for command in ["lint", "rules", "explain", "completions", "man"] {
        assert!(help.stdout.contains(&format!("\n  {command} ")), "{command}: {}", help.stdout);
    }
    let version = nocere(["--version"]).run();
    assert_eq!(version.stdout, format!("nocere {}\n", env!("CARGO_PKG_VERSION")));
}
