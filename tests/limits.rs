//! `[limits]` in `nocere.toml`: what a file may cost, wherever it is read from.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    io::Write,
    process::{Command, Stdio},
};

use common::{Folder, Ran, nocere_at};

const CATALOG: &str = "[catalog]\nid = \"trial\"\nname = \"Trial\"\nversion = \"0.1.0\"\n";

/// A document without a fault, and words behind it that make it long.
fn sound(mebibytes: usize) -> String {
    let words = "x ".repeat(mebibytes << 19);
    format!("kind: target\nid: calves-too\nname: Calves\ndefinition: The calves.\n# {words}\n")
}

fn with(limits: &str, files: &[(&str, &str)]) -> Folder {
    let folder = Folder::catalog(files);
    folder.write("nocere.toml", format!("{CATALOG}[limits]\n{limits}\n"));
    folder
}

/// The messages of what is reported, each with its help.
fn messages(ran: &Ran) -> Vec<String> {
    let findings = ran.findings();
    findings.iter().map(|one| format!("{} {}", one["message"], one["help"])).collect()
}

fn lint(folder: &Folder) -> Vec<String> {
    messages(&nocere_at(folder, ["lint", "--format", "json"]))
}

#[test]
fn each_limit_can_be_lowered_and_raised_and_is_named_where_it_is_hit() {
    let large = sound(1);
    let many: String = (0..30_000).map(|n| format!("k{n}: v\n")).collect();
    let deep = format!("a: {}x{}\n", "[".repeat(40), "]".repeat(40));
    let deep_json = format!("{{\"a\": {}0{}}}", "[".repeat(40), "]".repeat(40));
    for (setting, low, high, file, text) in [
        ("file-mib", "1", "2", "a.yaml", &large),
        ("values", "50000", "100000", "a.yaml", &many),
        ("depth", "32", "50", "a.yaml", &deep),
        ("depth", "32", "50", "a.json", &deep_json),
    ] {
        let name = format!("limits.{setting}");
        let found = lint(&with(&format!("{setting} = {low}"), &[(file, text)]));
        assert!(found.len() == 1 && found[0].contains(&name), "{setting} = {low}: {found:?}");
        let found = lint(&with(&format!("{setting} = {high}"), &[(file, text)]));
        assert!(!found.iter().any(|message| message.contains(&name)), "{setting} = {high}: {found:?}");
    }
}

#[test]
fn prose_and_standard_input_are_held_to_it_too() {
    let folder = with("file-mib = 1", &[]);
    // A named article belongs to no catalog: what is usual holds.
    let prose = "It cures nothing. ".repeat(17 << 16);
    folder.write("post.md", &prose);
    let found = messages(&nocere_at(&folder, ["lint", "post.md", "--format", "json"]));
    assert!(found.len() == 1 && found[0].contains("`limits.file-mib`"), "{found:?}");
    for (name, text) in [("a.yaml", sound(1)), ("post.html", prose)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_nocere"))
            .args(["lint", "--stdin-filename", name, "--format", "json"])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // It stops reading where the limit is.
        let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
        let output = child.wait_with_output().unwrap();
        let ran = Ran {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::new(),
            code: output.status.code(),
        };
        let found = messages(&ran);
        assert!(found.len() == 1 && found[0].contains("`limits.file-mib`"), "{name}: {found:?}");
    }
}

#[test]
fn a_number_that_makes_no_sense_is_refused_where_it_stands() {
    for (setting, words) in [
        ("values = 0", "integer `0`, expected a whole number from 1 to 5000000; 50000 is usual"),
        ("depth = 101", "integer `101`, expected a whole number from 1 to 100; 32 is usual"),
        ("depth = -1", "integer `-1`, expected a whole number from 1 to 100"),
        ("file-mib = 1025", "integer `1025`, expected a whole number from 1 to 1024; 16 is usual"),
        ("file-mib = 99999999999999", "expected a whole number from 1 to 1024"),
        ("file-mib = \"16 MiB\"", "expected a whole number from 1 to 1024"),
        ("file-mib = 1.5", "expected a whole number from 1 to 1024"),
        ("file-size = 3", "unknown field `file-size`, expected one of `file-mib`, `values`, `depth`"),
    ] {
        let ran = nocere_at(&with(setting, &[]), ["lint"]);
        assert_eq!(ran.code, Some(2), "{setting}: {ran:#?}");
        assert!(
            ran.stderr.starts_with("nocere: nocere.toml:6: ") && ran.stderr.contains(words),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn what_counts_is_shown_with_its_origin() {
    let ran = nocere_at(&with("depth = 40", &[]), ["config", "--show-origin", "."]);
    let line = |name: &str| ran.stdout.lines().find(|line| line.starts_with(name)).expect(&ran.stdout);
    let words = |name: &str| line(name).split_whitespace().skip(1).collect::<Vec<_>>();
    assert_eq!(words("limits.depth"), ["40", "nocere.toml:6"]);
    assert_eq!(words("limits.values"), ["50000", "default"]);
    assert_eq!(words("limits.file-mib"), ["16", "default"]);
}

#[test]
fn the_past_is_read_within_its_own_limits() {
    let text = sound(1).replace("name: Calves", "name: TODO");
    let folder = with("file-mib = 2", &[("a.yaml", &text)]);
    folder.commit_first();
    assert_eq!(lint(&folder).len(), 1);
    let ran = nocere_at(&folder, ["lint", "--since", "HEAD", "--format", "json"]);
    assert_eq!(messages(&ran), [""; 0], "what was there is no news");
    // What could not be read then is news now.
    let limit = |mebibytes| format!("{CATALOG}[limits]\nfile-mib = {mebibytes}\n");
    folder.write("nocere.toml", limit(1));
    folder.commit("lower");
    folder.write("nocere.toml", limit(2));
    let ran = nocere_at(&folder, ["lint", "--since", "HEAD", "--format", "json"]);
    assert_eq!(messages(&ran).len(), 1, "{ran:#?}");
}
