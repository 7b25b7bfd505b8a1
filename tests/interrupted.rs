//! Runs that are stopped at any moment, and files that change under a run: nothing is torn, and nothing that is left
//! behind hinders the next run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test fails by panicking.
#![cfg(unix)]

mod common;

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use common::{Folder, files, nocere_at, workspace};

const PACKLESS: &str = "[catalog]\nid = \"trial\"\nname = \"Trial\"\nversion = \"0.1.0\"\npacks = []\n";

fn target(id: &str, name: &str) -> String {
    format!("kind: target\nid: {id}\nname: {name}\ndefinition: The calves.\n")
}

fn start(folder: &Folder, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nocere"));
    command.args(arguments).current_dir(folder.path()).env_clear();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The files that people and nocere see: what a stopped run leaves is hidden, and says whose it is.
fn seen(folder: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for path in files(folder) {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if !name.split('/').any(|part| part.starts_with(".nocere-") && part.ends_with(".tmp")) {
            all.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    all
}

/// Everything below a folder, by name; what comes and goes meanwhile may be missing.
fn names(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        found.push(entry.path().display().to_string());
        if entry.file_type().is_ok_and(|found| found.is_dir()) {
            names(&entry.path(), found);
        }
    }
}

/// Stops a command shortly after it begins to write, many times: each file is as before or as it would have become,
/// and the same command, called again, ends where an undisturbed one does.
fn stopped(make: &dyn Fn() -> Folder, arguments: &[&str]) {
    let folder = make();
    let before = seen(folder.path());
    let ran = nocere_at(&folder, arguments);
    assert!(matches!(ran.code, Some(0 | 1)), "{arguments:?}: {ran:#?}");
    let after = seen(folder.path());
    assert_ne!(before, after, "{arguments:?} writes something");
    let mut random = 0x9e37_79b9_u64;
    let mut cut = 0;
    for round in 0..12 {
        let folder = make();
        let listed = || {
            let mut found = Vec::new();
            names(folder.path(), &mut found);
            found
        };
        let still = listed().len();
        let mut child = start(&folder, arguments);
        let begun = Instant::now();
        while listed().len() == still && child.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(60), "{arguments:?}");
        }
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        thread::sleep(Duration::from_micros((random >> 33) % 3_000));
        match round % 3 {
            0 => drop(child.kill()),
            1 => drop(Command::new("kill").args(["-INT", &child.id().to_string()]).status()),
            _ => drop(Command::new("kill").args(["-TERM", &child.id().to_string()]).status()),
        }
        cut += usize::from(child.wait().unwrap().code().is_none());
        let now = seen(folder.path());
        for (name, text) in &now {
            let whole = [&before, &after].iter().any(|state| state.get(name) == Some(text));
            assert!(whole, "{arguments:?}: {name} is torn: {text}");
        }
        for name in before.keys().filter(|name| after.contains_key(*name)) {
            assert!(now.contains_key(name), "{arguments:?}: {name} is gone");
        }
        if now != after {
            let ran = nocere_at(&folder, arguments);
            assert!(matches!(ran.code, Some(0 | 1)), "{arguments:?} trips over what was left: {ran:#?}");
        }
        assert_eq!(seen(folder.path()), after, "{arguments:?}");
    }
    eprintln!("{arguments:?}: {cut} of 12 were stopped while they wrote");
}

#[test]
fn a_stopped_fix_leaves_each_file_as_it_was_or_as_it_will_be() {
    let make = || {
        let folder = Folder::new();
        folder.write("nocere.toml", PACKLESS);
        for n in 0..40 {
            let unused = "# nocere: allow placeholder-text -- it was there once\n";
            folder.write(&format!("{n}.yaml"), target(&format!("t-{n}"), "Calves") + unused);
        }
        folder
    };
    stopped(&make, &["lint", "--fix"]);
}

#[test]
fn a_stopped_init_is_completed_by_the_next() {
    stopped(&Folder::new, &["init", "catalog"]);
}

