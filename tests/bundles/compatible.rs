//! What docs/bundle.md promises about versions: bundles of earlier releases stay readable, and their readers can read
//! those of later ones.
//!
//! `v1-0.1.0` holds the tiny catalog as release 0.1.0 exported it, with the schemas of that release: a reader of its
//! time. A release adds a folder of its own and never changes one that is there.

use std::fs;

use nocere_model::bundle::Manifest;
use serde_json::Value;

use super::{assert_refused, canonical, exported, json, reseal, tiny, verify};
use crate::common::{Folder, files, folders, workspace};

fn earlier() -> Vec<std::path::PathBuf> {
    let here = workspace().join("tests/bundles");
    let names = folders(&here).into_iter().filter(|name| name.starts_with("v1-"));
    names.map(|name| here.join(name)).collect()
}

/// A bundle of an earlier release, in a folder that may be changed.
fn copy(of: &std::path::Path) -> Folder {
    let folder = Folder::new();
    for file in files(&of.join("dist")) {
        let path = file.strip_prefix(of).unwrap().to_str().unwrap();
        folder.write(path, fs::read(&file).unwrap());
    }
    folder
}

#[test]
fn bundles_of_earlier_releases_are_read_and_proved() {
    assert!(!earlier().is_empty());
    for release in earlier() {
        let value = json(&release.join("dist/bundle.json"));
        let bundle =
            nocere_lint::verify::bundle(&value).unwrap_or_else(|faults| panic!("{release:?}: {faults:#?}"));
        assert_eq!(bundle.exercises.len(), 2);
        let manifest: Manifest = serde_json::from_value(json(&release.join("dist/manifest.json"))).unwrap();
        assert_eq!(manifest.version, 1);
        let ran = verify(&release.join("dist"), &[]);
        assert_eq!(ran.code, Some(0), "{release:?}: {}", ran.stderr);
    }
}

#[test]
fn readers_of_earlier_releases_can_read_what_is_written_now() {
    let folder = tiny();
    let dist = exported(&folder, &[]);
    for release in earlier() {
        for file in ["bundle", "manifest"] {
            let schema = json(&release.join(format!("schemas/{file}.schema.json")));
            let validator = jsonschema::draft202012::new(&schema).unwrap();
            let now = json(&dist.join(format!("{file}.json")));
            let faults: Vec<String> = validator
                .iter_errors(&now)
                .map(|fault| format!("{fault} at {}", fault.instance_path()))
                .collect();
            assert_eq!(faults, [""; 0], "{release:?}: {file}");
        }
    }
}

/// A key that no release has yet, in every object of a kind.
fn add_keys(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(add_keys),
        Value::Object(object) => {
            object.values_mut().for_each(add_keys);
            object.insert("of-a-later-release".into(), Value::Array(Vec::new()));
        }
        _ => {}
    }
}

#[test]
fn what_a_later_release_adds_is_passed_over_and_said() {
    for release in earlier() {
        let folder = copy(&release);
        let dist = folder.path().join("dist");
        let mut bundle = json(&dist.join("bundle.json"));
        for list in ["exercises", "conditions", "screenings", "demands"] {
            add_keys(&mut bundle[list]);
        }
        fs::write(dist.join("bundle.json"), canonical(&bundle)).unwrap();
        fs::remove_file(dist.join("bundle.ndjson")).unwrap();
        let mut manifest = json(&dist.join("manifest.json"));
        manifest["files"].as_array_mut().unwrap().retain(|file| file["format"] == "json");
        manifest["a-later-key"] = 1.into();
        fs::write(dist.join("manifest.json"), canonical(&manifest)).unwrap();
        reseal(&dist, "bundle.json");
        assert_refused(&dist, &[], "holds keys that no bundle of this release has");
        let mut manifest = json(&dist.join("manifest.json"));
        manifest["provenance"]["nocere"] = "9.9.9".into();
        fs::write(dist.join("manifest.json"), canonical(&manifest)).unwrap();
        let ran = verify(&dist, &[]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(
            ran.stdout.contains("it was made by nocere 9.9.9: verify it with that release"),
            "{}",
            ran.stdout
        );
        bundle["version"] = 2.into();
        fs::write(dist.join("bundle.json"), canonical(&bundle)).unwrap();
        reseal(&dist, "bundle.json");
        assert_refused(
            &dist,
            &[],
            "the bundle is of format version 2, and this nocere knows version 1: use a release that knows it",
        );
    }
}
