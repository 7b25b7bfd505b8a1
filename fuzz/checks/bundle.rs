//! What must hold for any bytes as a part of a bundle.

use std::{fs, path::Path};

use nocere_diff::{Side, compare};
use nocere_export::{Expected, PublicKey, verify as verify_folder};
use nocere_lint::verify as proof;
use nocere_model::Bundle;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A sound bundle, and its manifest.
const BUNDLE: &str = include_str!("../../tests/bundles/v1-0.1.0/dist/bundle.json");
const MANIFEST: &str = include_str!("../../tests/bundles/v1-0.1.0/dist/manifest.json");

/// The public half of a key that signed nothing here.
const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

fn canonical(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json_canonicalizer::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The manifest of one file, true for these bytes: what somebody writes who wants to hide a change.
fn sealed(bundle: &[u8]) -> Vec<u8> {
    let mut manifest: Value = serde_json::from_str(MANIFEST).unwrap_or_default();
    let sha256: String = Sha256::digest(bundle).iter().map(|byte| format!("{byte:02x}")).collect();
    manifest["files"] =
        json!([{ "format": "json", "path": "bundle.json", "size": bundle.len(), "sha256": sha256 }]);
    canonical(&manifest)
}

/// Every value below a value, by its JSON pointer.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, item)| pointers(item, &format!("{at}/{n}"), all));
        }
        Value::Object(object) => {
            object.iter().for_each(|(key, value)| pointers(value, &format!("{at}/{key}"), all));
        }
        _ => {}
    }
}

/// The sound bundle with changes that bytes choose, five for each: what byte noise hardly makes, as it breaks the JSON.
fn edited(bytes: &[u8]) -> Value {
    let mut bundle: Value = serde_json::from_str(BUNDLE).unwrap_or_default();
    for edit in bytes.chunks_exact(5).take(12) {
        let mut all = Vec::new();
        pointers(&bundle, "", &mut all);
        let pick = |high: u8, low: u8| all[(usize::from(high) << 8 | usize::from(low)) % all.len()].clone();
        let (one, other) = (pick(edit[1], edit[2]), pick(edit[3], edit[4]));
        let from = bundle.pointer(&other).cloned().unwrap_or_default();
        let Some((parent, name)) = one.rsplit_once('/') else { continue };
        match (edit[0] % 4, bundle.pointer_mut(parent)) {
            // Taken out, put in a second time, put in the place of another, or changed as a number.
            (0, Some(Value::Array(items))) => {
                drop(items.remove(name.parse().unwrap_or(0).min(items.len() - 1)))
            }
            (0, Some(Value::Object(object))) => drop(object.remove(name)),
            (1, Some(Value::Array(items))) => items.push(from),
            (1, Some(Value::Object(object))) => drop(object.insert(name.to_owned(), from)),
            (2, Some(_)) => drop(bundle.pointer_mut(&one).map(|place| *place = from)),
            (_, Some(_)) => {
                if let Some(value) = bundle.pointer_mut(&one) {
                    *value = match value {
                        Value::Number(_) => json!(u64::from(edit[3]) << (edit[4] % 56)),
                        Value::String(text) => json!(text.chars().rev().collect::<String>()),
                        Value::Bool(is) => json!(!*is),
                        _ => Value::Null,
                    };
                }
            }
            _ => {}
        }
    }
    bundle
}

/// Bytes in place of the bundle, its manifest or its signature: a refusal that says why, or a bundle that holds.
pub(crate) fn verify(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let (mut bundle, mut manifest) = (BUNDLE.as_bytes().to_vec(), None);
    let mut key = None;
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let write = |name: &str, bytes: &[u8]| drop(fs::write(folder.path().join(name), bytes));
    match first % 5 {
        // As it is, and as it is once it is written as bundles are.
        0 => bundle = rest.to_vec(),
        1 => bundle = serde_json::from_slice(rest).map_or(rest.to_vec(), |value| canonical(&value)),
        2 => manifest = Some(rest.to_vec()),
        4 => bundle = canonical(&edited(rest)),
        _ => {
            write("manifest.json.minisig", rest);
            key = PublicKey::read(KEY).ok();
            let _ = PublicKey::read(&String::from_utf8_lossy(rest));
        }
    }
    write("bundle.json", &bundle);
    write("manifest.json", &manifest.unwrap_or_else(|| sealed(&bundle)));
    let expected = Expected { key: key.as_ref(), ..Expected::default() };
    match verify_folder(folder.path(), &expected) {
        Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.is_empty())),
        Ok(verified) => {
            assert!(key.is_none(), "signed by nobody");
            let value: Value = serde_json::from_slice(&bundle).unwrap_or_default();
            assert_eq!(proof::bundle(&value).ok().as_ref(), Some(&verified.bundle));
        }
    }
    assert!(Path::new(folder.path()).is_dir());
}

/// Bytes as the other side of a comparison: nothing differs from itself, and of sound bundles no difference is lost.
pub(crate) fn diff(bytes: &[u8]) {
    let side = |bundle: Bundle| Side { content: bundle.into(), errors: 0, unread: Vec::new() };
    let read = |value: &Value| Some(side(serde_json::from_value(value.clone()).ok()?));
    // A bundle as it stands, or changes of the sound one.
    let value = serde_json::from_slice(bytes).unwrap_or_else(|_| edited(bytes));
    let (Some(sound), Some(other)) = (read(&edited(&[])), read(&value)) else { return };
    assert!(compare(&other, &other).is_empty());
    let there = compare(&sound, &other);
    let back = compare(&other, &sound);
    if proof::bundle(&value).is_ok() {
        let same = sound.content == other.content;
        assert_eq!((there.is_empty(), back.is_empty()), (same, same));
    }
}
