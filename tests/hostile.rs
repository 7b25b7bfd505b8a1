//! Catalogs that nobody means well with, or that an accident made.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test fails by panicking.

mod common;

use std::{fs, thread, time::Duration};

use common::{Folder, nocere_at};

/// A document without a fault.
const SOUND: &str = "kind: target\nid: calves-too\nname: Calves\ndefinition: The calves.\n";

#[test]
fn a_gigabyte_in_one_line_is_refused_without_reading_it() {
    let folder = Folder::catalog(&[("sound.yaml", SOUND)]);
    let file = fs::File::create(folder.path().join("huge.yaml")).unwrap();
    file.set_len(1 << 30).unwrap();
    let ran = nocere_at(&folder, ["lint", "--format", "json"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let findings = ran.findings();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    let message = findings[0]["message"].as_str().unwrap();
    assert!(message.contains("larger than 16 MiB"), "{message}");
}

#[test]
fn a_line_of_fifteen_megabytes_is_read() {
    let long = format!("{SOUND}# {}\n", "x ".repeat(7 << 20));
    let ran = nocere_at(&Folder::catalog(&[("long.yaml", &long)]), ["lint"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "1 document: nothing to report\n"));
}

#[test]
fn folders_inside_folders_are_read_however_deep() {
    let deep = format!("{}target.yaml", "d/".repeat(150));
    let ran = nocere_at(&Folder::catalog(&[(&deep, SOUND)]), ["lint"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "1 document: nothing to report\n"));
}

#[test]
fn many_small_files_are_all_looked_at() {
    let folder = Folder::catalog(&[]);
    for n in 0..5000 {
        folder.write(&format!("{}/{n}.yaml", n % 50), "x");
    }
    let ran = nocere_at(&folder, ["lint", "--format", "concise", "--max-findings", "3"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains("4997 more findings are not shown"), "{}", ran.stdout);
    assert!(ran.stdout.contains("5000 documents: 5000 errors"), "{}", ran.stdout);
}

#[test]
fn two_files_whose_names_differ_only_in_case_are_two_files() {
    let folder = Folder::catalog(&[("Calf.yaml", SOUND)]);
    if folder.path().join("calf.yaml").exists() {
        return; // This file system does not know the difference.
    }
    folder.write("calf.yaml", SOUND);
    let findings = nocere_at(&folder, ["lint", "--format", "json"]).findings();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!((&findings[0]["rule"], &findings[0]["path"]), (&"duplicate-id".into(), &"calf.yaml".into()));
}

#[test]
fn files_that_change_while_they_are_read_get_an_answer_each_time() {
    let folder = Folder::catalog(&[("sound.yaml", SOUND)]);
    let path = folder.path().join("restless.yaml");
    fs::write(&path, SOUND).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0;
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                n += 1;
                let _ = fs::write(&path, SOUND.repeat(n % 7));
                if n % 5 == 0 {
                    let _ = fs::remove_file(&path);
                }
                thread::sleep(Duration::from_micros(200));
            }
        });
        for _ in 0..8 {
            let ran = nocere_at(&folder, ["lint", "--format", "json"]);
            assert!(matches!(ran.code, Some(0 | 1)), "{ran:#?}");
            ran.json();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn a_giant_among_what_nocere_itself_writes_is_not_read() {
    for name in ["sub/manifest.json", "nocere-baseline.json", "nocere.toml"] {
        let folder = Folder::catalog(&[("sub/sound.yaml", SOUND)]);
        fs::File::create(folder.path().join(name)).unwrap().set_len(1 << 30).unwrap();
        let ran = nocere_at(&folder, ["lint"]);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(matches!(ran.code, Some(1 | 2)), "{name}: {ran:#?}");
        assert!(said.contains("larger than 16 MiB") && said.contains(name), "{name}: {said}");
    }
}

#[cfg(unix)]
mod unix {
    use std::{
        ffi::OsStr,
        os::unix::{ffi::OsStrExt, fs::symlink},
        process::{Command, Stdio},
    };

    use super::*;

    #[test]
    fn folders_that_lead_out_or_round_in_circles_are_not_entered() {
        let outside = Folder::catalog(&[("bad.yaml", "x")]);
        let folder = Folder::catalog(&[("a/sound.yaml", SOUND)]);
        symlink(outside.path(), folder.path().join("out")).unwrap();
        symlink(folder.path(), folder.path().join("a/up")).unwrap();
        symlink("../..", folder.path().join("a/further-up")).unwrap();
        let ran = nocere_at(&folder, ["lint"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "1 document: nothing to report\n"));
    }

    #[test]
    fn a_pipe_is_refused_wherever_a_file_is_asked_for() {
        let folder = Folder::catalog(&[]);
        let pipe = folder.path().join("pipe.md");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let calls: [&[&str]; 4] = [
            &["lint", "pipe.md"],
            &["diff", "pipe.md", "."],
            &["import", "free-exercise-db", "pipe.md", "--out", "new"],
            &["verify", "pipe.md"],
        ];
        for arguments in calls {
            let (sender, done) = std::sync::mpsc::channel();
            let path = folder.path().to_owned();
            thread::spawn(move || sender.send(common::nocere(arguments).at(&path).run()));
            let ran = done.recv_timeout(Duration::from_secs(30));
            if ran.is_err() {
                // Whoever waits for the other end of the pipe gets it, so that nothing is left running.
                drop(fs::OpenOptions::new().write(true).open(&pipe));
            }
            let ran = ran.unwrap_or_else(|_| panic!("{arguments:?} waits for the other end of the pipe"));
            assert!(matches!(ran.code, Some(1 | 2)), "{arguments:?}: {ran:#?}");
        }
    }

    #[test]
    fn no_manifest_is_looked_for_behind_a_link() {
        let outside = Folder::new();
        outside.write("manifest.json", r#"{"format": "nocere-manifest", "files": [{"path": "sound.yaml"}]}"#);
        let folder = Folder::catalog(&[("sub/sound.yaml", SOUND)]);
        let (there, here) = (outside.path().join("manifest.json"), folder.path().join("sub/manifest.json"));
        symlink(&there, &here).unwrap();
        let ran = nocere_at(&folder, ["lint"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "1 document: nothing to report\n"));
        fs::remove_file(&here).unwrap();
        fs::copy(&there, &here).unwrap();
        assert_eq!(nocere_at(&folder, ["lint"]).code, Some(3), "the folder is a bundle and no content");
    }

    #[test]
    fn a_name_that_is_no_text_is_still_a_name() {
        let folder = Folder::catalog(&[]);
        let name = OsStr::from_bytes(b"bad\xff\n\x1b[2J.yaml");
        if fs::write(folder.path().join(name), "x").is_err() {
            return; // This file system takes only text.
        }
        for format in ["pretty", "concise", "json"] {
            let ran = nocere_at(&folder, ["lint", "--format", format]);
            assert_eq!(ran.code, Some(1), "{ran:#?}");
            assert!(!ran.stdout.contains('\x1b'), "{format}: {}", ran.stdout);
        }
    }

    #[test]
    fn an_interrupted_run_leaves_nothing_behind() {
        let folder = Folder::catalog(&[]);
        for n in 0..300 {
            folder.write(&format!("{n}.yaml"), SOUND.replace("too", &n.to_string()));
        }
        let before = common::files(folder.path());
        for wait in [0, 5, 20, 60] {
            let mut child = Command::new(env!("CARGO_BIN_EXE_nocere"))
                .args(["lint", "--fix"])
                .current_dir(folder.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            thread::sleep(Duration::from_millis(wait));
            let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
            child.wait().unwrap();
            assert_eq!(common::files(folder.path()), before);
        }
    }
}