#[test]
fn a_stopped_import_leaves_the_whole_library_or_nothing() {
    let library = workspace().join("tests/import/library.json");
    stopped(&Folder::new, &["import", "free-exercise-db", library.to_str().unwrap(), "--out", "library"]);
}

#[test]
fn a_stopped_baseline_is_whole_or_not_there() {
    let make = || {
        let folder = Folder::new();
        folder.write("nocere.toml", PACKLESS);
        for n in 0..40 {
            folder.write(&format!("{n}.yaml"), target(&format!("t-{n}"), "TODO"));
        }
        folder
    };
    stopped(&make, &["baseline", "--create"]);
}

#[test]
fn a_stopped_new_leaves_a_whole_document_or_none() {
    let make = || {
        let folder = Folder::new();
        folder.write("nocere.toml", PACKLESS);
        folder
    };
    stopped(&make, &["new", "exercise", "heel-raise"]);
}

#[test]
fn two_fixes_at_once_leave_whole_files() {
    let folder = Folder::new();
    folder.write("nocere.toml", PACKLESS);
    for n in 0..40 {
        let unused = "# nocere: allow placeholder-text -- it was there once\n";
        folder.write(&format!("{n}.yaml"), target(&format!("t-{n}"), "Calves") + unused);
    }
    let mut children: Vec<Child> = (0..3).map(|_| start(&folder, &["lint", "--fix"])).collect();
    for child in &mut children {
        // One that finds a file changed under it says so and stops.
        assert!(matches!(child.wait().unwrap().code(), Some(0..=2)));
    }
    nocere_at(&folder, ["lint", "--fix"]);
    for (name, text) in seen(folder.path()).iter().filter(|(name, _)| name.ends_with(".yaml")) {
        assert_eq!(*text, target(&format!("t-{}", name.trim_end_matches(".yaml")), "Calves"));
    }
}

#[test]
fn a_lint_during_edits_reports_a_state_that_there_was() {
    let folder = Folder::new();
    folder.write("nocere.toml", PACKLESS);
    // Each state, and where its findings are.
    let long = format!("{}# {}\n", target("calf", "Calves"), "x ".repeat(30_000));
    let states: [(String, &[u64]); 4] = [
        (target("calf", "Calves"), &[]),
        (target("calf", "TODO"), &[3]),
        (target("calf", "TODO").replace("The calves.", "Tbd"), &[3, 4]),
        (long.clone(), &[]),
    ];
    folder.write("whole.yaml", &states[0].0);
    folder.write("torn.yaml", target("other", "Calves"));
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0;
            while !done.load(Ordering::Relaxed) {
                n += 1;
                // As good editors save, and as others do.
                fs::write(folder.path().join("next"), &states[n % 4].0).unwrap();
                fs::rename(folder.path().join("next"), folder.path().join("whole.yaml")).unwrap();
                let other =
                    if n % 2 == 0 { target("other", "Calves") } else { long.replace("calf", "other") };
                fs::write(folder.path().join("torn.yaml"), other).unwrap();
            }
        });
        for _ in 0..50 {
            let ran = nocere_at(&folder, ["lint", "--format", "json"]);
            assert!(matches!(ran.code, Some(0 | 1)), "{ran:#?}");
            let mut lines = Vec::new();
            for finding in ran.findings() {
                let (start, end) = (&finding["range"]["start"], &finding["range"]["end"]);
                let (from, to) = (start["offset"].as_u64().unwrap(), end["offset"].as_u64().unwrap());
                assert!(from <= to && to <= long.len() as u64 + 8, "{finding:#?}");
                if finding["path"] == "whole.yaml" {
                    lines.push(start["line"].as_u64().unwrap());
                }
            }
            assert!(states.iter().any(|(_, known)| *known == lines), "{lines:?}: {ran:#?}");
        }
        done.store(true, Ordering::Relaxed);
    });
}
