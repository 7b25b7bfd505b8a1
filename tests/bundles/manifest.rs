//! The manifest says which files there are and what they were made from; `export --check` works with it.

use std::{fs, process::Command};

use serde_json::Value;

use super::{change, content, export, exported, formats, json, nocere, sha256, tiny};
use crate::common::{Folder, workspace};

#[test]
fn every_file_is_listed_with_its_hash_and_what_it_was_made_from() {
    let folder = tiny();
    change(&folder, "catalog/routines/morning.yaml", "sources: [book]\n", "");
    change(
        &folder,
        "catalog/routines/morning.yaml",
        "id: morning\n",
        "# nocere: allow missing-source -- made by the house physiotherapist, until 2999-01-01\nid: morning\n",
    );
    change(
        &folder,
        "catalog/nocere.toml",
        "packs = []",
        "packs = []\n[rules]\nplaceholder-text = \"off\"\nmissing-dosage = \"note\"",
    );
    let dist = export(&folder);
    let manifest = json(&dist.join("manifest.json"));
    let schema = fs::read_to_string(workspace().join("schemas/manifest.schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&serde_json::from_str(&schema).unwrap()).unwrap();
    let faults: Vec<String> = validator.iter_errors(&manifest).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, [""; 0]);
    assert_eq!(manifest["version"], 1);
    assert_eq!(manifest["catalog"], serde_json::json!({ "id": "tiny", "version": "1.2.3" }));
    let mut there = content(&dist);
    there.remove("manifest.json");
    let listed = manifest["files"].as_array().unwrap();
    let paths: Vec<&str> = listed.iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert_eq!(paths, there.keys().map(String::as_str).collect::<Vec<_>>());
    for file in listed {
        let bytes = &there[file["path"].as_str().unwrap()];
        assert_eq!(
            (file["sha256"].as_str(), file["size"].as_u64()),
            (Some(&*sha256(bytes)), Some(bytes.len() as u64))
        );
        assert!(formats().contains(&file["format"].as_str().unwrap().to_owned()));
    }
    let made = &manifest["provenance"];
    assert_eq!(made["nocere"], env!("CARGO_PKG_VERSION"));
    assert_eq!(made["packs"], serde_json::json!([]));
    assert_eq!(made["documents"].as_array().unwrap().len(), 16);
    assert_eq!(
        (&made["rules"]["missing-contraindication"], &made["rules"]["missing-dosage"]),
        (&"error".into(), &"note".into())
    );
    assert_eq!(made["rules"]["placeholder-text"], Value::Null, "a rule that is off was not run");
    assert_eq!(made["findings"]["error"], 0);
    let [allowed] = made["suppressions"].as_array().unwrap().as_slice() else { panic!("{made}") };
    let reason = "made by the house physiotherapist";
    let expected = serde_json::json!({ "kind": "routine", "id": "morning", "rule": "missing-source", "reason": reason, "until": "2999-01-01", "findings": 1 });
    assert_eq!(*allowed, expected);
    let bundle = fs::read_to_string(dist.join("bundle.json")).unwrap();
    assert!(!bundle.contains(reason) && !bundle.contains("provenance"), "these stand in the manifest alone");
    // The hashes are those that anybody gets.
    if let Ok(output) = Command::new("sha256sum").arg(dist.join("bundle.json")).output() {
        let hash =
            listed.iter().find(|file| file["path"] == "bundle.json").unwrap()["sha256"].as_str().unwrap();
        assert!(String::from_utf8(output.stdout).unwrap().starts_with(hash));
    }
    // Other settings, another hash of the settings.
    let before = made["settings-sha256"].clone();
    change(&folder, "catalog/nocere.toml", "missing-dosage = \"note\"", "missing-dosage = \"warning\"");
    let after = json(&export(&folder).join("manifest.json"));
    assert_ne!(after["provenance"]["settings-sha256"], before);
}

fn git(folder: &Folder, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.current_dir(folder.path()).args([
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
    ]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.args(arguments).output().ok()?;
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

#[test]
fn the_source_revision_is_that_of_the_catalog_and_says_when_files_differ() {
    let folder = tiny();
    if git(&folder, &["init", "--quiet"]).is_none() {
        eprintln!("skipped: `git` is not installed");
        return;
    }
    let path = std::env::var("PATH").unwrap();
    // The bundle is kept inside of the catalog: it is no content, and no change of the content.
    let source = || {
        let ran =
            nocere(["export", "--out", "dist"]).at(&folder.path().join("catalog")).env("PATH", &path).run();
        assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
        json(&folder.path().join("catalog/dist/manifest.json"))["source"].clone()
    };
    assert_eq!(source(), Value::Null, "nothing is committed yet");
    fs::remove_dir_all(folder.path().join("catalog/dist")).unwrap();
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "-m", "first"]);
    let head = git(&folder, &["rev-parse", "HEAD"]).unwrap();
    let clean = serde_json::json!({ "revision": head, "dirty": false });
    assert_eq!(source(), clean);
    let first = content(&folder.path().join("catalog/dist"));
    assert_eq!(source(), clean, "the bundle itself makes nothing dirty");
    assert!(content(&folder.path().join("catalog/dist")) == first);
    folder.write("README.md", "Outside of the catalog.");
    assert_eq!(source(), clean);
    change(&folder, "catalog/exercises/tail-tuck.yaml", "Tuck your tail.", "Tuck your tail gently.");
    assert_eq!(source(), serde_json::json!({ "revision": head, "dirty": true }));
    // The same content is current, whatever the commit.
    git(&folder, &["add", "catalog/exercises"]);
    git(&folder, &["commit", "--quiet", "-m", "second"]);
    let ran =
        nocere(["export", "--check", "dist"]).at(&folder.path().join("catalog")).env("PATH", &path).run();
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

#[test]
fn check_compares_every_format_that_is_there() {
    let folder = tiny();
    let check = || nocere(["export", "catalog", "--check", "dist"]).at(folder.path()).run();
    let none = check();
    assert_eq!(none.code, Some(1));
    assert!(none.stderr.contains("there is no bundle in `dist`"), "{}", none.stderr);
    let dist = exported(&folder, &["--format", "ndjson"]);
    assert_eq!(check().code, Some(0));
    change(&folder, "catalog/exercises/tail-tuck.yaml", "Tuck your tail.", "Tuck your tail gently.");
    let stale = check();
    assert_eq!(stale.code, Some(1));
    for words in [
        "bundle.json: `tail-tuck` has changed among the exercises",
        "bundle.ndjson: has changed",
        "manifest.json: `bundle.json` has changed among the files",
    ] {
        assert!(stale.stderr.contains(words), "{words}: {}", stale.stderr);
    }
    exported(&folder, &["--format", "ndjson"]);
    fs::remove_file(dist.join("bundle.ndjson")).unwrap();
    assert!(check().stderr.contains("bundle.ndjson: is missing"));
    fs::write(dist.join("manifest.json"), "{").unwrap();
    assert!(check().stderr.contains("manifest.json: is not readable as JSON"));
}
