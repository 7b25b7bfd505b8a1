//! `lint --cache`: a run that is not done again says what it would have said.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{fs, path::PathBuf};

use common::{FAULTY, Folder, Ran, Random, SOUND, nocere_at};

const CONFIG: &str = "[catalog]\nid = \"trial\"\nname = \"Trial\"\nversion = \"0.1.0\"\n";

fn cold(folder: &Folder, format: &str) -> Ran {
    nocere_at(folder, ["lint", "--format", format])
}

fn warm(folder: &Folder, format: &str) -> Ran {
    nocere_at(folder, ["lint", "--format", format, "--cache", "kept"])
}

/// The runs that are kept.
fn kept(folder: &Folder) -> Vec<PathBuf> {
    let files = common::files(&folder.path().join("kept"));
    files.into_iter().filter(|path| path.file_name().unwrap().len() == 64).collect()
}

#[track_caller]
fn same(one: &Ran, other: &Ran) {
    assert_eq!((&one.stdout, &one.stderr, one.code), (&other.stdout, &other.stderr, other.code));
}

#[test]
fn whatever_is_edited_a_kept_run_says_what_a_new_one_does() {
    let folder =
        Folder::catalog(&[("heel-raise.yaml", SOUND), ("old.yaml", FAULTY), ("post.md", "# A post\n")]);
    let path = |name: &str| folder.path().join(name);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..20 {
        // Each edit once, and then any.
        let edit = if round < 8 { round } else { random.below(8) };
        match edit {
            0 => folder
                .write("heel-raise.yaml", SOUND.replace("slowly", &format!("slowly in {round} seconds"))),
            1 => folder.write("heel-raise.yaml", FAULTY.replace("TODO", "This heals your spine.")),
            2 => folder
                .write(&format!("new-{round}.yaml"), FAULTY.replace("heel-raise", &format!("raise-{round}"))),
            3 => drop(fs::rename(path("old.yaml"), path("older.yaml"))),
            4 => drop(fs::remove_file(path("older.yaml"))),
            5 => folder.write("nocere.toml", format!("{CONFIG}[rules]\nplaceholder-text = \"note\"\n")),
            6 => folder.write("nocere.toml", format!("{CONFIG}# Round {round}\n")),
            _ => {
                let _ = fs::remove_file(path("nocere-baseline.json"));
                nocere_at(&folder, ["baseline", "--create"]);
            }
        }
        let format = ["json", "sarif", "pretty", "concise"][random.below(4)];
        let expected = cold(&folder, format);
        for _ in 0..2 {
            same(&warm(&folder, format), &expected);
        }
    }
}

#[test]
fn a_kept_run_is_not_done_again() {
    let folder = Folder::catalog(&[("heel-raise.yaml", SOUND)]);
    let sound = warm(&folder, "concise");
    let clean = kept(&folder).pop().unwrap();
    folder.write("heel-raise.yaml", FAULTY);
    let faulty = warm(&folder, "concise");
    assert_ne!(faulty.stdout, sound.stdout);
    let other = kept(&folder).into_iter().find(|path| *path != clean).unwrap();
    // Only a run that looks there can say what was put there.
    fs::copy(&clean, &other).unwrap();
    same(&warm(&folder, "concise"), &sound);
    same(&cold(&folder, "concise"), &faulty);
    // What was damaged is found out and replaced.
    let mut bytes = fs::read(&clean).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(&other, bytes).unwrap();
    same(&warm(&folder, "concise"), &faulty);
    fs::write(folder.path().join("heel-raise.yaml"), SOUND).unwrap();
    same(&warm(&folder, "concise"), &sound);
}

#[test]
fn only_old_runs_are_removed_from_the_folder() {
    let folder = Folder::catalog(&[("heel-raise.yaml", SOUND)]);
    folder.write("kept/mine.txt", "mine");
    folder.write("kept/.nocere-now.tmp", "another run is writing this");
    for n in 0..80 {
        folder.write(&format!("kept/{n:064x}"), "old");
    }
    assert_eq!(warm(&folder, "concise").code, Some(0));
    let kept = kept(&folder);
    assert_eq!(kept.len(), 64);
    assert!(kept.iter().any(|path| fs::read(path).unwrap() != b"old"), "the newest is there");
    assert!(
        folder.path().join("kept/mine.txt").exists() && folder.path().join("kept/.nocere-now.tmp").exists()
    );
}

#[test]
fn a_new_folder_is_marked_as_one_that_can_be_made_again() {
    let folder = Folder::catalog(&[("heel-raise.yaml", SOUND)]);
    let ran = nocere_at(&folder, ["lint", "--cache", ".cache/nocere"]);
    assert_eq!(ran.code, Some(0));
    let read = |name: &str| fs::read_to_string(folder.path().join(".cache/nocere").join(name)).unwrap();
    assert!(read("CACHEDIR.TAG").starts_with("Signature: 8a477f597d28d172789f06886806bc55"));
    assert_eq!(read(".gitignore"), "*\n");
}

#[test]
fn settings_that_cannot_be_used_are_refused_each_time() {
    let folder = Folder::catalog(&[("heel-raise.yaml", SOUND)]);
    folder.write("nocere.toml", format!("{CONFIG}[rules]\nno-such-rule = \"off\"\n"));
    let first = warm(&folder, "concise");
    assert_eq!(first.code, Some(2));
    same(&warm(&folder, "concise"), &first);
    assert!(kept(&folder).is_empty());
}

#[test]
fn a_folder_that_cannot_be_made_is_refused_before_anything_is_checked() {
    let folder = Folder::catalog(&[("heel-raise.yaml", SOUND)]);
    let ran = nocere_at(&folder, ["lint", "--cache", "nocere.toml/kept"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(
        ran.stderr.contains("the folder `nocere.toml/kept` for `--cache` cannot be made"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("help: nothing was checked"), "{}", ran.stderr);
}

#[test]
fn the_past_of_since_is_kept_too() {
    let folder = Folder::catalog(&[("heel-raise.yaml", FAULTY)]);
    folder.commit_first();
    folder.write("second.yaml", FAULTY.replace("id: heel-raise", "id: second"));
    let since =
        |more: &[&str]| nocere_at(&folder, [&["lint", "--format", "json", "--since", "HEAD"], more].concat());
    let expected = since(&[]);
    assert!(!expected.findings().is_empty());
    for _ in 0..2 {
        same(&since(&["--cache", "kept"]), &expected);
    }
    assert_eq!(kept(&folder).len(), 2, "the present and the past");
}
