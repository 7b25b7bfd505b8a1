//! A bundle that was changed, by accident or on purpose, is refused with the reason; also when the hashes were made true
//! again.

use std::fs;

use serde_json::{Value, json};

use super::{
    assert_refused, canonical, change, content, export, exported, json as read, nocere, reseal, tiny,
    tiny_of_version, verify,
};
use crate::common::Folder;

#[test]
fn a_bundle_is_sound_in_every_format_and_without_its_catalog() {
    let folder = tiny();
    let dist = export(&folder);
    fs::remove_dir_all(folder.path().join("catalog")).unwrap();
    let ran = verify(&dist, &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:#?}");
    assert!(
        ran.stdout.contains("is sound: tiny 1.2.3 (a draft: no clinician has reviewed all of it)"),
        "{}",
        ran.stdout
    );
    assert_eq!(verify(&dist, &["--quiet"]).stdout, "");
    let nowhere = nocere(["verify", "nowhere"]).at(folder.path()).run();
    assert_eq!(nowhere.code, Some(2));
    assert!(nowhere.stderr.contains("nowhere"), "{}", nowhere.stderr);
}

#[test]
fn one_byte_anywhere_is_noticed() {
    let folder = tiny();
    let dist = export(&folder);
    for (path, bytes) in content(&dist) {
        // What the manifest says of the catalog can be compared with nothing here; its signature is for that.
        let middle = if path == "manifest.json" { 1 } else { bytes.len() / 2 };
        for at in [0, middle, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            fs::write(dist.join(&path), changed).unwrap();
            assert_refused(&dist, &[], &path);
        }
        let mut longer = bytes.clone();
        longer.push(b'\n');
        fs::write(dist.join(&path), longer).unwrap();
        assert_refused(&dist, &[], &path);
        fs::write(dist.join(&path), &bytes[..bytes.len() / 2]).unwrap();
        assert_refused(&dist, &[], &path);
        fs::remove_file(dist.join(&path)).unwrap();
        assert_refused(&dist, &[], &format!("{path} is missing"));
        fs::write(dist.join(&path), bytes).unwrap();
    }
    assert_eq!(verify(&dist, &[]).code, Some(0));
}

#[test]
fn files_are_those_that_are_listed_and_no_others() {
    let folder = tiny();
    let dist = exported(&folder, &["--format", "ndjson"]);
    for path in ["extra.js", "sub/extra.js", ".hidden"] {
        folder.write(&format!("dist/{path}"), "x");
        assert_refused(&dist, &[], &format!("{path} is in the folder, and the manifest does not list it"));
        fs::remove_file(dist.join(path)).unwrap();
    }
    assert_refused(&dist, &[], "sub/ is in the folder");
    fs::remove_dir(dist.join("sub")).unwrap();
    // A file of another bundle, which is sound by itself.
    let other = tiny_of_version("1.3.0");
    let newer = exported(&other, &["--format", "ndjson"]);
    let own = fs::read(dist.join("bundle.ndjson")).unwrap();
    fs::copy(newer.join("bundle.ndjson"), dist.join("bundle.ndjson")).unwrap();
    assert_refused(&dist, &[], "bundle.ndjson");
    reseal(&dist, "bundle.ndjson");
    assert_refused(&dist, &[], "does not say the same as bundle.json");
    fs::write(dist.join("bundle.ndjson"), own).unwrap();
    reseal(&dist, "bundle.ndjson");
    assert_eq!(verify(&dist, &[]).code, Some(0));
    let own = fs::read(dist.join("bundle.json")).unwrap();
    fs::copy(newer.join("bundle.json"), dist.join("bundle.json")).unwrap();
    reseal(&dist, "bundle.json");
    assert_refused(&dist, &[], "they do not belong together");
    fs::write(dist.join("bundle.json"), own).unwrap();
    reseal(&dist, "bundle.json");
    #[cfg(unix)]
    {
        fs::rename(dist.join("bundle.ndjson"), folder.path().join("away")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("away"), dist.join("bundle.ndjson")).unwrap();
        assert_refused(&dist, &[], "bundle.ndjson is no regular file");
    }
}

/// A change of the manifest, which no hash protects.
fn with_manifest(dist: &std::path::Path, edit: impl Fn(&mut Value), reason: &str) {
    let path = dist.join("manifest.json");
    let before = fs::read(&path).unwrap();
    let mut manifest = read(&path);
    edit(&mut manifest);
    fs::write(&path, canonical(&manifest)).unwrap();
    assert_refused(dist, &[], reason);
    fs::write(path, before).unwrap();
}

#[test]
fn a_manifest_that_means_harm_is_refused() {
    let folder = tiny();
    let dist = exported(&folder, &["--format", "ndjson"]);
    let outside = sha(&folder);
    with_manifest(
        &dist,
        |manifest| manifest["files"][0]["path"] = "../catalog/nocere.toml".into(),
        "cannot be a file of the bundle",
    );
    with_manifest(
        &dist,
        |manifest| manifest["files"][0]["path"] = "/etc/hostname".into(),
        "cannot be a file of the bundle",
    );
    with_manifest(
        &dist,
        |manifest| manifest["files"][0]["path"] = "manifest.json".into(),
        "cannot be a file of the bundle",
    );
    with_manifest(
        &dist,
        |manifest| manifest["files"][0]["sha256"] = outside.clone().into(),
        "its SHA-256 differs",
    );
    with_manifest(&dist, |manifest| manifest["files"][0]["size"] = json!(-1), "does not fit its schema");
    with_manifest(
        &dist,
        |manifest| {
            manifest["files"].as_array_mut().unwrap().remove(0);
        },
        "the manifest lists no bundle.json",
    );
    with_manifest(
        &dist,
        |manifest| {
            let first = manifest["files"][0].clone();
            manifest["files"].as_array_mut().unwrap().push(first);
        },
        "listed twice",
    );
    with_manifest(
        &dist,
        |manifest| manifest["files"][1]["format"] = "json".into(),
        "consists of other files",
    );
    with_manifest(&dist, |manifest| manifest["files"][1]["format"] = "doc".into(), "knows no format `doc`");
    with_manifest(
        &dist,
        |manifest| manifest["catalog"]["version"] = "9.9.9".into(),
        "they do not belong together",
    );
    with_manifest(&dist, |manifest| manifest["catalog"]["version"] = "new".into(), "not a version");
    with_manifest(
        &dist,
        |manifest| manifest["version"] = 2.into(),
        "manifest.json is of format version 2, and this nocere knows version 1",
    );
    with_manifest(&dist, |manifest| manifest["format"] = "other".into(), "is not the manifest of a bundle");
    with_manifest(
        &dist,
        |manifest| manifest["provenance"]["findings"]["error"] = 1.into(),
        "the linter found errors",
    );
    let text = fs::read_to_string(dist.join("manifest.json")).unwrap();
    fs::write(dist.join("manifest.json"), text.replacen("\"version\":1", "\"version\":2,\"version\":1", 1))
        .unwrap();
    assert_refused(&dist, &[], "is not canonical JSON");
}

fn sha(folder: &Folder) -> String {
    super::sha256(&fs::read(folder.path().join("catalog/nocere.toml")).unwrap())
}

/// A change of the bundle by somebody who makes every hash true again.
fn attack(dist: &std::path::Path, edit: impl Fn(&mut Value), reason: &str) {
    let path = dist.join("bundle.json");
    let before = fs::read(&path).unwrap();
    let mut bundle = read(&path);
    edit(&mut bundle);
    assert_ne!(canonical(&bundle), before, "{reason}: nothing was changed");
    fs::write(&path, canonical(&bundle)).unwrap();
    reseal(dist, "bundle.json");
    assert_refused(dist, &[], reason);
    fs::write(path, before).unwrap();
    reseal(dist, "bundle.json");
}

fn remove(list: &mut Value, at: usize) {
    list.as_array_mut().unwrap().remove(at);
}

#[test]
fn consistent_hashes_hide_nothing() {
    let folder = tiny();
    let dist = exported(&folder, &[]);
    // exercises: tail-tuck, toe-touch; conditions: disc, dizzy.
    attack(
        &dist,
        |bundle| remove(&mut bundle["exercises"][1]["contraindications"], 0),
        "the exercise `toe-touch` demands `bend-loaded`, for which the condition `disc` says avoid, but it has no contraindication for `disc`: people who have it would not be held back",
    );
    attack(
        &dist,
        |bundle| {
            let hold = &mut bundle["exercises"][1]["contraindications"][0];
            hold["level"] = "caution".into();
            hold["declared"] = "caution".into();
        },
        "says caution, and must say avoid",
    );
    attack(
        &dist,
        |bundle| bundle["exercises"][0]["contraindications"][0]["level"] = "avoid".into(),
        "nothing supports more than caution",
    );
    attack(
        &dist,
        |bundle| bundle["exercises"][1]["contraindications"][0]["grade"] = "C".into(),
        "another grade of evidence",
    );
    attack(
        &dist,
        |bundle| remove(&mut bundle["exercises"][1]["contraindications"][0]["because"], 0),
        "leaves out or changes what the condition says",
    );
    attack(
        &dist,
        |bundle| {
            bundle["exercises"][1]["contraindications"][0]["because"][0]["reason"] = "It is fine.".into()
        },
        "gives a reason about `bend-loaded` that the condition does not give",
    );
    attack(
        &dist,
        |bundle| bundle["exercises"][1]["contraindications"][0]["name"] = "Something else".into(),
        "calls the condition by another name",
    );
    attack(
        &dist,
        |bundle| {
            let hold = bundle["exercises"][1]["contraindications"][1].clone();
            bundle["exercises"][1]["contraindications"].as_array_mut().unwrap().push(hold);
        },
        "is there twice",
    );
    // The demand goes, and with it what follows from it: then the reasons hang in the air.
    attack(
        &dist,
        |bundle| remove(&mut bundle["exercises"][1]["demands"], 0),
        "that the condition does not give",
    );
    attack(
        &dist,
        |bundle| bundle["exercises"][1]["demands"][0]["implies"] = json!([]),
        "what its demand `bend-loaded` is a case of",
    );
    attack(
        &dist,
        |bundle| {
            bundle["demands"][1].as_object_mut().unwrap().remove("broader");
        },
        "what its demand `bend-loaded` is a case of",
    );
    // The condition says less.
    attack(
        &dist,
        |bundle| remove(&mut bundle["conditions"][0]["limits"], 1),
        "that the condition does not give",
    );
    attack(
        &dist,
        |bundle| bundle["conditions"][0]["limits"][1]["level"] = "caution".into(),
        "gives a reason",
    );
    attack(
        &dist,
        |bundle| {
            let exercise = &mut bundle["exercises"][0]["contraindications"][0];
            exercise["because"] = json!([]);
            exercise.as_object_mut().unwrap().remove("declared");
        },
        "leaves out",
    );
    // The review is made up.
    attack(
        &dist,
        |bundle| bundle["review"]["status"] = "reviewed".into(),
        "about its review is not what its exercises and routines say",
    );
    attack(&dist, |bundle| bundle["review"]["notice"] = "Approved.".into(), "about its review is not");
    // References.
    attack(
        &dist,
        |bundle| remove(&mut bundle["sources"], 0),
        "refers to the source `book`, which is not in the bundle",
    );
    attack(
        &dist,
        |bundle| bundle["exercises"][1]["alternatives"][0]["id"] = "headstand".into(),
        "refers to the exercise `headstand`, which is not in the bundle",
    );
    attack(
        &dist,
        |bundle| bundle["exercises"][1]["alternatives"][0]["name"] = "Headstand".into(),
        "calls the exercise `tail-tuck` \"Headstand\", and its name is \"Tail tuck\"",
    );
    attack(
        &dist,
        |bundle| {
            let twice = bundle["exercises"][0].clone();
            bundle["exercises"].as_array_mut().unwrap().insert(0, twice);
        },
        "`tail-tuck` is twice among the exercises",
    );
    attack(
        &dist,
        |bundle| bundle["exercises"].as_array_mut().unwrap().reverse(),
        "not in the order of their ids",
    );
    attack(&dist, |bundle| bundle["screenings"][0]["red-flags"] = json!([]), "asks for no red flag");
    attack(
        &dist,
        |bundle| bundle["screenings"][0]["conditions"][1]["ask"] = "Are you well?".into(),
        "asks another question for `disc`",
    );
    // Schema and keys.
    attack(
        &dist,
        |bundle| {
            bundle["exercises"][0].as_object_mut().unwrap().remove("steps");
        },
        "does not fit its schema at /exercises/0",
    );
    attack(&dist, |bundle| bundle["promoted"] = true.into(), "holds keys that no bundle of this release has");
    attack(
        &dist,
        |bundle| bundle["version"] = 7.into(),
        "the bundle is of format version 7, and this nocere knows version 1",
    );
    assert_eq!(verify(&dist, &[]).code, Some(0), "and the untouched one is sound");
}

#[test]
fn nobody_is_shown_what_is_forbidden_to_them() {
    let folder = tiny();
    let dist = exported(&folder, &[]);
    let routine = read(&dist.join("bundle.json"))["routines"][0].clone();
    let table = &routine["adaptations"];
    assert_eq!(table["conditions"], json!({ "disc": 0, "dizzy": null }), "{table}");
    let table = |edit: fn(&mut Value), reason: &str| {
        attack(&dist, |bundle| edit(&mut bundle["routines"][0]["adaptations"]), reason)
    };
    let forbidden = "the routine `morning` shows `toe-touch` to people with `disc`, who must not do it";
    table(|table| table["conditions"]["disc"] = Value::Null, "");
    table(|table| table["audiences"][0]["next"][0] = 0.into(), forbidden);
    table(|table| table["audiences"][1]["shown"] = table["audiences"][0]["shown"].clone(), forbidden);
    table(
        |table| {
            table["audiences"].as_array_mut().unwrap().swap(0, 1);
            table["audiences"][1]["next"][0] = 1.into();
            table["audiences"][0]["next"][0] = 1.into();
        },
        forbidden,
    );
    // By way of a set of conditions: those who arrive in two steps.
    table(
        |table| {
            table["conditions"]["dizzy"] = 1.into();
            for audience in table["audiences"].as_array_mut().unwrap() {
                audience["next"].as_array_mut().unwrap().push(0.into());
            }
        },
        forbidden,
    );
    table(
        |table| {
            table["conditions"].as_object_mut().unwrap().remove("disc");
        },
        "not about the conditions that its screening asks for",
    );
    table(|table| table["audiences"][0]["next"][0] = 9.into(), "leads nowhere for some people");
    table(|table| table["audiences"] = json!([]), "no audiences");
    table(|table| table["audiences"][0]["shown"]["steps"][0] = 9.into(), "a step that is not in its list");
    table(|table| table["audiences"][0]["shown"]["steps"] = json!([]), "nothing in it");
    table(|table| table["audiences"][0]["shown"]["steps"].as_array_mut().unwrap().reverse(), "out of order");
    table(
        |table| table["steps"][0]["exercise"] = "toe-touch".into(),
        "in a place (block 1, exercise 1) that is not its own",
    );
    table(|table| table["steps"][0]["block"] = 5.into(), "that is not its own");
    table(|table| table["cautions"] = json!({}), "leaves out the caution for `disc` beside `tail-tuck`");
    table(|table| table["cautions"]["tail-tuck"]["dizzy"] = "Mind.".into(), "that nothing supports");
    table(
        |table| table["cautions"]["tail-tuck"]["disc"] = "Nothing to mind.".into(),
        "says something else beside `tail-tuck` for `disc`",
    );
    table(|table| table["conditions"]["dizzy"] = 3.into(), "numbers its conditions with gaps");
    // Nobody is asked, so that everybody is shown everything.
    attack(
        &dist,
        |bundle| {
            remove(&mut bundle["screenings"][0]["conditions"], 1);
            let table = &mut bundle["routines"][0]["adaptations"];
            table["conditions"] = json!({ "dizzy": null });
            table["audiences"] = json!([table["audiences"][0]]);
            table["audiences"][0]["next"] = json!([]);
            table["cautions"]["tail-tuck"] = json!({});
        },
        "shows `toe-touch`, which `disc` forbids, and its screening does not ask for `disc`",
    );
}

#[test]
fn an_older_bundle_does_not_take_the_place_of_a_newer_one() {
    let (old, new) = (tiny(), tiny_of_version("1.10.0"));
    let (old, new) = (exported(&old, &[]), exported(&new, &[]));
    let at = |dist: &std::path::Path| dist.to_str().unwrap().to_owned();
    assert_eq!(verify(&new, &["--newer-than", &at(&old)]).code, Some(0));
    assert_eq!(verify(&new, &["--expect-version-at-least", "1.9.0"]).code, Some(0));
    assert_eq!(verify(&new, &["--expect-version-at-least", "1.10.0"]).code, Some(0));
    assert_refused(
        &old,
        &["--newer-than", &at(&new)],
        "the catalog's version is 1.2.3, which is not newer than 1.10.0: an older bundle may lack contraindications",
    );
    assert_refused(&new, &["--newer-than", &at(&new)], "not newer than");
    assert_refused(&old, &["--expect-version-at-least", "1.10.0"], "must be at least 1.10.0");
    assert_refused(&old, &["--expect-version-at-least", "latest"], "`latest` is not a version like 1.4.0");
    let other = tiny();
    change(&other, "catalog/nocere.toml", "\"tiny\"", "\"other\"");
    assert_refused(
        &exported(&other, &[]),
        &["--newer-than", &at(&old)],
        "the older bundle is of another catalog, `tiny`, and this one of `other`",
    );
    fs::remove_file(old.join("manifest.json")).unwrap();
    assert_refused(&new, &["--newer-than", &at(&old)], "in the older bundle: manifest.json is missing");
}
