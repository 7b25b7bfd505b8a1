//! Bundles that other front ends can trust: the same bytes everywhere, a manifest, verification, signatures, and a folder
//! that always holds a whole bundle.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod atomic;
mod bytes;
mod compatible;
mod hostile;
mod manifest;
mod signing;
mod verify;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use common::{Folder, Ran, files, nocere, workspace};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Every format that `nocere export` has, by its help, so that new ones join in.
fn formats() -> Vec<String> {
    let help = nocere(["export", "--help"]).run().stdout;
    let list = help.split("Possible values:").nth(1).expect(&help);
    let lines = list.lines().map(str::trim).skip_while(|line| line.is_empty());
    let names = lines.map_while(|line| Some(line.strip_prefix("- ")?.split(':').next()?.to_owned()));
    let names: Vec<String> = names.collect();
    assert!(names.len() >= 2, "{help}");
    names
}

/// The tiny catalog, which is small enough to be exported often, in a folder of its own.
fn tiny() -> Folder {
    let folder = Folder::new();
    let from = workspace().join("tests/bundles/tiny");
    for file in files(&from) {
        let path = file.strip_prefix(&from).unwrap().to_str().unwrap();
        folder.write(&format!("catalog/{path}"), fs::read(&file).unwrap());
    }
    folder
}

/// The tiny catalog in another version, with another name for an exercise.
fn tiny_of_version(version: &str) -> Folder {
    let folder = tiny();
    change(&folder, "catalog/nocere.toml", "1.2.3", version);
    change(
        &folder,
        "catalog/exercises/tail-tuck.yaml",
        "name: Tail tuck",
        &format!("name: Tail tuck {version}"),
    );
    folder
}

fn change(folder: &Folder, path: &str, old: &str, new: &str) {
    let text = fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(text.contains(old), "{path}: {text}");
    folder.write(path, text.replace(old, new));
}

/// Exports the catalog of a folder in every format into `dist`, and gives back where that is.
fn export(folder: &Folder) -> PathBuf {
    exported(folder, &["--format", &formats().join(",")])
}

fn exported(folder: &Folder, more: &[&str]) -> PathBuf {
    let ran = nocere(["export", "catalog", "--out", "dist"].iter().chain(more)).at(folder.path()).run();
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    folder.path().join("dist")
}

fn verify(dist: &Path, more: &[&str]) -> Ran {
    nocere(["verify", dist.to_str().unwrap()].iter().chain(more)).run()
}

/// Asserts that a bundle is refused for this reason, in words that no library wrote.
fn assert_refused(dist: &Path, more: &[&str], reason: &str) {
    let ran = verify(dist, more);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{reason}: {ran:#?}");
    assert!(ran.stderr.contains(reason), "{reason}: {}", ran.stderr);
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn canonical(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json_canonicalizer::to_vec(value).unwrap();
    bytes.push(b'\n');
    bytes
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The content of a folder, by path.
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let path = |file: &PathBuf| file.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files(folder).iter().map(|file| (path(file), fs::read(file).unwrap())).collect()
}

/// Makes the manifest true again for a file that was changed: what somebody would do who wants to hide the change.
fn reseal(dist: &Path, file: &str) {
    let bytes = fs::read(dist.join(file)).unwrap();
    let mut manifest = json(&dist.join("manifest.json"));
    let listed = manifest["files"].as_array_mut().unwrap();
    let listed = listed.iter_mut().find(|listed| listed["path"] == file).unwrap();
    listed["size"] = bytes.len().into();
    listed["sha256"] = sha256(&bytes).into();
    fs::write(dist.join("manifest.json"), canonical(&manifest)).unwrap();
}
