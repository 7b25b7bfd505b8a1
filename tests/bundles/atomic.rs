//! Whatever happens to an export, its folder holds the old bundle or the new one, and files of others stay.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{change, content, exported, json, nocere, tiny, verify};
use crate::common::Folder;

fn start(folder: &Folder) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nocere"));
    command
        .args(["export", "catalog", "--out", "dist", "--format", "ndjson"])
        .current_dir(folder.path())
        .env_clear();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The folders of runs beside the bundle.
fn stages(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".dist")).collect()
}

/// The version of the bundle that is there; it is whole.
fn version(dist: &Path) -> String {
    let ran = verify(dist, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    json(&dist.join("manifest.json"))["catalog"]["version"].as_str().unwrap().to_owned()
}

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_a_whole_bundle() {
    let folder = tiny();
    let dist = exported(&folder, &["--format", "ndjson"]);
    let mut shown = "1.2.3".to_owned();
    let (mut killed, mut replaced) = (0, 0);
    // A generator of numbers that needs no clock: moments differ from round to round, and a failure can be repeated.
    let mut random = 0x9e37_79b9_u64;
    for round in 0..60 {
        let next = format!("2.0.{round}");
        let now = fs::read_to_string(folder.path().join("catalog/nocere.toml")).unwrap();
        let before = now.split("version = \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        change(&folder, "catalog/nocere.toml", &before, &next);
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let left = stages(&folder);
        let mut child = start(&folder);
        // Most of a run is reading and linting. Where files change is waited for, and then a little longer.
        let begun = Instant::now();
        while stages(&folder).iter().all(|stage| left.contains(stage)) && child.try_wait().unwrap().is_none()
        {
            assert!(begun.elapsed() < Duration::from_secs(60));
            thread::sleep(Duration::from_micros(50));
        }
        thread::sleep(Duration::from_micros((random >> 33) % 6_000));
        let _ = child.kill();
        killed += usize::from(!child.wait().unwrap().success());
        let found = version(&dist);
        assert!(found == shown || found == next, "{found} is neither {shown} nor {next}");
        replaced += usize::from(found == next);
        shown = found;
    }
    eprintln!("killed {killed} of 60 while they wrote; {replaced} had replaced the bundle");
    assert!(killed > 0, "no run was killed in time");
    exported(&folder, &["--format", "ndjson"]);
    assert_eq!(stages(&folder), [""; 0], "the next run takes away what dead ones left");
}

#[test]
fn two_exports_at_once_leave_one_whole_bundle_and_no_lock() {
    let folder = tiny();
    exported(&folder, &[]);
    let mut children: Vec<Child> = (0..4).map(|_| start(&folder)).collect();
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    let dist = folder.path().join("dist");
    assert_eq!(version(&dist), "1.2.3");
    assert_eq!(stages(&folder), [""; 0]);
    assert_eq!(content(&dist).len(), 3, "nothing but the bundle");
}

#[test]
fn files_that_are_no_bundle_are_kept() {
    let folder = tiny();
    folder.write("dist/thesis.txt", "Years of work.");
    let export = || nocere(["export", "catalog", "--out", "dist"]).at(folder.path()).run();
    let ran = export();
    assert_eq!(ran.code, Some(2), "{ran:#?}");
    assert!(ran.stderr.contains("holds files that are not of a bundle: thesis.txt"), "{}", ran.stderr);
    assert!(ran.stderr.contains("help: nothing was exported"), "{}", ran.stderr);
    assert_eq!(content(&folder.path().join("dist")).len(), 1);
    fs::remove_file(folder.path().join("dist/thesis.txt")).unwrap();
    assert_eq!(export().code, Some(0), "an empty folder is as good as none");
    // The folder that one stands in.
    let ran = nocere(["export", "../catalog", "--out", "."]).at(&folder.path().join("dist")).run();
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(version(&folder.path().join("dist")), "1.2.3");
}

#[cfg(unix)]
mod unix {
    use super::*;

    /// Calls nocere through a shell, which can take rights and room away from it.
    fn limited(folder: &Folder, before: &str) -> (bool, String) {
        let script = format!("{before}; exec \"$0\" export catalog --out dist --format ndjson");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_nocere")]).current_dir(folder.path());
        let output = shell.stdin(Stdio::null()).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    }

    #[test]
    fn a_disk_that_is_full_loses_nothing() {
        let folder = tiny();
        let dist = exported(&folder, &["--format", "ndjson"]);
        let before = content(&dist);
        change(&folder, "catalog/nocere.toml", "1.2.3", "1.3.0");
        // No file may be larger than a few blocks: writing fails half way, as on a full disk.
        for blocks in ["0", "2", "8"] {
            let (good, said) = limited(&folder, &format!("trap '' XFSZ; ulimit -f {blocks}"));
            assert!(!good, "{said}");
            assert!(
                said.contains("could not be written: ") && said.contains("what was there is there still"),
                "{said}"
            );
            assert!(!said.contains("os error"), "{said}");
            assert!(content(&dist) == before);
            assert_eq!(stages(&folder), [""; 0]);
        }
        // The system ends such a run by force, when nothing stops it from doing so.
        let (good, _) = limited(&folder, "ulimit -f 2");
        assert!(!good);
        assert!(content(&dist) == before);
        let (good, said) = limited(&folder, ":");
        assert!(good, "{said}");
        assert_eq!(version(&dist), "1.3.0");
        assert_eq!(stages(&folder), [""; 0]);
    }

    #[test]
    fn a_folder_that_may_not_be_written_loses_nothing() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tiny();
        let dist = exported(&folder, &[]);
        let before = content(&dist);
        let mode =
            |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        mode(&dist, 0o555);
        let ran = nocere(["export", "catalog", "--out", "dist"]).at(folder.path()).run();
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stderr.contains("is read-only; allow writing, or name another folder"), "{}", ran.stderr);
        mode(&dist, 0o755);
        // The folder beside which the new bundle is built. The superuser may write there all the same.
        mode(folder.path(), 0o555);
        if fs::write(folder.path().join("probe"), "").is_err() {
            let ran = nocere(["export", "catalog", "--out", "dist"]).at(folder.path()).run();
            assert_eq!(ran.code, Some(2), "{ran:#?}");
            assert!(ran.stderr.contains("could not be written: permission denied"), "{}", ran.stderr);
        }
        mode(folder.path(), 0o755);
        assert!(content(&dist) == before);
        let ran = nocere(["export", "catalog", "--out", "/proc/nocere"]).at(folder.path()).run();
        assert!(
            ran.code == Some(2) && ran.stderr.contains("`/proc/nocere` could not be written"),
            "{ran:#?}"
        );
    }
}
